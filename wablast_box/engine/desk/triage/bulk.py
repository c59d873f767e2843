"""Up to five hundred conversations in one request, by whoever may; what was done can be taken back for an hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from wablast_box.engine.desk.triage import actions
from wablast_box.engine.desk.triage.actions import Action
from wablast_box.engine.desk.triage.perform import Outcome, perform, perform_one
from wablast_box.engine.desk.triage.undo import keep
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Invalid
from wablast_box.lib.ids import parse_id

MOST = 500

Given = Mapping[str, Any]


def in_bulk(viewer: Viewer, actor: Actor, ids: Sequence[str], name: str, given: Given) -> dict[str, Any]:
    """Do one thing with many; what became of each, and the id to take it back by (None when nothing changed)."""
    if not 1 <= len(ids) <= MOST:
        raise Invalid(f"From 1 to {MOST} conversations at once.", field="ids")
    action = action_of(name, given)
    authorize_action(actor, action, given)
    with transaction():
        outcome = perform(action, [parse_id(number) for number in ids], viewer, actor.ref)
        undo_id = keep(action.name, outcome.changed, actor.ref)
    return {"results": _results(outcome), "undo_id": undo_id}


def one(viewer: Viewer, actor: Actor, number: int, name: str, given: Given) -> dict[str, Any]:
    """Do one thing with one conversation; its view."""
    action = action_of(name, given)
    authorize_action(actor, action, given)
    perform_one(action, number, viewer, actor.ref)
    return read.conversation(EVERYTHING, number)


def action_of(name: str, given: Given) -> Action:
    """The action behind a name and what was given with it; Invalid names what is missing."""
    make = _MAKERS.get(name)
    if make is None:
        raise Invalid(f"“{name}” cannot be done with conversations.", help=f"One of {', '.join(_MAKERS)}.", field="action")
    return make(given)


def authorize_action(actor: Actor, action: Action, given: Given) -> None:
    """May this actor do it? Taking a conversation oneself, or giving it back, needs less than giving it to others."""
    if action.name == "assign" and given.get("user_id") in (None, str(actor.id)):
        authorize(actor, "inbox.assign_self")
    else:
        authorize(actor, action.permission)


def _results(outcome: Outcome) -> list[dict[str, Any]]:
    done = [{"id": str(number), "ok": True, "changed": True, "error": None} for number in outcome.changed]
    same = [{"id": str(number), "ok": True, "changed": False, "error": None} for number in outcome.same]
    refused = [{"id": str(number), "ok": False, "changed": False, "error": _error(why)} for number, why in outcome.refused.items()]
    return [*done, *same, *refused]


def _error(why: BoxError) -> dict[str, Any]:
    return {"code": why.code, "message": why.message}


def _assign(given: Given) -> Action:
    return actions.assign(None if given.get("user_id") is None else parse_id(given["user_id"]))


def _team(given: Given) -> Action:
    return actions.hand_to_team(None if given.get("team_id") is None else parse_id(given["team_id"]))


def _tag(given: Given) -> Action:
    return actions.tag([parse_id(one) for one in given.get("add") or ()], [parse_id(one) for one in given.get("remove") or ()])


def _snooze(given: Given) -> Action:
    until: datetime | None = given.get("until")
    return actions.snooze(until, given.get("reminder"))


_MAKERS: Mapping[str, Callable[[Given], Action]] = {
    "resolve": lambda _: actions.resolve(),
    "reopen": lambda _: actions.reopen(),
    "pending": lambda _: actions.pending(),
    "snooze": _snooze,
    "unsnooze": lambda _: actions.unsnooze(),
    "assign": _assign,
    "team": _team,
    "tag": _tag,
    "read": lambda _: actions.read(),
    "unread": lambda _: actions.unread(),
}
