"""Change a note or take it back. What it said before is kept: colleagues may have acted on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.events.publish import publish, publish_all
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.thread import news, views
from wablast_box.engine.inbox.thread.events import NoteChanged, NoteMentioned
from wablast_box.engine.inbox.thread.models import Note, NoteMention, NoteVersion
from wablast_box.engine.inbox.thread.notes import checked
from wablast_box.engine.inbox.views import sender_names
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib import ids
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Denied, NotFound
from wablast_box.lib.masking import mask_text

MOST_VERSIONS = 200


def change_note(viewer: Viewer, actor: Actor, number: int, text: str, mentions: Sequence[int]) -> dict[str, Any]:
    """Let one's own note say something else. Who is newly called by name hears of it."""
    with transaction():
        row = _note(viewer, number)
        seen = read.conversation(viewer, row.conversation_id)
        if row.author != actor.ref:
            raise Denied("Only whoever wrote a note may change it.", help="Write a note of your own.")
        _require_there(row)
        if actor.hides_numbers and mask_text(row.text) != row.text:
            raise Conflict("This note holds a number that is hidden from you.", help="Write another note, or ask the owner to delete it.")
        wanted = checked(seen, text, mentions)
        if text != row.text:
            _keep_version(row, actor)
            Note.update(text=text, edited_at=now()).where(Note.id == number).execute()
        _call(row, wanted, actor)
        _tell(row, actor)
    return views.notes_by_id([number])[0]


def delete_note(viewer: Viewer, actor: Actor, number: int) -> None:
    """Take a note back: its author, or the owner. Its place stays, and says who did it."""
    with transaction():
        row = _note(viewer, number)
        if row.author != actor.ref and not (actor.kind == "user" and actor.role is Role.OWNER):
            raise Denied("Only whoever wrote a note, or the owner, may delete it.")
        _require_there(row)
        _keep_version(row, actor)
        Note.update(text="", deleted_at=now(), deleted_by=actor.ref).where(Note.id == number).execute()
        NoteMention.delete().where(NoteMention.note == number).execute()
        audit("note.deleted", by=actor, subject=f"conversation:{row.conversation_id}", detail={"author": row.author})
        _tell(row, actor)


def versions(viewer: Viewer, actor: Actor, number: int) -> list[dict[str, Any]]:
    """What a note said before, oldest first. What was taken back is for those who read the log of the box."""
    row = _note(viewer, number)
    if row.deleted_at is not None and not actor.may("audit.read"):
        raise Denied("This note was taken back.", help="Somebody whose role includes audit.read can read what it said.")
    rows = list(NoteVersion.select().where(NoteVersion.note == number).order_by(NoteVersion.id).limit(MOST_VERSIONS))
    names = sender_names({one.replaced_by for one in rows})
    return [{"text": one.text, "replaced_at": iso(one.created_at), "replaced_by": names.get(one.replaced_by)} for one in rows]


def _note(viewer: Viewer, number: int) -> Note:
    """NotFound also when it is there but not for this viewer: nothing tells the two apart."""
    found: Note | None = Note.get_or_none(Note.id == number)
    if found is None or not read.conversations_by_id([found.conversation_id], viewer):
        raise NotFound("There is no such note.")
    return found


def _require_there(row: Note) -> None:
    if row.deleted_at is not None:
        raise Conflict("This note was taken back.", code="note_deleted")


def _keep_version(row: Note, actor: Actor) -> None:
    if NoteVersion.select().where(NoteVersion.note == row.id).count() >= MOST_VERSIONS:
        raise Conflict("This note was changed too often.", help="Write a new one.")
    NoteVersion.insert(id=ids.new_id(), note=row.id, text=row.text, replaced_by=actor.ref, created_at=now()).execute()


def _call(row: Note, wanted: Sequence[int], actor: Actor) -> None:
    before = {one.user_id for one in NoteMention.select().where(NoteMention.note == row.id)}
    NoteMention.delete().where(NoteMention.note == row.id, NoteMention.user.not_in(list(wanted))).execute()
    fresh = [user_id for user_id in wanted if user_id not in before]
    if fresh:
        NoteMention.insert_many([{"note": row.id, "user": user_id, "created_at": now()} for user_id in fresh]).execute()
        publish_all([NoteMentioned(row.id, row.conversation_id, user_id) for user_id in fresh], actor=actor.ref)


def _tell(row: Note, actor: Actor) -> None:
    news.notes_changed({row.id: publish(NoteChanged(row.id, row.conversation_id), actor=actor.ref)})
