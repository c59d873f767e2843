"""Files that customers send: the message shows at once, its file follows.

The row says what is still to be fetched; this listener only rings. A bell that is lost is made up for by the schedule.
"""

from __future__ import annotations

from wablast_box.engine.inbox import attachment_fetch, tasks
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.media import pictures
from wablast_box.lib import sql
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict


def has_file(event: MessageReceived) -> bool:
    """Is there a file to fetch? (For the table of listeners.)"""
    return event.has_attachment


def fetch(event: MessageReceived) -> None:
    """Have the file of a new message fetched soon."""
    if event.has_attachment:
        tasks.fetch_attachments()


def fetch_waiting() -> None:
    """Have fetched what no bell announced, and what waited for its next try."""
    if attachment_fetch.is_anything_due():
        tasks.fetch_attachments()


def draw_waiting() -> None:
    """Have the pictures drawn that wait for it."""
    if pictures.is_anything_due():
        tasks.draw_pictures()


def fetch_again(message_id: int) -> None:
    """Try a failed file once more, from the beginning: Meta keeps it for seven days."""
    with transaction():
        changed = sql.run(
            "UPDATE attachment SET state = 'pending', error = NULL, attempts = 0, next_attempt_at = NULL, claimed_at = NULL"
            " WHERE message_id = ? AND state = 'failed' AND meta_media_id IS NOT NULL RETURNING message_id",
            (message_id,),
        )
        if not changed:
            raise Conflict("There is no failed file with this message.", help="Wait until it is known whether the file could be fetched.")
        attachment_fetch.announce(message_id)
    tasks.fetch_attachments()
