"""The words that staff put on a person."""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.contacts import activity
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox.people.events import ContactTagged
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id

MOST = 50


def checked_tags(given: Sequence[str]) -> tuple[int, ...]:
    """The tags that are meant, by id."""
    if len(given) > MOST:
        raise Invalid(f"A person has at most {MOST} tags.", field="tags")
    numbers = tuple(dict.fromkeys(parse_id(one) for one in given))
    if numbers:
        where, params = sql.among("id", list(numbers))
        if len(sql.run(f"SELECT id FROM tag WHERE {where}", params)) != len(numbers):
            raise Invalid("One of these tags is not there any more.", help="Load the page again.", field="tags")
    return numbers


def write_tags(contact_id: int, numbers: Sequence[int], actor: str | None) -> bool:
    """Exactly these, in the caller's transaction; whether anything changed."""
    before = {row[0] for row in sql.run("SELECT tag_id FROM contact_tag WHERE contact_id = ?", (contact_id,))}
    added, taken = [n for n in numbers if n not in before], sorted(before - set(numbers))
    moment = now_ms()
    sql.run_many("INSERT INTO contact_tag (contact_id, tag_id, created_at) VALUES (?, ?, ?)", [(contact_id, n, moment) for n in added])
    sql.run_many("DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?", [(contact_id, n) for n in taken])
    if added or taken:
        activity.record(contact_id, "tags", actor, {"added": _names(added), "removed": _names(taken)})
        publish(ContactTagged(contact_id, tuple(added), tuple(taken)), actor=actor)
    return bool(added or taken)


def _names(numbers: Sequence[int]) -> list[str]:
    if not numbers:
        return []
    where, params = sql.among("id", list(numbers))
    return [row[0] for row in sql.run(f"SELECT name FROM tag WHERE {where} ORDER BY LOWER(name)", params)]
