"""Bring a box up to so many conversations and messages. Running it again adds what is missing and nothing else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wablast_box.engine.media import store as media
from wablast_box.engine.ops.seed import settle
from wablast_box.engine.ops.seed.messages import COLUMNS, Newest, Writer
from wablast_box.engine.ops.seed.people import add_people, staff_ids
from wablast_box.engine.ops.seed.times import places, sizes
from wablast_box.engine.search import index
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import is_postgres, transaction
from wablast_box.lib.errors import Invalid

BATCH = 20_000
MOST_CONVERSATIONS = 1 << 24
_MESSAGE = f"INSERT INTO message ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))}) ON CONFLICT DO NOTHING"  # noqa: S608
_FILE = (
    "INSERT INTO attachment (message_id, state, media_file_id, mime_type, filename, is_voice, is_animated)"
    " VALUES (?, ?, ?, ?, ?, FALSE, FALSE) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Filled:
    """How much there is now, and how much of it is new."""

    conversations: int
    messages: int
    new_messages: int
    seconds: float
    indexing_seconds: float


def fill(conversations: int, messages: int, files: Mapping[str, bytes], *, tell: Callable[[int, int], None]) -> Filled:
    """Make the box hold `conversations` and `messages` in all. `files`: name → bytes of a photo and a document; `tell(done, all)`."""
    if not 1 <= conversations < MOST_CONVERSATIONS:
        raise Invalid("There must be at least one conversation, and fewer than 16 million.", field="conversations")
    began, had = time.monotonic(), counted("message")
    _hurry()
    missing = conversations - counted("conversation")
    with transaction():
        if missing > 0:
            add_people(counted("contact"), missing, now_ms())
    if messages > had:
        _write_messages(messages - had, had, _stored(files), tell)
    seconds = time.monotonic() - began
    new = counted("message") - had
    if new > had:
        index.start_over()
    index.index_everything()
    return Filled(counted("conversation"), counted("message"), new, seconds, time.monotonic() - began - seconds)


def counted(table: str) -> int:
    """How many rows a table has."""
    return int(sql.run(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


def _write_messages(count: int, had: int, files: dict[str, tuple[int, str]], tell: Callable[[int, int], None]) -> None:
    rng = random.Random(had)  # noqa: S311
    rows = sql.run("SELECT id, last_message_id FROM conversation ORDER BY id")
    numbers = _with_the_empty_first([row[1] for row in rows], rng)
    todo = places(sizes(len(numbers), count, rng), numbers, now_ms(), rng)
    writer = Writer([row[0] for row in rows], staff_ids(), files, had)
    newest: dict[int, Newest] = {}
    for start in range(0, count, BATCH):
        with transaction():
            written = writer.write(todo[start : start + BATCH])
            sql.run_many(_MESSAGE, written.messages)
            sql.run_many(_FILE, written.files)
        newest |= written.newest
        tell(min(start + BATCH, count), count)
    with transaction():
        settle.conversations(newest, writer.staff, now_ms(), rng)


def _with_the_empty_first(last_message_ids: list[int], rng: random.Random) -> list[int]:
    """Numbers of conversations in no order, but those without any message get theirs first."""
    numbers = list(range(len(last_message_ids)))
    rng.shuffle(numbers)
    return sorted(numbers, key=lambda number: last_message_ids[number] > 0)


def _stored(files: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    found = {}
    for name, content in files.items():
        kept = media.save_upload(content, name, None)
        found["document" if kept.mime_type == "application/pdf" else "image"] = (int(kept.id), str(kept.mime_type))
    return found


def _hurry() -> None:
    """Keys come in no order: with the indexes in memory and few checkpoints a million rows take half a minute."""
    if is_postgres():
        sql.run("SET synchronous_commit = off")
        return
    for pragma in ("cache_size = -600000", "wal_autocheckpoint = 60000", "synchronous = NORMAL"):
        sql.run(f"PRAGMA {pragma}")
