"""Plans that are due become rounds; a round begins with its customers little by little, so that answers to people come first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.keeping import sessions
from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.starting import plans, starts
from wablast_box.engine.flows.starting.audience import Person, next_people
from wablast_box.engine.flows.starting.models import FlowPlan, FlowRound
from wablast_box.engine.inbox import conversations
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import JsonField, transaction
from wablast_box.lib.errors import BoxError, NotFound

# A box that slept makes up for what is not older than this; later, "good morning" would come at night.
LATEST = timedelta(hours=6)
WORTH_SAYING = timedelta(minutes=5)
# A round that could not get through all its customers in this time ends.
LONGEST = timedelta(hours=24)
FASTEST = 20
# As long as so many starts wait for their turn, no more are added.
MOST_QUEUED = 100
BATCH = 50
_to_json = JsonField().db_value


def open_due() -> int:
    """Plans whose time has come open a round each; how many."""
    rows = sql.run(
        "SELECT id FROM flow_plan WHERE next_at <= ? AND kind IN ('schedule', 'date_field') ORDER BY next_at LIMIT ?", (now_ms(), BATCH)
    )
    for (number,) in rows:
        with transaction():
            _open(number)
    return len(rows)


def go_on() -> int:
    """Begin with the next customers of what is going; how many."""
    if not sql.run("SELECT 1 FROM flow_round WHERE state = 'going' LIMIT 1"):
        return 0
    begun, most = 0, _pace()
    for (number,) in sql.run("SELECT id FROM flow_round WHERE state = 'going' ORDER BY id LIMIT ?", (BATCH,)):
        if begun < most:
            with transaction():
                begun += _step(number, most - begun)
    return begun


def _open(plan_id: int) -> None:
    """Whoever moves the plan on opens the round: of two that look at once one does, and the other finds it no longer due."""
    moment = now()
    found = sql.load(FlowPlan, "id = ? AND next_at <= ?", (plan_id, to_ms(moment)))
    if not found:
        return
    plan: FlowPlan = found[0]
    due = found[0].next_at
    following = plans.next_moment(plan.kind, plan.trigger_json, max(due, moment - LATEST))
    moved = sql.run(
        "UPDATE flow_plan SET next_at = ? WHERE id = ? AND next_at = ? RETURNING id",
        (None if following is None else to_ms(following), plan.id, to_ms(due)),
    )
    if not moved:
        return
    late, note = moment - due, _lateness(moment - due)
    is_too_late = late > LATEST
    sql.run(
        "INSERT INTO flow_round (id, flow_id, trigger_key, occurrence, trigger_json, due_at, state, cursor, newest_id, people, note,"
        " created_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?) ON CONFLICT (flow_id, trigger_key, occurrence) DO NOTHING",
        (
            ids.new_id(), plan.flow_id, plan.trigger_key, f"{due.astimezone(zone()):%Y-%m-%d %H:%M}", _to_json(plan.trigger_json),
            to_ms(due), "skipped" if is_too_late else "going", ids.new_id(), note, to_ms(moment), to_ms(moment) if is_too_late else None,
        ),
    )  # fmt: skip


def _lateness(late: timedelta) -> str | None:
    if late > LATEST:
        return f"The box was off or asleep: it would have begun {_span(late)} late, so it was left out."
    return f"The box was off or asleep: it began {_span(late)} late." if late > WORTH_SAYING else None


def _span(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"


def _step(round_id: int, most: int) -> int:
    found = sql.load(FlowRound, f"id = ? AND state = 'going'{sql.skip_locked()}", (round_id,))
    if not found:
        return 0
    going: FlowRound = found[0]
    if (why := _hindrance(going)) is not None:
        _end(going, why)
        return 0
    people = next_people(going, most)
    _begin_with(going, people)
    sql.run(
        "UPDATE flow_round SET cursor = ?, people = people + ? WHERE id = ?",
        (people[-1][0] if people else going.cursor, len(people), going.id),
    )
    if len(people) < most:
        _end(going, None)
    return len(people)


def _begin_with(going: FlowRound, people: list[Person]) -> None:
    numbers = conversations.of_contacts([contact for contact, _ in people]) if people else []
    for (contact, value), conversation_id in zip(people, numbers, strict=True):
        variables: dict[str, Any] = {} if value is None else {"field": going.trigger_json.get("field"), "value": value}
        cause = starts.Cause(f"round:{going.id}:{contact}", going.trigger_json["kind"], variables, round_id=going.id, waits=LATEST)
        starts.add(going.flow_id, conversation_id, cause)


def _hindrance(going: FlowRound) -> str | None:
    try:
        sessions.live_version(going.flow_id)
    except BoxError:
        return "The flow was switched off before everybody was reached."
    return "It took longer than a day: those who were left were left out." if now() > going.due_at + LONGEST else None


def _end(going: FlowRound, why: str | None) -> None:
    sql.run("UPDATE flow_round SET state = 'done', ended_at = ?, note = COALESCE(?, note) WHERE id = ?", (now_ms(), why, going.id))


def _pace() -> int:
    """How many at a look, which is a second: a quarter of what Meta lets this number send, and none while many wait."""
    waiting = sql.run(
        "SELECT count(*) FROM (SELECT 1 FROM flow_turn WHERE state = 'waiting' AND next_attempt_at <= ? LIMIT ?) w", (now_ms(), MOST_QUEUED)
    )
    if int(waiting[0][0]) >= MOST_QUEUED:
        return 0
    return max(1, min(FASTEST, int(store.get("send_rate")) // 4))


def rounds_of(flow_id: int, limit: int = 20) -> list[dict[str, Any]]:
    """The last rounds of a flow, the newest first, with how many of their customers it began with."""
    if Flow.get_or_none((Flow.id == flow_id) & Flow.archived_at.is_null()) is None:
        raise NotFound("There is no such flow.")
    rows = FlowRound.select().where(FlowRound.flow == flow_id).order_by(FlowRound.due_at.desc(), FlowRound.id.desc()).limit(limit)
    return [_shown(row) for row in rows]


def _shown(row: FlowRound) -> dict[str, Any]:
    counted = dict(sql.run("SELECT state, count(*) FROM flow_start WHERE round_id = ? GROUP BY state", (row.id,)))
    return {
        "due_at": row.due_at, "state": row.state, "people": row.people, "begun": int(counted.get("begun", 0)),
        "left_out": int(counted.get("skipped", 0)), "note": row.note,
    }  # fmt: skip
