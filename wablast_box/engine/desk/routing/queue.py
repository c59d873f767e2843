"""The queue: what is open and nobody's. Whoever has a free hand takes the next; who cannot help hands off."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.desk.routing.events import ConversationHandedOff
from wablast_box.engine.desk.routing.route import give_if_free
from wablast_box.engine.desk.triage.actions import Action, hand_to_team
from wablast_box.engine.desk.triage.perform import perform, perform_one
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.thread import notes
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import TeamMember
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied

_OPEN = "c.state = 'open' AND c.assignee_id IS NULL AND c.sort_id > 0"
# Whoever has waited longest for an answer, then whoever has been open longest.
_ORDER = " ORDER BY CASE WHEN c.waiting_since_at IS NULL THEN 1 ELSE 0 END, c.waiting_since_at, c.opened_at, c.id LIMIT 1"
COUNTED = 999


def waiting(viewer: Viewer, actor: Actor) -> dict[str, Any]:
    """How many this person could take, and since when the first of them has waited for an answer."""
    condition, params = _mine(viewer, actor)
    rows = sql.run(
        f"SELECT COUNT(*), MIN(w) FROM (SELECT c.waiting_since_at AS w FROM conversation c WHERE {condition} LIMIT {COUNTED}) AS waiting",
        params,
    )
    count, oldest = rows[0]
    return {"count": int(count), "waiting_since_at": None if oldest is None else iso(from_ms(oldest))}


def take_next(viewer: Viewer, actor: Actor) -> dict[str, Any] | None:
    """Give this person the conversation whose customer has waited longest; None when there is none. Two who ask get two."""
    if actor.kind != "user" or actor.id is None:
        raise Denied("Only a person can take a conversation.", help="Assign it to somebody instead.")
    with transaction():
        condition, params = _mine(viewer, actor)
        rows = sql.run(f"SELECT c.id FROM conversation c WHERE {condition}{_ORDER}{sql.skip_locked()}", params)
        if not rows:
            return None
        number = int(rows[0][0])
        perform(give_if_free(actor.id), [number], viewer, actor.ref)
    return read.conversation(EVERYTHING, number)


def hand_off(viewer: Viewer, actor: Actor, conversation_id: int, team_id: int | None, note: str | None) -> dict[str, Any]:
    """Give a conversation back to the queue, perhaps another team's, with a word for whoever takes it."""
    with transaction():
        read.conversation(viewer, conversation_id)
        if note and note.strip():
            notes.add_note(viewer, actor, conversation_id, note, [])
        if team_id is not None:
            perform_one(hand_to_team(team_id), conversation_id, viewer, actor.ref)
        perform_one(_hand_off(team_id), conversation_id, EVERYTHING, actor.ref)
    return read.conversation(EVERYTHING, conversation_id)


def _hand_off(team_id: int | None) -> Action:
    """Open, nobody's, and to be looked at again by the routing."""
    return Action(
        "hand_off",
        "inbox.reply",
        lambda _: {"assignee_id": None, "state": "open", "snoozed_until": None, "routed_at": None},
        lambda before, _: ConversationHandedOff(before.id, team_id),
        lambda *_: ("handed_off", {}),
    )


def _mine(viewer: Viewer, actor: Actor) -> tuple[str, list[Any]]:
    """Of nobody and of the teams this person is in, or of no team; whoever sees everything may take everything."""
    seen, params = viewer.condition()
    condition = f"{_OPEN} AND {seen}"
    if actor.sees_all_conversations:
        return condition, list(params)
    teams = [row.team_id for row in TeamMember.select().where(TeamMember.user == (actor.id or 0))]
    if not teams:
        return f"{condition} AND c.team_id IS NULL", list(params)
    among, numbers = sql.among("c.team_id", teams)
    return f"{condition} AND (c.team_id IS NULL OR {among})", [*params, *numbers]
