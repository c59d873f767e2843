"""Find or create the contact behind what Meta calls a sender. Race-safe by unique keys, in bulk because ingest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wablast_box.engine.contacts import accounts
from wablast_box.engine.contacts.events import ContactCreated, SamePersonFound
from wablast_box.engine.events.publish import publish_all
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import from_wa_id


@dataclass(frozen=True, slots=True)
class Person:
    """Who Meta says it was: at least one of the two ids is set. `at`: when (ms); a number may have changed hands since."""

    wa_id: str | None
    user_id: str | None
    name: str | None = None
    username: str | None = None
    at: int | None = field(default=None, compare=False)
    came_by: str = field(default="other", compare=False)


@dataclass(slots=True)
class _Known:
    id: int
    wa_id: str | None
    user_id: str | None
    name: str | None
    username: str | None
    profile_name: str | None  # when staff gave `name`
    named_at: int | None


def find_or_create(*, wa_id: str | None = None, user_id: str | None = None, name: str | None = None, came_by: str = "other") -> int:
    """The id of one contact; call inside a transaction."""
    return find_or_create_all([Person(wa_id or None, user_id or None, name, came_by=came_by)])[0]


def find_or_create_all(people: Sequence[Person]) -> list[int]:
    """The contact ids of `people`, in their order; call inside a transaction."""
    if any(not (person.wa_id or person.user_id) for person in people):
        raise Invalid("This names no sender: neither a phone number nor a user id.")
    by_wa_id, by_user_id = _load(people)
    elsewhere: dict[Person, int] = {}
    strangers = [p for p in dict.fromkeys(people) if _match(p, by_wa_id, by_user_id) is None]
    if strangers:
        elsewhere = _known_otherwise(strangers)
        made = _insert([person for person in strangers if person not in elsewhere])
        by_wa_id, by_user_id = _load(people)
        _announce(made, {known.id for known in (*by_wa_id.values(), *by_user_id.values())})
    found, same = [], dict[int, int]()
    for person in people:
        known = _match(person, by_wa_id, by_user_id)
        if known is None and person not in elsewhere:
            raise Invalid("This contact could not be stored.")
        if known is not None:
            _learn(known, person, by_wa_id, by_user_id)
            same |= _namesake(known, person, by_wa_id)
        found.append(elsewhere[person] if known is None else known.id)
    if same:
        publish_all([SamePersonFound(contact_id, other_id) for other_id, contact_id in same.items()])
    return found


def _known_otherwise(strangers: Sequence[Person]) -> dict[Person, int]:
    """Those who write from another number or user id of a contact. Where they write from now is where they are answered."""
    found = accounts.owners([(p.wa_id, p.user_id, p.at) for p in strangers])
    here: dict[Person, int] = {}
    for person, owner in zip(strangers, found, strict=True):
        if owner is not None and owner.is_left:
            here[person] = owner.contact_id
        elif owner is not None:
            accounts.switch(owner)
    return here


def _load(people: Sequence[Person]) -> tuple[dict[str, _Known], dict[str, _Known]]:
    rows: dict[int, _Known] = {}
    for column, values in (("wa_id", {p.wa_id for p in people}), ("user_id", {p.user_id for p in people})):
        wanted = sorted(value for value in values if value)
        if wanted:
            where, params = sql.among(column, wanted)
            columns = "id, wa_id, user_id, name, username, profile_name, named_at"
            for row in sql.run(f"SELECT {columns} FROM contact WHERE {where}", params):
                rows[row[0]] = _Known(*row)
    known = rows.values()
    return {k.wa_id: k for k in known if k.wa_id}, {k.user_id: k for k in known if k.user_id}


def _match(person: Person, by_wa_id: dict[str, _Known], by_user_id: dict[str, _Known]) -> _Known | None:
    # The user id is the stable key; a phone number can be given away (Cloud API, Business-scoped user IDs).
    by_user = by_user_id.get(person.user_id) if person.user_id else None
    return by_user or (by_wa_id.get(person.wa_id) if person.wa_id else None)


def _insert(people: Sequence[Person]) -> dict[int, Person]:
    """The ids that they get, unless somebody else was first with one of them."""
    moment = now_ms()
    made = {ids.new_id(): person for person in sorted(people, key=lambda p: (p.wa_id or "", p.user_id or ""))}
    sql.run_many(
        "INSERT INTO contact (id, wa_id, user_id, phone, name, username, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(number, p.wa_id, p.user_id, from_wa_id(p.wa_id) if p.wa_id else None, p.name, p.username, moment) for number, p in made.items()],
    )
    return made


def _announce(made: dict[int, Person], known: set[int]) -> None:
    events = [ContactCreated(number, person.came_by) for number, person in made.items() if number in known]
    if events:
        publish_all(events)


def _learn(known: _Known, person: Person, by_wa_id: dict[str, _Known], by_user_id: dict[str, _Known]) -> None:
    """Take over what is new about a contact; never an id that belongs to another row (those become one elsewhere)."""
    wa_id = known.wa_id or (person.wa_id if person.wa_id not in by_wa_id else None)
    user_id = known.user_id or (person.user_id if person.user_id not in by_user_id else None)
    # A name that staff gave stays; what the profile says is kept beside it.
    named, said = known.named_at is not None, person.name
    name, profile_name = (known.name, said or known.profile_name) if named else (said or known.name, known.profile_name)
    username = person.username or known.username
    news = _Known(known.id, wa_id, user_id, name, username, profile_name, known.named_at)
    if news == known:
        return
    sql.run(
        "UPDATE contact SET wa_id = ?, user_id = ?, phone = ?, name = ?, username = ?, profile_name = ? WHERE id = ?",
        (wa_id, user_id, from_wa_id(wa_id) if wa_id else None, name, username, profile_name, known.id),
    )
    known.wa_id, known.user_id, known.name, known.username, known.profile_name = wa_id, user_id, name, username, profile_name
    if wa_id:
        by_wa_id[wa_id] = known
    if user_id:
        by_user_id[user_id] = known


def _namesake(known: _Known, person: Person, by_wa_id: dict[str, _Known]) -> dict[int, int]:
    """A second row of the same person: Meta names number and user id together, and each has a row of its own.

    A row that has another user id is somebody else, who had the number before.
    """
    other = by_wa_id.get(person.wa_id) if person.wa_id and person.user_id else None
    return {other.id: known.id} if other is not None and other.id != known.id and other.user_id is None else {}
