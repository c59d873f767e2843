"""Enter a person, change what is known of them, begin to write with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.contacts import accounts, activity
from wablast_box.engine.contacts.fields.kinds import Stored
from wablast_box.engine.contacts.fields.values import checked_values, write_values
from wablast_box.engine.contacts.languages import checked_language
from wablast_box.engine.contacts.upsert import Person, find_or_create
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.people import news, read
from wablast_box.engine.inbox.people.tags import checked_tags, write_tags
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid
from wablast_box.lib.phones import read_phones

LONGEST_NAME, MOST_AT_ONCE = 120, 500
KNOWN = ("name", "language", "tags", "fields")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that became no contact, counted from 1, and why not."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is to be written, checked; None leaves as it is."""

    name: str | None = None
    language: str | None = None
    sets_language: bool = False
    tags: tuple[int, ...] | None = None
    fields: Mapping[int, Stored | None] | None = None


def create(viewer: Viewer, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a person by phone number or user id. Somebody with that number is there already: Conflict names them."""
    person, changes = _address(given), _checked(given)
    with transaction():
        before = _known(person)
        if before is not None:
            raise _taken(viewer, before)
        number = find_or_create(wa_id=person.wa_id, user_id=person.user_id, came_by="staff")
        activity.record(number, "created", actor.ref)
        _write(number, changes, actor)
        news.contact_changed(number, actor.ref)
    return read.person(EVERYTHING, number)


def create_many(viewer: Viewer, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str], list[Rejected]]:
    """Enter up to 500 people: the ids of new ones, of those who were there, and every row that is wrong with its reason."""
    if len(rows) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE} people at once.", help="Send them in parts.", field="contacts")
    made: list[str] = []
    there: list[str] = []
    rejected: list[Rejected] = []
    for row, given in enumerate(rows, 1):
        try:
            made.append(create(viewer, actor, given)["id"])
        except Conflict as taken:
            there.extend([taken.help] if taken.code == "contact_exists" and taken.help else [])
            if taken.code != "contact_exists":
                rejected.append(Rejected(row, str(given.get("phone") or ""), taken.message))
        except (Invalid, Denied) as wrong:
            rejected.append(Rejected(row, str(given.get("phone") or ""), wrong.message))
    return made, there, rejected


def edit(viewer: Viewer, actor: Actor, number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change what is given; the rest stays."""
    read.require_seen(viewer, number)
    changes = _checked(given)
    with transaction():
        if _write(number, changes, actor):
            news.contact_changed(number, actor.ref)
    return read.person(viewer, number)


def conversation_with(viewer: Viewer, number: int) -> int:
    """The conversation with a person; begun when there is none."""
    read.require_seen(viewer, number)
    with transaction():
        return conversations.of_contacts([number])[0]


def set_language(number: int, language: str | None, *, by: str, actor: str | None) -> None:
    """Say which language a person reads; `by` is staff or flow. In the caller's transaction."""
    code = checked_language(language)
    changed = sql.run(
        "UPDATE contact SET language = ?, language_by = ? WHERE id = ? AND COALESCE(language, '') <> ? RETURNING id",
        (code, by if code else None, number, code or ""),
    )
    if changed:
        activity.record(number, "language", actor, {"language": code})


def _address(given: Mapping[str, Any]) -> Person:
    phone, user_id = given.get("phone"), given.get("user_id")
    if not phone and not user_id:
        raise Invalid("Give a phone number.", help="With its country code, for example +91 98123 45678.", field="phone")
    wa_id = read_phones(str(phone)).phone.removeprefix("+") if phone else None
    return Person(wa_id, str(user_id) if user_id else None)


def _known(person: Person) -> int | None:
    rows = sql.run("SELECT id FROM contact WHERE wa_id = ? OR user_id = ?", (person.wa_id, person.user_id))
    if rows:
        return int(rows[0][0])
    owner = accounts.owners([(person.wa_id, person.user_id, None)])[0]
    return owner.contact_id if owner is not None and not owner.is_left else None


def _taken(viewer: Viewer, number: int) -> BoxError:
    try:
        read.require_seen(viewer, number)
    except BoxError:
        return Denied("A colleague answers this customer.", help="Ask for the conversation to be assigned to you.")
    name = sql.run("SELECT COALESCE(name, phone, user_id) FROM contact WHERE id = ?", (number,))[0][0]
    return Conflict(f"{name} has this number already.", code="contact_exists", help=str(number), field="phone")


def _checked(given: Mapping[str, Any]) -> _Changes:
    fields = given.get("fields")
    return _Changes(
        name=_name(given["name"]) if given.get("name") is not None else None,
        language=checked_language(given.get("language")),
        sets_language="language" in given,
        tags=checked_tags(given["tags"]) if given.get("tags") is not None else None,
        fields=checked_values(fields) if fields else None,
    )


def _name(name: str) -> str:
    cleaned = " ".join(name.replace("\x00", "").split())
    if len(cleaned) > LONGEST_NAME:
        raise Invalid(f"A name has at most {LONGEST_NAME} letters.", field="name")
    return cleaned


def _write(number: int, changes: _Changes, actor: Actor) -> bool:
    edited = [*(["name"] if _rename(number, changes.name) else []), *write_values(number, changes.fields or {}, actor.ref)]
    if edited:
        activity.record(number, "edited", actor.ref, {"fields": edited})
    if changes.sets_language:
        set_language(number, changes.language, by="staff", actor=actor.ref)
    tagged = changes.tags is not None and write_tags(number, changes.tags, actor.ref)
    return bool(edited) or changes.sets_language or tagged


def _rename(number: int, name: str | None) -> bool:
    """An empty name gives the profile's back."""
    if name is None:
        return False
    if not name:
        statement = (
            "UPDATE contact SET name = COALESCE(profile_name, CASE WHEN named_at IS NULL THEN name END), profile_name = NULL,"
            " named_at = NULL WHERE id = ? AND named_at IS NOT NULL RETURNING id"
        )
        return bool(sql.run(statement, (number,)))
    return bool(
        sql.run(
            "UPDATE contact SET profile_name = CASE WHEN named_at IS NULL THEN name ELSE profile_name END, name = ?, named_at = ?"
            " WHERE id = ? AND COALESCE(name, '') <> ? RETURNING id",
            (name, now_ms(), number, name),
        )
    )
