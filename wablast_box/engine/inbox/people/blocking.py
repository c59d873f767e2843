"""Block somebody at WhatsApp: they cannot write to the business any more, and nothing is sent to them. And the way back.

Meta is asked first; only what Meta did is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wablast_box.engine.contacts import activity
from wablast_box.engine.inbox.people import news, read, thread_lines
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.meta import blocking as meta
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

Ask = Callable[[GraphClient, str, str], None]


def block(viewer: Viewer, actor: Actor, number: int) -> dict[str, Any]:
    """Keep this person from writing. Meta takes only those who wrote within the last 24 hours."""
    return _set(viewer, actor, number, meta.block, "blocked", now_ms())


def unblock(viewer: Viewer, actor: Actor, number: int) -> dict[str, Any]:
    """Let this person write again."""
    return _set(viewer, actor, number, meta.unblock, "unblocked", None)


def _set(viewer: Viewer, actor: Actor, number: int, ask: Ask, kind: str, at: int | None) -> dict[str, Any]:
    read.require_seen(viewer, number)
    wa_id, user_id, blocked_at = sql.run("SELECT wa_id, user_id, blocked_at FROM contact WHERE id = ?", (number,))[0]
    if (blocked_at is None) == (at is None):
        return read.person(viewer, number)
    ask(our_client(), store.get("phone_number_id"), f"+{wa_id}" if wa_id else user_id)
    with transaction():
        sql.run("UPDATE contact SET blocked_at = ? WHERE id = ?", (at, number))
        activity.record(number, kind, actor.ref)
        thread_lines.add(number, f"{thread_lines.PREFIX}{kind}", actor.ref)
        news.contact_changed(number, actor.ref)
    return read.person(viewer, number)
