"""Merge two people whom staff know to be one. It cannot be taken back, so what becomes of everything is shown before."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.contacts.fields.read import values_of
from wablast_box.engine.inbox.people import read
from wablast_box.engine.inbox.people.outcome import Side, outcome, sides
from wablast_box.engine.inbox.people.unite import unite
from wablast_box.engine.inbox.views import called
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid


def preview(viewer: Viewer, kept_id: int, gone_id: int) -> dict[str, Any]:
    """What would become of the two: by the same rules that merge them."""
    kept, gone = _both(viewer, kept_id, gone_id)
    decided = outcome(kept, gone)
    columns, (other_wa_id, other_user_id) = decided.columns, decided.other_account
    return {
        "kept": _shown(kept),
        "gone": _shown(gone),
        "name": called(columns["name"], columns["username"], columns["phone"], columns["user_id"]),
        "phone": columns["phone"],
        "user_id": columns["user_id"],
        "other_phone": f"+{other_wa_id}" if other_wa_id else None,
        "other_user_id": other_user_id,
        "language": columns["language"],
        "marketing_opted_out_at": iso(from_ms(columns["marketing_opted_out_at"])) if columns["marketing_opted_out_at"] else None,
        "fields": _fields(kept_id, gone_id),
        "refusal": _refusal(kept, gone),
    }


def merge(viewer: Viewer, actor: Actor, kept_id: int, gone_id: int) -> dict[str, Any]:
    """Let the one go into the other."""
    with transaction():
        kept, gone = _both(viewer, kept_id, gone_id)
        refusal = _refusal(kept, gone)
        if refusal is not None:
            raise Conflict(refusal, code="blocked", help="Unblock them first, then merge.")
        unite(kept_id, gone_id, actor=actor.ref)
        audit("contacts.merged", by=actor, subject=f"contact:{kept_id}", detail={"gone": str(gone_id)})
    return read.person(viewer, kept_id)


def _both(viewer: Viewer, kept_id: int, gone_id: int) -> tuple[Side, Side]:
    if kept_id == gone_id:
        raise Invalid("This is the same contact.", help="Choose another one.", field="contact_id")
    for number in (kept_id, gone_id):
        read.require_seen(viewer, number)
    found = sides((kept_id, gone_id))
    return found[kept_id], found[gone_id]


def _refusal(kept: Side, gone: Side) -> str | None:
    """WhatsApp's block is for one account: a person half of whom is blocked could be written to by mistake."""
    if (kept.blocked_at is None) == (gone.blocked_at is None):
        return None
    blocked = kept if kept.blocked_at else gone
    return f"{called(blocked.name, blocked.username, blocked.phone, blocked.user_id)} is blocked at WhatsApp."


def _shown(side: Side) -> dict[str, Any]:
    counted = [0, 0]
    if side.conversation_id is not None:
        counted = [
            int(sql.run(f"SELECT COUNT(*) FROM {table} WHERE conversation_id = ?", (side.conversation_id,))[0][0])
            for table in ("message", "note")
        ]
    return {
        "id": str(side.id),
        "name": called(side.name, side.username, side.phone, side.user_id),
        "phone": side.phone,
        "user_id": side.user_id,
        "created_at": iso(from_ms(side.created_at)),
        "messages": counted[0],
        "notes": counted[1],
    }


def _fields(kept_id: int, gone_id: int) -> list[dict[str, Any]]:
    """Each field that either has something in: what stands there, and which stays."""
    found = values_of([kept_id, gone_id])
    mine = {one["field_id"]: one for one in found.get(kept_id, [])}
    theirs = {one["field_id"]: one for one in found.get(gone_id, [])}
    return [
        {
            "name": (mine.get(number) or theirs[number])["name"],
            "kind": (mine.get(number) or theirs[number])["kind"],
            "kept": mine[number]["value"] if number in mine else None,
            "gone": theirs[number]["value"] if number in theirs else None,
            "result": (mine.get(number) or theirs[number])["value"],
        }
        for number in dict.fromkeys([*mine, *theirs])
    ]
