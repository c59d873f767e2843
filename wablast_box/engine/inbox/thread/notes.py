"""Write a note: staff to staff, never to the customer. Who is called by name in it hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wablast_box.engine.events.publish import publish, publish_all
from wablast_box.engine.inbox import read
from wablast_box.engine.inbox.thread import news, views
from wablast_box.engine.inbox.thread.events import NoteAdded, NoteMentioned
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.models import User
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

MOST_CHARACTERS = 10_000
MOST_MENTIONS = 50


def add_note(viewer: Viewer, actor: Actor, conversation_id: int, text: str, mentions: Sequence[int]) -> dict[str, Any]:
    """Write a note into a conversation that the viewer may see; its view."""
    mentioned = checked(read.conversation(viewer, conversation_id), text, mentions)
    number = ids.new_id()
    with transaction():
        _insert(number, conversation_id, actor.ref, text, mentioned)
        event_id = publish(NoteAdded(number, conversation_id), actor=actor.ref)
        if mentioned:
            publish_all([NoteMentioned(number, conversation_id, user_id) for user_id in mentioned], actor=actor.ref)
        news.notes_added({number: event_id})
    return views.notes_by_id([number])[0]


def mentionable(viewer: Viewer, actor: Actor, conversation_id: int) -> list[dict[str, str]]:
    """Whom a note of this conversation may call: everybody else who may see it, by name."""
    assignee_id = _assignee_id(read.conversation(viewer, conversation_id))
    users = User.select().where(User.disabled_at.is_null()).order_by(User.name)
    seeing = [user for user in users if person(user).may_see_conversation(assignee_id)]
    return [{"id": str(user.id), "name": user.name} for user in seeing if (actor.kind, actor.id) != ("user", user.id)]


def checked(seen: Mapping[str, Any], text: str, mentions: Sequence[int]) -> list[int]:
    """Who is called, each once, when a note of this conversation may say this."""
    if not text.strip():
        raise Invalid("A note needs words.", field="text")
    if len(text) > MOST_CHARACTERS:
        raise Invalid(f"A note has at most {MOST_CHARACTERS:,} characters.", help="Write two notes.", field="text")
    return _callable(mentions, _assignee_id(seen))


def _assignee_id(seen: Mapping[str, Any]) -> int | None:
    return int(seen["assignee"]["id"]) if seen["assignee"] else None


def _insert(number: int, conversation_id: int, author: str, text: str, mentioned: Sequence[int]) -> None:
    moment = now_ms()
    sql.run(
        "INSERT INTO note (id, conversation_id, author, text, created_at) VALUES (?, ?, ?, ?, ?)",
        (number, conversation_id, author, text, moment),
    )
    sql.run_many("INSERT INTO note_mention (note_id, user_id, created_at) VALUES (?, ?, ?)", [(number, user, moment) for user in mentioned])


def _callable(user_ids: Sequence[int], assignee_id: int | None) -> list[int]:
    """Each once. Nobody is called to a conversation that they may not open: the call itself would tell what is in it."""
    wanted = sorted(set(user_ids))
    if len(wanted) > MOST_MENTIONS:
        raise Invalid(f"A note can mention at most {MOST_MENTIONS} people.", field="mentions")
    known = {user.id: user for user in User.select().where(User.id.in_(wanted), User.disabled_at.is_null())} if wanted else {}
    for user_id in wanted:
        user = known.get(user_id)
        if user is None:
            raise Invalid("Somebody who is mentioned is not in the team any more.", field="mentions")
        if not person(user).may_see_conversation(assignee_id):
            raise Invalid(
                f"{user.name} may not see this conversation.",
                help="Assign it to them, or take the mention out.",
                field="mentions",
            )
    return wanted
