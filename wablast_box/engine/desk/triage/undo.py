"""Take back what one did: each conversation as it was, unless somebody has changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wablast_box.engine.desk.triage.actions import Action
from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.desk.triage.models import Undoable
from wablast_box.engine.desk.triage.perform import Changed, apply
from wablast_box.engine.desk.triage.standing import Standing, standing
from wablast_box.engine.inbox.events import ConversationAssigned, ConversationChanged
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import Team, User
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import NotFound

FOR = timedelta(hours=1)


def keep(name: str, changed: Mapping[int, Changed], actor: str) -> str | None:
    """Remember how it was, in the caller's transaction; the id to take it back by."""
    if not changed:
        return None
    Undoable.delete().where(Undoable.created_at < now() - FOR).execute()
    number = ids.new_id()
    Undoable.insert(id=number, actor=actor, action=name, before_json=[_kept(one) for one in changed.values()], created_at=now()).execute()
    return str(number)


def undo(actor: Actor, undo_id: int) -> list[dict[str, Any]]:
    """Take it back, once; what became of each. Only whoever did it can."""
    with transaction():
        row = Undoable.get_or_none(Undoable.id == undo_id, Undoable.actor == actor.ref, Undoable.created_at >= now() - FOR)
        if row is None or Undoable.delete().where(Undoable.id == undo_id).execute() == 0:
            raise NotFound("This can no longer be taken back.", help="It was done more than an hour ago, or taken back already.")
        kept = {int(one["id"]): one for one in row.before_json}
        present = standing(sorted(kept))
        back = {
            number: _back(kept[number], present[number])
            for number in kept
            if number in present and _is_untouched(kept[number], present[number])
        }
        apply(back, _action(row.action), actor.ref)
    return [_result(number, number in back) for number in kept]


def _kept(one: Changed) -> dict[str, Any]:
    return {
        "id": one.before.id,
        "before": {column: getattr(one.before, column) for column in one.change},
        "after": dict(one.change),
        "added": list(one.added),
        "removed": list(one.removed),
    }


def _is_untouched(kept: Mapping[str, Any], present: Standing) -> bool:
    return all(getattr(present, column) == value for column, value in kept["after"].items())


def _back(kept: Mapping[str, Any], present: Standing) -> Changed:
    """The change that leads back. Tags go one by one: what others did with other tags stays. What is deleted stays so."""
    added = tuple(tag for tag in kept["removed"] if tag not in present.tags and Tag.get_or_none(Tag.id == tag) is not None)
    removed = tuple(tag for tag in kept["added"] if tag in present.tags)
    change = dict(kept["before"])
    if change.get("team_id") is not None and Team.get_or_none(Team.id == change["team_id"]) is None:
        change["team_id"] = None
    return Changed(present, change, added, removed)


def _action(name: str) -> Action:
    return Action(name, "inbox.read", event=_event, line=_line)


def _event(before: Standing, change: Mapping[str, Any]) -> Any:
    if "state" in change:
        return ConversationStateChanged(before.id, before.state, change["state"], "undo")
    if "assignee_id" in change:
        return ConversationAssigned(before.id, change["assignee_id"])
    return ConversationChanged(before.id)


def _line(before: Standing, change: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    if "state" in change:
        return "state", {"state": change["state"], "before": before.state, "why": "undo"}
    if "assignee_id" in change:
        return "assigned", {"user": _shown(User, change["assignee_id"]), "why": "undo"}
    if "team_id" in change:
        return "team", {"team": _shown(Team, change["team_id"]), "why": "undo"}
    return None


def _shown(table: Any, number: int | None) -> dict[str, str] | None:
    row = None if number is None else table.get_or_none(table.id == number)
    return None if row is None else {"id": str(row.id), "name": row.name}


def _result(number: int, done: bool) -> dict[str, Any]:
    error = None if done else {"code": "changed_since", "message": "Somebody has changed it since."}
    return {"id": str(number), "ok": done, "changed": done, "error": error}
