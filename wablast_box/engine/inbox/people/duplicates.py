"""Who may be the same person: the same name, or a number that another one gave in a field. A suggestion, never more."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.inbox.views import called
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql

MOST = 5
_LEAST_LETTERS = 3
_GIVEN_NUMBER = (
    "o.id IN (SELECT v.contact_id FROM contact_value v WHERE v.field_id IN (SELECT id FROM contact_field WHERE kind = 'phone')"
    " AND v.folded = ?)"
)


def of(viewer: Viewer, contact_id: int) -> list[dict[str, Any]]:
    """Those who look like one person, newest first, with the reason."""
    rows = sql.run("SELECT name, phone, username FROM contact WHERE id = ?", (contact_id,))
    if not rows:
        return []
    name, phone, username = rows[0]
    found: dict[int, str] = {}
    for reason, condition, value in (
        ("phone", _GIVEN_NUMBER, phone),
        ("username", "LOWER(o.username) = ?", username and username.lower()),
        ("name", "LOWER(o.name) = ?", name.lower() if name and len(name.strip()) >= _LEAST_LETTERS else None),
    ):
        if value:
            found |= {number: reason for number in _others(viewer, contact_id, condition, value) if number not in found}
    return _views(dict(list(found.items())[:MOST]))


def _others(viewer: Viewer, contact_id: int, condition: str, value: str) -> list[int]:
    seen, params = viewer.condition()
    mine = f" AND EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = o.id AND {seen})" if params else ""
    rows = sql.run(
        f"SELECT o.id FROM contact o WHERE o.id <> ? AND {condition}{mine} ORDER BY o.id DESC LIMIT {MOST}", [contact_id, value, *params]
    )
    return [row[0] for row in rows]


def _views(reasons: dict[int, str]) -> list[dict[str, Any]]:
    if not reasons:
        return []
    where, params = sql.among("id", list(reasons))
    rows = sql.run(f"SELECT id, name, username, phone, user_id FROM contact WHERE {where} ORDER BY id DESC", params)
    return [
        {"id": str(number), "name": called(name, username, phone, user_id), "phone": phone, "reason": reasons[number]}
        for number, name, username, phone, user_id in rows
    ]
