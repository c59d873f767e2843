"""For whom a round is: a few customers after the last one, in the order of their ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.contacts.models import FieldKind
from wablast_box.engine.flows.starting.models import FlowRound
from wablast_box.lib import sql
from wablast_box.lib.clock import to_ms

OLDEST = 130
# (contact, what stands in the date field)
Person = tuple[int, str | None]
_FROM = "SELECT k.id FROM contact k"
_NEXT = "k.id > ? AND k.id <= ? AND k.blocked_at IS NULL ORDER BY k.id LIMIT ?"


def next_people(going: FlowRound, limit: int) -> list[Person]:
    """The next ones of a round; fewer than `limit`: these are the last."""
    given, place = going.trigger_json, [going.cursor, going.newest_id, limit]
    if given["kind"] == "date_field":
        return _with_date(given, date.fromisoformat(going.occurrence[:10]), place)
    if given.get("who") == "wrote":
        since = to_ms(going.due_at - timedelta(days=float(given.get("who_days") or 30)))
        rows = sql.run(f"{_FROM} JOIN conversation c ON c.contact_id = k.id WHERE c.last_inbound_at >= ? AND {_NEXT}", [since, *place])
    else:
        rows = _with_tag(str(given.get("who_tag") or ""), place)
    return [(int(row[0]), None) for row in rows]


def days_meant(given: Mapping[str, Any], today: date) -> list[date]:
    """Which days in the field make today the day; of those that come every year, each since people can remember."""
    ahead = int(given.get("days") or 1) * {"before": 1, "after": -1}.get(str(given.get("side")), 0)
    meant = today + timedelta(days=ahead)
    if not given.get("each_year"):
        return [meant]
    days = [day for year in range(meant.year - OLDEST, meant.year + 1) if (day := _in_year(meant, year)) is not None]
    # Who was born on 29 February has their day on the 28th where there is none.
    if (meant.month, meant.day) == (2, 28) and _in_year(date(2024, 2, 29), meant.year) is None:
        days += [date(year, 2, 29) for year in range(meant.year - OLDEST, meant.year + 1) if _is_leap(year)]
    return days


def _with_tag(name: str, place: list[int]) -> list[tuple[Any, ...]]:
    """Whether the person has the tag or their conversation."""
    found = sql.run("SELECT id FROM tag WHERE LOWER(name) = ?", (name.strip().lower(),))
    if not found:
        return []
    number = found[0][0]
    has = (
        "(EXISTS (SELECT 1 FROM contact_tag t WHERE t.contact_id = k.id AND t.tag_id = ?) OR EXISTS (SELECT 1 FROM conversation c"
        " JOIN conversation_tag t ON t.conversation_id = c.id WHERE c.contact_id = k.id AND t.tag_id = ?))"
    )
    return sql.run(f"{_FROM} WHERE {has} AND {_NEXT}", [number, number, *place])


def _with_date(given: Mapping[str, Any], today: date, place: list[int]) -> list[Person]:
    """By the index of the field's values: what is not due costs nothing."""
    name = str(given.get("field") or "").strip().casefold()
    spec = next((one for one in fields.specs() if one.name.casefold() == name and one.kind is FieldKind.DATE), None)
    if spec is None:
        return []
    where, params = sql.among("v.number", [float(day.toordinal()) for day in days_meant(given, today)])
    rows = sql.run(
        f"SELECT k.id, v.value FROM contact_value v JOIN contact k ON k.id = v.contact_id WHERE v.field_id = ? AND {where} AND {_NEXT}",
        [spec.id, *params, *place],
    )
    return [(int(number), str(value)) for number, value in rows]


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _is_leap(year: int) -> bool:
    return _in_year(date(2024, 2, 29), year) is not None
