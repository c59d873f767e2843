"""Marketing messages: staff may always stop them for a person; to allow them again takes a reason, and is written down."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.contacts import activity
from wablast_box.engine.inbox.people import news, read, thread_lines
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid

SHORTEST_REASON, LONGEST_REASON = 3, 500


def opt_out(viewer: Viewer, actor: Actor, number: int) -> dict[str, Any]:
    """No more marketing for this person; what waits in the outbox is stopped at its gate."""
    read.require_seen(viewer, number)
    with transaction():
        changed = sql.run(
            "UPDATE contact SET marketing_opted_out_at = ? WHERE id = ? AND marketing_opted_out_at IS NULL RETURNING id", (now_ms(), number)
        )
        if changed:
            activity.record(number, "opted_out", actor.ref)
            thread_lines.add(number, "contact.opted_out", actor.ref)
            news.contact_changed(number, actor.ref)
    return read.person(viewer, number)


def opt_in(viewer: Viewer, actor: Actor, number: int, reason: str) -> dict[str, Any]:
    """Marketing again, because the customer asked for it: where and when stands in the reason."""
    read.require_seen(viewer, number)
    why = " ".join(reason.split())
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise Invalid("Say how the customer agreed.", help="For example: asked for offers by phone on 3 November.", field="reason")
    with transaction():
        changed = sql.run(
            "UPDATE contact SET marketing_opted_out_at = NULL WHERE id = ? AND marketing_opted_out_at IS NOT NULL RETURNING id", (number,)
        )
        if not changed:
            raise Conflict("This customer gets marketing messages already.", code="not_opted_out")
        activity.record(number, "opted_in", actor.ref, {"reason": why})
        thread_lines.add(number, "contact.opted_in", actor.ref, {"reason": why})
        audit("contacts.opt_in", by=actor, subject=f"contact:{number}", detail={"reason": why})
        news.contact_changed(number, actor.ref)
    return read.person(viewer, number)
