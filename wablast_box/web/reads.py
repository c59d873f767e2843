"""Count the customers that people are shown. A program reads all day by its nature: only people are counted."""

from __future__ import annotations

from collections.abc import Iterable

from wablast_box.engine.audit import reads
from wablast_box.web.auth import current_actor
from wablast_box.web.bridge import in_engine


async def count_reads(contact_ids: Iterable[str]) -> None:
    """These customers were shown to whoever asks."""
    actor = current_actor()
    if actor.kind == "user" and reads.are_many(actor.ref, contact_ids):
        await in_engine(reads.note, actor)
