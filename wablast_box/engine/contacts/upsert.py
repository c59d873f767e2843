"""Find or create the contact behind what Meta calls a sender. Race-safe by unique keys, in bulk because ingest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import from_wa_id


@dataclass(frozen=True, slots=True)
class Person:
    """Who Meta says it was: at least one of the two ids is set."""

    wa_id: str | None
    user_id: str | None
    name: str | None = None
    username: str | None = None


@dataclass(slots=True)
class _Known:
    id: int
    wa_id: str | None
    user_id: str | None
    name: str | None
    username: str | None


def find_or_create(*, wa_id: str | None = None, user_id: str | None = None, name: str | None = None) -> int:
    """The id of one contact; call inside a transaction."""
    return find_or_create_all([Person(wa_id or None, user_id or None, name)])[0]


def find_or_create_all(people: Sequence[Person]) -> list[int]:
    """The contact ids of `people`, in their order; call inside a transaction."""
    if any(not (person.wa_id or person.user_id) for person in people):
        raise Invalid("This names no sender: neither a phone number nor a user id.")
    by_wa_id, by_user_id = _load(people)
    strangers = [p for p in dict.fromkeys(people) if _match(p, by_wa_id, by_user_id) is None]
    if strangers:
        _insert(strangers)
        by_wa_id, by_user_id = _load(people)
    found = []
    for person in people:
        known = _match(person, by_wa_id, by_user_id)
        if known is None:
            raise Invalid("This contact could not be stored.")
        _learn(known, person, by_wa_id, by_user_id)
        found.append(known.id)
    return found


def _load(people: Sequence[Person]) -> tuple[dict[str, _Known], dict[str, _Known]]:
    rows: dict[int, _Known] = {}
    for column, values in (("wa_id", {p.wa_id for p in people}), ("user_id", {p.user_id for p in people})):
        wanted = sorted(value for value in values if value)
        if wanted:
            where, params = sql.among(column, wanted)
            for row in sql.run(f"SELECT id, wa_id, user_id, name, username FROM contact WHERE {where}", params):
                rows[row[0]] = _Known(*row)
    known = rows.values()
    return {k.wa_id: k for k in known if k.wa_id}, {k.user_id: k for k in known if k.user_id}


def _match(person: Person, by_wa_id: dict[str, _Known], by_user_id: dict[str, _Known]) -> _Known | None:
    # The user id is the stable key; a phone number can be given away (Cloud API, Business-scoped user IDs).
    by_user = by_user_id.get(person.user_id) if person.user_id else None
    return by_user or (by_wa_id.get(person.wa_id) if person.wa_id else None)


def _insert(people: Sequence[Person]) -> None:
    moment = now_ms()
    sql.run_many(
        "INSERT INTO contact (id, wa_id, user_id, phone, name, username, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (ids.new_id(), p.wa_id, p.user_id, from_wa_id(p.wa_id) if p.wa_id else None, p.name, p.username, moment)
            for p in sorted(people, key=lambda p: (p.wa_id or "", p.user_id or ""))
        ],
    )


def _learn(known: _Known, person: Person, by_wa_id: dict[str, _Known], by_user_id: dict[str, _Known]) -> None:
    """Take over what is new about a contact; never an id that belongs to another row (those are merged by people)."""
    wa_id = known.wa_id or (person.wa_id if person.wa_id not in by_wa_id else None)
    user_id = known.user_id or (person.user_id if person.user_id not in by_user_id else None)
    news = _Known(known.id, wa_id, user_id, person.name or known.name, person.username or known.username)
    if news == known:
        return
    sql.run(
        "UPDATE contact SET wa_id = ?, user_id = ?, phone = ?, name = ?, username = ? WHERE id = ?",
        (wa_id, user_id, from_wa_id(wa_id) if wa_id else None, news.name, news.username, known.id),
    )
    known.wa_id, known.user_id, known.name, known.username = wa_id, user_id, news.name, news.username
    if wa_id:
        by_wa_id[wa_id] = known
    if user_id:
        by_user_id[user_id] = known
