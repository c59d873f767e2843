"""Make, change and delete a field. Its kind stays for life: what stands in it was checked against it.

`actor` is whoever asked; a ref alone, such as "system", is for what nobody asked for, and is not in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import IntegrityError

from wablast_box.engine.audit.record import Doer
from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.contacts.events import FieldsChanged
from wablast_box.engine.contacts.fields import read
from wablast_box.engine.contacts.models import ContactField, ContactValue, FieldKind
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Invalid

LONGEST_NAME, LONGEST_CHOICE = 40, 60
MOST_FIELDS, MOST_CHOICES = 100, 200


def add_field(name: str, kind: str, choices: Sequence[str] | None, *, actor: Doer | str) -> dict[str, Any]:
    """Make a field."""
    if kind not in FieldKind._value2member_map_:
        raise Invalid(f"“{kind[:20]}” is not a kind of field.", help=f"One of {', '.join(FieldKind)}.", field="kind")
    checked, allowed, number = _name(name), _choices(FieldKind(kind), choices), ids.new_id()
    with transaction():
        if ContactField.select().count() >= MOST_FIELDS:
            raise Invalid(f"There are {MOST_FIELDS} fields already.", help="Delete those that nobody uses.")
        place = int(sql.run("SELECT COALESCE(MAX(place), 0) + 1 FROM contact_field")[0][0])
        row = {"id": number, "name": checked, "kind": kind, "choices_json": allowed, "place": place, "created_at": now()}
        _written(lambda: ContactField.insert(**row).execute(), checked)
        if not isinstance(actor, str):
            audit("field.created", by=actor, subject=f"field:{number}", subject_name=checked)
        _tell(number, actor)
    return read.field(number)


def change_field(
    number: int, *, name: str | None = None, choices: Sequence[str] | None = None, place: int | None = None, actor: Doer | str
) -> dict[str, Any]:
    """Rename a field, move it, or say what may be chosen. A choice that somebody has cannot be taken away."""
    with transaction():
        spec = read.spec(number)
        changes: dict[str, Any] = {}
        if name is not None:
            changes["name"] = _name(name)
        if choices is not None:
            changes["choices_json"] = _choices(spec.kind, choices)
            _require_unused([choice for choice in spec.choices if choice not in changes["choices_json"]], number)
        if changes:
            _written(lambda: ContactField.update(**changes).where(ContactField.id == number).execute(), changes.get("name", ""))
        if place is not None:
            _move(number, place)
        if not isinstance(actor, str):
            fields = [*changes, *(["place"] if place is not None else [])]
            audit("field.changed", by=actor, subject=f"field:{number}", subject_name=spec.name, fields=fields)
        _tell(number, actor)
    return read.field(number)


def delete_field(number: int, *, actor: Doer | str) -> None:
    """Delete a field and what stands in it, for good."""
    with transaction():
        gone = read.spec(number)
        ContactField.delete().where(ContactField.id == number).execute()
        if not isinstance(actor, str):
            audit("field.deleted", by=actor, subject=f"field:{number}", subject_name=gone.name)
        _tell(number, actor)


def _move(number: int, place: int) -> None:
    order = [row[0] for row in sql.run("SELECT id FROM contact_field ORDER BY place, id") if row[0] != number]
    order.insert(max(0, min(place - 1, len(order))), number)
    sql.run_many("UPDATE contact_field SET place = ? WHERE id = ?", [(index, field_id) for index, field_id in enumerate(order, 1)])


def _require_unused(gone: Sequence[str], number: int) -> None:
    used = ContactValue.select().where((ContactValue.field == number) & ContactValue.value.in_(list(gone))) if gone else None
    taken = used.first() if used is not None else None
    if taken is not None:
        raise Conflict(
            f"Some people have “{taken.value}”: it cannot be taken away.", help="Choose something else for them first.", field="choices"
        )


def _written(write: Any, name: str) -> None:
    try:
        write()
    except IntegrityError:
        raise Conflict(f"There is a field “{name}” already.", field="name") from None


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME or any(c in cleaned for c in '":<>='):
        raise Invalid(f"A field's name has 1 to {LONGEST_NAME} letters, without quotes, colons and < > =.", field="name")
    if cleaned.casefold() in read.RESERVED:
        raise Invalid(f"“{cleaned}” is known of everybody already.", help="Take another name.", field="name")
    return cleaned


def _choices(kind: FieldKind, choices: Sequence[str] | None) -> list[str] | None:
    if kind is not FieldKind.CHOICE:
        if choices:
            raise Invalid("Only a field of the kind choice has choices.", field="choices")
        return None
    cleaned = list(dict.fromkeys(" ".join(choice.split()) for choice in choices or () if choice.strip()))
    if not 1 <= len(cleaned) <= MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in cleaned):
        raise Invalid(f"Give 1 to {MOST_CHOICES} choices of at most {LONGEST_CHOICE} letters.", field="choices")
    if len({choice.casefold() for choice in cleaned}) != len(cleaned):
        raise Invalid("Two choices differ in capital letters only.", field="choices")
    return cleaned


def _tell(number: int, actor: Doer | str) -> None:
    event_id = publish(FieldsChanged(number), actor=actor if isinstance(actor, str) else actor.ref)
    after_commit(lambda: tell([News(("everyone",), "contact_fields.changed", {"event_id": str(event_id)})]))
