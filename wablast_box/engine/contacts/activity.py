"""Say what was done with a person, for their history. Every verb that changes a contact calls `record`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField

_to_json = JsonField().db_value


def record(contact_id: int, kind: str, actor: str | None, detail: Mapping[str, Any] | None = None) -> int:
    """Write one line in the caller's transaction; its id. `actor`: user:ID, api_key:ID, system; None: the customer or Meta."""
    number = ids.new_id()
    sql.run(
        "INSERT INTO contact_activity (id, contact_id, kind, actor, detail_json, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (number, contact_id, kind, actor, _to_json(dict(detail)) if detail else None, now_ms()),
    )
    return number
