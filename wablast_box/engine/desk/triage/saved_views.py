"""Filters under a name: one's own, or everybody's."""

from __future__ import annotations

from typing import Any

from peewee import fn

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.triage.events import SavedViewChanged
from wablast_box.engine.desk.triage.models import SavedView
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox.lists import counts
from wablast_box.engine.inbox.lists.parse import parse_filter
from wablast_box.engine.inbox.lists.words import renamed
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LONGEST_NAME, MOST = 60, 100


def views_of(actor: Actor) -> list[dict[str, Any]]:
    """Everybody's views and the actor's own, by name."""
    return [_view(row) for row in _seen(actor)]


def counts_for(viewer: Viewer, actor: Actor) -> dict[str, Any]:
    """How many conversations each view of the rail holds."""
    return counts.counts(viewer, _me(actor), [(row.id, row.words) for row in _seen(actor)])


def add_view(name: str, words: str, *, shared: bool, by: Actor) -> dict[str, Any]:
    """Keep a filter. A machine has no views of its own."""
    owner = _owner(shared, by)
    number = ids.new_id()
    with transaction():
        if SavedView.select().where(SavedView.owner.is_null() if owner is None else SavedView.owner == owner).count() >= MOST:
            raise Invalid(f"There are {MOST} views already.", help="Delete one that nobody uses.")
        SavedView.insert(id=number, name=_name(name), words=_words(words, by), owner=owner, created_at=now()).execute()
        if shared:
            audit("view.created", by=by, subject=f"view:{number}", subject_name=_name(name))
        _tell(number, by)
    return view(by, number)


def change_view(number: int, *, name: str | None, words: str | None, shared: bool | None, by: Actor) -> dict[str, Any]:
    """Rename it, let it ask for something else, share it or take it back."""
    with transaction():
        row = _changeable(number, by)
        changes: dict[str, Any] = {}
        if name is not None:
            changes["name"] = _name(name)
        if words is not None:
            changes["words"] = _words(words, by)
        if shared is not None and shared != (row.owner_id is None):
            changes["owner"] = _owner(shared, by)
        if changes:
            SavedView.update(**changes).where(SavedView.id == number).execute()
            if row.owner_id is None or shared:
                fields = ["shared" if name == "owner" else name for name in changes]
                audit("view.changed", by=by, subject=f"view:{number}", subject_name=row.name, fields=fields)
            _tell(number, by)
    return view(by, number)


def delete_view(number: int, *, by: Actor) -> None:
    """Gone for whoever saw it; the conversations stay."""
    with transaction():
        row = _changeable(number, by)
        SavedView.delete().where(SavedView.id == number).execute()
        if row.owner_id is None:
            audit("view.deleted", by=by, subject=f"view:{number}", subject_name=row.name)
        _tell(number, by)


def view(actor: Actor, number: int) -> dict[str, Any]:
    """One view that the actor sees, or NotFound."""
    found = next((row for row in _seen(actor) if row.id == number), None)
    if found is None:
        raise NotFound("There is no such view.")
    return _view(found)


def follow_name(key: str, before: str, after: str) -> None:
    """A tag or a team is called otherwise now: views that ask for it ask on. Call it in the transaction that renames."""
    for row in SavedView.select():
        words = renamed(row.words, key, before, after)
        if words != row.words:
            SavedView.update(words=words).where(SavedView.id == row.id).execute()


def _seen(actor: Actor) -> list[SavedView]:
    shared = SavedView.owner.is_null()
    condition = shared if _me(actor) is None else shared | (SavedView.owner == actor.id)
    return list(SavedView.select().where(condition).order_by(fn.LOWER(SavedView.name), SavedView.id))


def _changeable(number: int, actor: Actor) -> SavedView:
    row = next((row for row in _seen(actor) if row.id == number), None)
    if row is None:
        raise NotFound("There is no such view.")
    if row.owner_id is None:
        authorize(actor, "desk.write")
    return row


def _owner(shared: bool, by: Actor) -> int | None:
    if shared:
        authorize(by, "desk.write")
        return None
    me = _me(by)
    if me is None:
        raise Conflict("A program has no views of its own.", help="Make it everybody’s: shared.", code="no_owner")
    return me


def _me(actor: Actor) -> int | None:
    return actor.id if actor.kind == "user" else None


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise Invalid(f"A view’s name has 1 to {LONGEST_NAME} letters.", field="name")
    return cleaned


def _words(words: str, by: Actor) -> str:
    """Kept as it was written; a filter that cannot be read is refused."""
    cleaned = " ".join(words.split())
    parse_filter(cleaned, _me(by))
    return cleaned


def _view(row: SavedView) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "q": row.words, "shared": row.owner_id is None}


def _tell(number: int, by: Actor) -> None:
    event_id = publish(SavedViewChanged(number), actor=by.ref)
    tell([News(("everyone",), "views.changed", {"event_id": str(event_id)})])
