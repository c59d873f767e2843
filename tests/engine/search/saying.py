"""A shop in which things are said, and the search in it."""

from __future__ import annotations

import itertools
from typing import Any

from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.inbox.models import Contact, Conversation
from wablast_box.engine.inbox.thread.models import Note
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.search import index
from wablast_box.engine.search.filters import Asker
from wablast_box.engine.search.find import find
from wablast_box.lib import db
from wablast_box.lib.clock import now
from wablast_box.lib.ids import new_id
from wablast_box.lib.paging import PageRequest

ALL = Asker(EVERYTHING)
phones = itertools.count(919_812_300_000)


def writes(words: str, *, name: str = "Kabir", phone: str = "919812345678", **more: Any) -> int:
    """A customer writes; the conversation's id."""
    delivers(body(text(words, wa_id=phone, name=name, **more)))
    return int(Conversation.get(Conversation.contact == Contact.get(Contact.wa_id == phone)).id)


def notes(conversation_id: int, words: str) -> Note:
    """A colleague leaves a note."""
    with db.transaction():
        return Note.create(id=new_id(), conversation=conversation_id, author="system", text=words, created_at=now())


def found(words: str, kind: str | None = None, *, asker: Asker = ALL, limit: int = 50) -> list[dict[str, Any]]:
    """Everything the search gives, after the index has caught up."""
    index.index_some()
    return find(asker, words, kind, PageRequest(limit)).items


def said(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(item["kind"], item["snippet"]) for item in items]
