"""Fetch customers' files from Meta: claimed, streamed to a file apart, checked, moved into place, shown.

Nothing is shown that was not checked against the hash of the webhook and against Meta's own. What the file is, its
bytes say. An address lives five minutes, so each try asks for a fresh one; after five tries a person is told.
"""

from __future__ import annotations

import hmac
import logging
import threading
from dataclasses import dataclass
from datetime import timedelta

from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.events import MessageChanged
from wablast_box.engine.media import kinds, pictures, store
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.meta import media
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.errors import GraphError, Retry
from wablast_box.engine.settings import store as settings
from wablast_box.lib import sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Invalid, Unavailable, Upstream

logger = logging.getLogger(__name__)

AT_ONCE = 2  # more would keep the worker threads from everything else
MAX_ATTEMPTS = 5
GAPS_S = (2.0, 10.0, 60.0, 600.0)
HELD_S = 60.0
# A picture that went to thousands is news in the newest chats only.
MOST_TOLD = 20
# Longer than the longest fetch may take.
STALE_AFTER = timedelta(minutes=15)
_slots = threading.Semaphore(AT_ONCE)
# The first condition names the partial index, the second what is wanted of it.
_NEXT = (
    "SELECT message_id FROM attachment WHERE state IN ('pending', 'failed') AND state = 'pending'"
    " AND meta_media_id IS NOT NULL AND COALESCE(next_attempt_at, 0) <= ? AND COALESCE(claimed_at, 0) < ?"
    " ORDER BY message_id LIMIT 1"
)
_CLAIM = (
    f"UPDATE attachment SET claimed_at = ?, attempts = attempts + 1 WHERE message_id = ({_NEXT}{{skip}})"
    " RETURNING message_id, meta_media_id, mime_type, sha256, filename, attempts"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """One file to fetch, as the webhook described it."""

    message_id: int
    meta_media_id: str
    mime_type: str | None
    sha256: str | None
    filename: str | None
    attempts: int  # this one included


def fetch_due() -> int:
    """Fetch what is due, one after the other; how many were tried. Two callers may do so at the same time, no more."""
    tried = 0
    while _slots.acquire(blocking=False):
        try:
            due = _claim()
            if due is not None:
                _fetch(due)
        finally:
            _slots.release()
        if due is None:
            break
        tried += 1
    return tried


def draw_due() -> int:
    """Draw the pictures that wait, and tell the windows that show them; how many were settled."""
    settled = pictures.draw_due()
    for media_id in settled:
        with transaction():
            for (message_id,) in sql.run(
                "SELECT message_id FROM attachment WHERE media_file_id = ? ORDER BY message_id DESC LIMIT ?", (media_id, MOST_TOLD)
            ):
                announce(message_id)
    return len(settled)


def is_anything_due() -> bool:
    """Is there a file whose time has come?"""
    return bool(sql.run(_NEXT, _due_before()))


def _due_before() -> tuple[int, int]:
    return now_ms(), to_ms(now() - STALE_AFTER)


def _claim() -> Pending | None:
    with transaction():
        rows = sql.run(_CLAIM.format(skip=sql.skip_locked()), (now_ms(), *_due_before()))
    return Pending(*rows[0]) if rows else None


def _fetch(due: Pending) -> None:
    try:
        with store.incoming() as file:
            got = media.fetch(our_client(), due.meta_media_id, file.file, phone_number_id=settings.get("phone_number_id") or None)
            _check(due, got)
            file.take_over(got.size, got.sha256)
            mime_type = _type_of(file.types(), due.mime_type)
            path = store.keep(file)
        _stored(due, got, mime_type, path)
    except BoxError as refused:
        _not_now_or_failed(due, refused)
    except Exception as bug:
        logger.exception("a file could not be fetched", extra={"message_id": due.message_id})
        _not_now_or_failed(due, Unavailable(f"Something went wrong while the file was stored ({type(bug).__name__})."))


def _check(due: Pending, got: media.Fetched) -> None:
    if got.size == 0:
        raise Upstream("The file is empty.", help="Ask the customer to send it again.")
    promised = media.hash_bytes(due.sha256)
    if promised is not None and not hmac.compare_digest(promised, bytes.fromhex(got.sha256)):
        raise Upstream("What arrived is not the file that the customer sent.", code="damaged", help="Ask the customer to send it again.")


def _type_of(possible: frozenset[str], declared: str | None) -> str:
    """What the bytes say; what was declared only chooses among that."""
    said = kinds.plain(declared)
    if said in possible:
        return str(said)
    return min(possible, default=kinds.UNKNOWN, key=lambda name: (name != "video/mp4", name))


def _stored(due: Pending, got: media.Fetched, mime_type: str, path: str) -> None:
    filename = kinds.clean_name(due.filename)
    with transaction():
        row: MediaFile = store.register(path, sha256=got.sha256, size=got.size, mime_type=mime_type, filename=filename)
        store.note_picture(row)
        sql.run(
            "UPDATE attachment SET state = 'stored', media_file_id = ?, mime_type = ?, error = NULL, claimed_at = NULL"
            " WHERE message_id = ?",
            (row.id, mime_type, due.message_id),
        )
        announce(due.message_id)


def _not_now_or_failed(due: Pending, refused: BoxError) -> None:
    if _is_nobodys_fault(refused):
        _wait(due, HELD_S, counted=False, why=refused.message)
    elif _is_final(refused) or due.attempts >= MAX_ATTEMPTS:
        _failed(due, refused)
    else:
        _wait(due, GAPS_S[min(due.attempts, len(GAPS_S)) - 1], counted=True, why=refused.message)


def _is_nobodys_fault(refused: BoxError) -> bool:
    """No number connected, a dead token, a full disk: the file is not to blame, so the try does not count."""
    return isinstance(refused, Unavailable) or (isinstance(refused, GraphError) and refused.retry is Retry.STOP_ALL)


def _is_final(refused: BoxError) -> bool:
    """Would a fresh address change nothing? A 401 or 404 says only that the address, or Meta's copy of it, is stale."""
    if isinstance(refused, GraphError):
        return refused.permanent and refused.http_status not in media.STALE
    return isinstance(refused, Invalid) or (isinstance(refused, Upstream) and refused.permanent)


def _wait(due: Pending, seconds: float, *, counted: bool, why: str) -> None:
    logger.info("a file will be fetched later", extra={"message_id": due.message_id, "attempt": due.attempts, "why": why})
    with transaction():
        sql.run(
            "UPDATE attachment SET claimed_at = NULL, next_attempt_at = ?, attempts = ? WHERE message_id = ?",
            (now_ms() + round(seconds * 1000), due.attempts if counted else due.attempts - 1, due.message_id),
        )


def _failed(due: Pending, refused: BoxError) -> None:
    logger.warning("a file could not be fetched", extra={"message_id": due.message_id, "why": refused.message})
    reason = " ".join(filter(None, (refused.message, refused.help)))[:500]
    with transaction():
        sql.run("UPDATE attachment SET state = 'failed', error = ?, claimed_at = NULL WHERE message_id = ?", (reason, due.message_id))
        announce(due.message_id)


def announce(message_id: int) -> None:
    """Tell open windows that a message's file has come further, or had to start over."""
    rows = sql.run("SELECT conversation_id, state FROM message WHERE id = ?", (message_id,))
    if rows:
        number = publish(MessageChanged(message_id, *rows[0]))
        news.messages_changed({message_id: number})
