"""Write what is known of a person into the business's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.contacts.events import ContactFieldsWritten
from wablast_box.engine.contacts.fields import read
from wablast_box.engine.contacts.fields.kinds import Spec, Stored, checked
from wablast_box.engine.events.publish import publish
from wablast_box.lib import sql
from wablast_box.lib.errors import Invalid, WrongField, all_wrong


def checked_values(given: Mapping[str, Any]) -> dict[int, Stored | None]:
    """Values by field, each named by its id or its name; one refusal names every wrong one."""
    specs = read.specs()
    found: dict[int, Stored | None] = {}
    refused: list[WrongField] = []
    for name, value in given.items():
        spec = _called(name, specs)
        if spec is None:
            refused.append(WrongField(f"fields.{name[:40]}", f"There is no field “{name[:40]}”."))
            continue
        try:
            found[spec.id] = checked(spec, value)
        except Invalid as wrong:
            refused.append(WrongField(wrong.field or "fields", wrong.message, wrong.help))
    if refused:
        raise all_wrong(refused)
    return found


def write_values(contact_id: int, values: Mapping[int, Stored | None], actor: str | None = None) -> list[str]:
    """Keep them (None: nothing) in the caller's transaction; the names of the fields that changed."""
    if not values:
        return []
    where, params = sql.among("field_id", list(values))
    before = dict(sql.run(f"SELECT field_id, value FROM contact_value WHERE contact_id = ? AND {where}", [contact_id, *params]))  # type: ignore[arg-type]
    changed = [number for number, stored in values.items() if (stored and stored.value) != before.get(number)]
    for number in changed:
        _write(contact_id, number, values[number])
    if changed:
        publish(ContactFieldsWritten(contact_id, tuple(changed)), actor=actor)
    names = {spec.id: spec.name for spec in read.specs()} if changed else {}
    return [names[number] for number in changed if number in names]


def _write(contact_id: int, field_id: int, stored: Stored | None) -> None:
    if stored is None:
        sql.run("DELETE FROM contact_value WHERE contact_id = ? AND field_id = ?", (contact_id, field_id))
        return
    sql.run(
        "INSERT INTO contact_value (contact_id, field_id, value, folded, number) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (contact_id, field_id) DO UPDATE SET value = excluded.value, folded = excluded.folded, number = excluded.number",
        (contact_id, field_id, stored.value, stored.folded, stored.number),
    )


def _called(name: str, specs: Sequence[Spec]) -> Spec | None:
    by_id = next((spec for spec in specs if str(spec.id) == name), None)
    return by_id or next((spec for spec in specs if spec.name.casefold() == name.strip().casefold()), None)
