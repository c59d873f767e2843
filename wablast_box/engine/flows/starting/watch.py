"""Plans that watch for unread messages: along the messages behind the present, each looked at once for each plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.starting import starts
from wablast_box.engine.flows.starting.models import FlowPlan
from wablast_box.engine.flows.starting.plans import LOOK_AGAIN
from wablast_box.engine.flows.starting.unread import NOTHING_TO_READ, ON_ITS_WAY, UNREAD, wait_of
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import from_ms, now, now_ms, to_ms
from wablast_box.lib.db import JsonField, transaction

BATCH = 500
# After a sleep the box first hears what was read meanwhile.
OVERSLEPT, LET_IT_WAKE = timedelta(minutes=10), timedelta(minutes=5)
WAITS = timedelta(days=7)
_read_json = JsonField().python_value
_MESSAGES = (
    "SELECT m.id, m.conversation_id, m.state, m.sender, m.type, m.content_json, m.created_at, m.sent_at, c.last_inbound_at,"
    " EXISTS (SELECT 1 FROM message n WHERE n.conversation_id = m.conversation_id AND n.id > m.id AND n.direction = 'out'"
    " AND n.type NOT IN ('reaction', 'edit', 'revoke')) FROM message m JOIN conversation c ON c.id = m.conversation_id"
    " WHERE m.direction = 'out' AND m.id > ? AND m.id < ? ORDER BY m.id LIMIT ?"
)


def look() -> int:
    """Look at the messages whose time is over, where a flow waits for that; how many begin one."""
    begun = 0
    for (number,) in sql.run("SELECT id FROM flow_plan WHERE next_at <= ? AND kind = 'not_read' ORDER BY next_at LIMIT 50", (now_ms(),)):
        with transaction():
            for plan in sql.load(FlowPlan, f"id = ?{sql.skip_locked()}", (number,)):
                begun += _look(plan)
    return begun


def template_of(kind: str, content_json: str | None) -> str:
    """The name of the template that a message is; empty when it is none."""
    return str((_read_json(content_json) or {}).get("name") or "") if kind == "template" else ""


def _look(plan: FlowPlan) -> int:
    moment = now()
    if plan.next_at is None or plan.next_at > moment:
        return 0
    if moment - plan.next_at > OVERSLEPT:
        sql.run("UPDATE flow_plan SET next_at = ? WHERE id = ?", (to_ms(moment + LET_IT_WAKE), plan.id))
        return 0
    until = ids.first_id_at(moment - wait_of(plan.trigger_json))
    rows = sql.run(_MESSAGES, (plan.cursor, until, BATCH))
    again = moment if len(rows) == BATCH else moment + LOOK_AGAIN
    cursor = max(plan.cursor, rows[-1][0] if rows else until - 1)
    sql.run("UPDATE flow_plan SET cursor = ?, next_at = ? WHERE id = ?", (cursor, to_ms(again), plan.id))
    return sum(_begin(plan, *row) for row in rows)


def _begin(
    plan: FlowPlan, number: int, conversation_id: int, state: str, sender: str | None, kind: str, content: str | None, created: int,
    sent: int | None, heard: int | None, is_followed: bool,
) -> bool:  # fmt: skip
    """Only the last message that somebody of us sent: one reminder is enough for three of them."""
    given: dict[str, Any] = plan.trigger_json
    is_meant = not given.get("template") or template_of(kind, content) == given["template"]
    if not is_meant or is_followed or state not in (*UNREAD, *ON_ITS_WAY) or kind in NOTHING_TO_READ or sender in ("phone_app", "history"):
        return False
    if heard is not None and heard >= created:
        return False
    depth = starts.depth_after(sender, conversation_id, plan.flow_id)
    if depth is None:
        return False
    wait = wait_of(given)
    about = {"message_id": str(number), "wait_s": wait.total_seconds()}
    # What waited in the queue is counted from when it left.
    over = from_ms(sent or created) + wait if state in UNREAD else now() + wait
    ref = f"unread:{number}:{plan.flow_id}:{plan.trigger_key}"
    return starts.add(plan.flow_id, conversation_id, starts.Cause(ref, "not_read", {}, about, depth, at=over, waits=WAITS))
