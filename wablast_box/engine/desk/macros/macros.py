"""Macros: kept, changed, run. A run does all of its steps or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import fn

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.macros import steps
from wablast_box.engine.desk.macros.models import Macro
from wablast_box.engine.desk.triage.events import TagsMerged
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Invalid, NotFound

LONGEST_NAME, MOST = 60, 200


def macros_of(actor: Actor) -> list[dict[str, Any]]:
    """Everybody's and the actor's own, by name."""
    return [_view(row) for row in _seen(actor)]


def add_macro(actor: Actor, *, name: str, given: Sequence[Mapping[str, Any]], shared: bool) -> dict[str, Any]:
    """Keep some steps."""
    owner, number, moment = _owner(actor, shared), ids.new_id(), now()
    called, checked = _name(name), steps.checked(given)
    with transaction():
        if Macro.select().count() >= MOST:
            raise Invalid(f"There are {MOST} macros already.", help="Delete some that nobody uses.")
        Macro.insert(id=number, owner=owner, name=called, steps_json=checked, created_at=moment, updated_at=moment).execute()
        if shared:
            audit("macro.created", by=actor, subject=f"macro:{number}", subject_name=called)
    return macro(actor, number)


def change_macro(actor: Actor, number: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Change what is given: name, steps, shared."""
    with transaction():
        row = _changeable(actor, number)
        kept: dict[str, Any] = {"updated_at": now()}
        if "name" in changes:
            kept["name"] = _name(changes["name"])
        if "steps" in changes:
            kept["steps_json"] = steps.checked(changes["steps"])
        if "shared" in changes and changes["shared"] != (row.owner_id is None):
            kept["owner"] = _owner(actor, changes["shared"])
        Macro.update(**kept).where(Macro.id == number).execute()
        # One's own is one's own; what becomes everybody's, or was, is everybody's to know.
        if row.owner_id is None or changes.get("shared"):
            audit("macro.changed", by=actor, subject=f"macro:{number}", subject_name=row.name, fields=tuple(changes))
    return macro(actor, number)


def delete_macro(actor: Actor, number: int) -> None:
    """Gone; what it did stays done."""
    with transaction():
        row = _changeable(actor, number)
        Macro.delete().where(Macro.id == number).execute()
        if row.owner_id is None:
            audit("macro.deleted", by=actor, subject=f"macro:{number}", subject_name=row.name)


def macro(actor: Actor, number: int) -> dict[str, Any]:
    """One that the actor may run, or NotFound."""
    return _view(_one(actor, number))


def run_macro(viewer: Viewer, actor: Actor, conversation_id: int, number: int, *, key: str | None) -> dict[str, Any]:
    """Do every step, or none; the conversation's view. `key`: what makes a repeated press send nothing twice."""
    row = _one(actor, number)
    with transaction():
        read.conversation(viewer, conversation_id)
        for index, step in enumerate(row.steps_json):
            try:
                steps.carry_out(step, viewer, actor, conversation_id, None if key is None else f"{key}:{index}")
            except BoxError as refused:
                refused.message = f"Step {index + 1} ({step['do']}): {refused.message}"
                refused.args = (refused.message,)
                raise
    return read.conversation(EVERYTHING, conversation_id)


def follow_tags(event: TagsMerged) -> None:
    """Macros that put the tag on that is gone put on the one that stays."""
    with transaction():
        for row in Macro.select():
            followed = [steps.with_tag(step, str(event.gone_id), str(event.subject_id)) for step in row.steps_json]
            if followed != row.steps_json:
                Macro.update(steps_json=followed).where(Macro.id == row.id).execute()


def _seen(actor: Actor) -> list[Macro]:
    mine = Macro.owner == ((actor.id or 0) if actor.kind == "user" else 0)
    return list(Macro.select().where(Macro.owner.is_null() | mine).order_by(fn.LOWER(Macro.name), Macro.id))


def _one(actor: Actor, number: int) -> Macro:
    found = next((row for row in _seen(actor) if row.id == number), None)
    if found is None:
        raise NotFound("There is no such macro.")
    return found


def _changeable(actor: Actor, number: int) -> Macro:
    row = _one(actor, number)
    authorize(actor, "desk.write" if row.owner_id is None else "replies.write_own")
    return row


def _owner(actor: Actor, shared: bool) -> int | None:
    authorize(actor, "desk.write" if shared else "replies.write_own")
    if not shared and actor.kind != "user":
        raise Invalid("A program has no macros of its own.", help="Make it a shared one.", field="shared")
    return None if shared else actor.id


def _name(given: str) -> str:
    cleaned = " ".join(given.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise Invalid(f"A macro's name has 1 to {LONGEST_NAME} letters.", field="name")
    return cleaned


def _view(row: Macro) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "shared": row.owner_id is None, "steps": row.steps_json}
