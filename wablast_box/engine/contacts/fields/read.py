"""Fields and what stands in them, as screens and the API are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.contacts.fields.kinds import Spec
from wablast_box.engine.contacts.models import FieldKind
from wablast_box.lib import sql
from wablast_box.lib.db import JsonField
from wablast_box.lib.errors import NotFound

# Words that filters use for what every contact has.
RESERVED = frozenset({"tag", "is", "has", "lang", "language", "name", "phone", "username", "before", "after", "http", "https"})
_json = JsonField().python_value
_ALL = "SELECT f.id, f.name, f.kind, f.choices_json, f.place FROM contact_field f"


def fields(*, counted: bool = False) -> list[dict[str, Any]]:
    """Every field in its order; `used` says how many people have something in it."""
    used = dict(sql.run("SELECT field_id, COUNT(*) FROM contact_value GROUP BY field_id")) if counted else {}  # type: ignore[arg-type]
    return [_view(row) | ({"used": used.get(row[0], 0)} if counted else {}) for row in sql.run(f"{_ALL} ORDER BY f.place, f.id")]


def field(number: int) -> dict[str, Any]:
    """One field, or NotFound."""
    return _view(_row(number)) | {"used": int(sql.run("SELECT COUNT(*) FROM contact_value WHERE field_id = ?", (number,))[0][0])}


def spec(number: int) -> Spec:
    """What a value of this field is checked against, or NotFound."""
    return _spec(_row(number))


def specs() -> list[Spec]:
    """Of every field, in their order."""
    return [_spec(row) for row in sql.run(f"{_ALL} ORDER BY f.place, f.id")]


def values_of(contact_ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """What stands in the fields of people, in the fields' order."""
    found: dict[int, list[dict[str, str]]] = {}
    if contact_ids:
        where, params = sql.among("v.contact_id", list(contact_ids))
        rows = sql.run(
            "SELECT v.contact_id, f.id, f.name, f.kind, v.value FROM contact_value v JOIN contact_field f ON f.id = v.field_id"
            f" WHERE {where} ORDER BY f.place, f.id",
            params,
        )
        for contact_id, number, name, kind, value in rows:
            found.setdefault(contact_id, []).append({"field_id": str(number), "name": name, "kind": kind, "value": value})
    return found


def _row(number: int) -> tuple[Any, ...]:
    rows = sql.run(f"{_ALL} WHERE f.id = ?", (number,))
    if not rows:
        raise NotFound("There is no such field.")
    return rows[0]


def _view(row: tuple[Any, ...]) -> dict[str, Any]:
    number, name, kind, choices, place = row
    return {"id": str(number), "name": name, "kind": kind, "choices": _json(choices) or [], "place": place}


def _spec(row: tuple[Any, ...]) -> Spec:
    return Spec(row[0], row[1], FieldKind(row[2]), tuple(_json(row[3]) or ()))
