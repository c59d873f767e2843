"""Canned replies: words kept ready under a shortcut, one's own or everybody's, and filled for one conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from peewee import JOIN, IntegrityError

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.inbox import files, read
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.media import store as media
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.replies import variables
from wablast_box.engine.replies.models import CannedReply
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.team.models import User
from wablast_box.lib import ids
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound
from wablast_box.lib.interpolate import fill

LONGEST_TEXT, MOST = 4096, 1000
# One word: what is typed after "/" ends with a space.
_SHORTCUT = re.compile(r"[\w\-.]{1,32}")


def replies_of(actor: Actor) -> list[dict[str, Any]]:
    """Everybody's and the actor's own, by shortcut."""
    return [_view(row) for row in _seen(actor)]


def add_reply(viewer: Viewer, actor: Actor, *, shortcut: str, text: str, shared: bool, media_id: int | None) -> dict[str, Any]:
    """Keep words ready."""
    owner = _owner(actor, shared=shared)
    number, moment = ids.new_id(), now()
    word = _shortcut(shortcut)
    words: dict[str, Any] = {"shortcut": word, "text": _text(text, media_id), "media_file": _file(viewer, media_id)}
    with transaction():
        if CannedReply.select().where(_in_scope(owner)).count() >= MOST:
            raise Invalid(f"There are {MOST:,} canned replies already.", help="Delete some that nobody uses.")
        _write(
            lambda: CannedReply.insert(id=number, owner=owner, created_at=moment, updated_at=moment, **words).execute(), words["shortcut"]
        )
        if shared:
            audit("reply.created", by=actor, subject=f"reply:{number}", subject_name=word)
    return reply(actor, number)


def change_reply(viewer: Viewer, actor: Actor, number: int, changes: dict[str, Any]) -> dict[str, Any]:
    """Change what is given: shortcut, text, shared, media_id (None takes the file away)."""
    with transaction():
        row = _changeable(actor, number)
        media_id = changes.get("media_id", row.media_file_id)
        words: dict[str, Any] = {"text": _text(changes.get("text", row.text), media_id), "updated_at": now()}
        if "shortcut" in changes:
            words["shortcut"] = _shortcut(changes["shortcut"])
        if media_id != row.media_file_id:
            words["media_file"] = _file(viewer, media_id)
        if "shared" in changes and changes["shared"] != (row.owner_id is None):
            words["owner"] = _owner(actor, shared=changes["shared"])
        update = CannedReply.update(**words).where(CannedReply.id == number)
        _write(update.execute, str(words.get("shortcut", row.shortcut)))
        if row.owner_id is None or changes.get("shared"):
            audit("reply.changed", by=actor, subject=f"reply:{number}", subject_name=row.shortcut, fields=tuple(changes))
    return reply(actor, number)


def delete_reply(actor: Actor, number: int) -> None:
    """Gone; what was sent with it stays."""
    with transaction():
        row = _changeable(actor, number)
        CannedReply.delete().where(CannedReply.id == number).execute()
        if row.owner_id is None:
            audit("reply.deleted", by=actor, subject=f"reply:{number}", subject_name=row.shortcut)


def reply(actor: Actor, number: int) -> dict[str, Any]:
    """One that the actor may use, or NotFound."""
    return _view(_one(actor, number))


def fill_reply(viewer: Viewer, actor: Actor, conversation_id: int, *, reply_id: int | None, text: str | None) -> dict[str, Any]:
    """A canned reply, or any text, with the values of one conversation; what it lacks is named.

    The file of a reply comes as a row of its own: who may see a file is decided by where its row is attached.
    """
    read.conversation(viewer, conversation_id)
    row = None if reply_id is None else _one(actor, reply_id)
    words = text if row is None else row.text
    if words is None:
        raise Invalid("Say what to fill: a text or a canned reply.", field="text")
    if len(words) > LONGEST_TEXT * 4:
        raise Invalid("That is too long to be a message.", field="text")
    filled = fill(words, variables.values_for(conversation_id, actor))
    file = None if row is None or row.media_file is None else _copy(row.media_file)
    return {"text": filled.text, "missing": list(filled.missing), "media": None if file is None else _file_view(file)}


def _seen(actor: Actor) -> Sequence[CannedReply]:
    mine = CannedReply.owner == _person_id(actor)
    rows = CannedReply.select(CannedReply, User, MediaFile).join(User, JOIN.LEFT_OUTER).switch(CannedReply).join(MediaFile, JOIN.LEFT_OUTER)
    return list(rows.where(CannedReply.owner.is_null() | mine).order_by(CannedReply.shortcut, CannedReply.id))


def _one(actor: Actor, number: int) -> CannedReply:
    found = next((row for row in _seen(actor) if row.id == number), None)
    if found is None:
        raise NotFound("There is no such canned reply.")
    return found


def _changeable(actor: Actor, number: int) -> CannedReply:
    row = _one(actor, number)
    authorize(actor, "replies.write_shared" if row.owner_id is None else "replies.write_own")
    return row


def _owner(actor: Actor, *, shared: bool) -> int | None:
    authorize(actor, "replies.write_shared" if shared else "replies.write_own")
    if shared:
        return None
    if actor.kind != "user":
        raise Invalid("A program has no canned replies of its own.", help="Make it a shared one.", field="shared")
    return actor.id


def _person_id(actor: Actor) -> int:
    return (actor.id or 0) if actor.kind == "user" else 0


def _in_scope(owner: int | None) -> Any:
    return CannedReply.owner.is_null() if owner is None else CannedReply.owner == owner


def _write(write: Callable[[], Any], shortcut: str) -> None:
    try:
        # Of its own, so that a refusal takes back this statement and not the whole transaction.
        with transaction():
            write()
    except IntegrityError as taken:
        raise Conflict(f"“/{shortcut}” is taken.", help="Choose another shortcut.", code="shortcut_taken", field="shortcut") from taken


def _shortcut(given: str) -> str:
    shortcut = given.strip().removeprefix("/").lower()
    if not _SHORTCUT.fullmatch(shortcut):
        raise Invalid("A shortcut is one word of at most 32 letters, digits, - _ or .", help="For example “hours”.", field="shortcut")
    return shortcut


def _text(given: str, media_id: int | None) -> str:
    text = given.strip("\n")
    if not text.strip() and media_id is None:
        raise Invalid("A canned reply needs words or a file.", field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"WhatsApp takes at most {LONGEST_TEXT:,} characters.", field="text")
    variables.require_known(text)
    return text


def _file(viewer: Viewer, media_id: int | None) -> MediaFile | None:
    if media_id is None:
        return None
    files.require_usable(viewer, (media_id,))
    return _copy(media.media_file(media_id))


def _copy(file: MediaFile) -> MediaFile:
    with transaction():
        return media.register(file.path, sha256=file.sha256, size=file.size, mime_type=file.mime_type, filename=file.filename)


def _view(row: CannedReply) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "shortcut": row.shortcut,
        "text": row.text,
        "shared": row.owner_id is None,
        "media": None if row.media_file is None else _file_view(row.media_file),
        "updated_at": iso(row.updated_at),
    }


def _file_view(file: MediaFile) -> dict[str, Any]:
    return {"id": str(file.id), "mime_type": file.mime_type, "size": file.size, "filename": file.filename}
