"""Fill a data folder fast: so many stored messages, waiting webhooks or queued answers. The box must not be running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import close_database, open_database, transaction

from .load import webhook

FIRST_PHONE = 919_840_000_000
CUSTOMERS = 2000
# The past, written by one statement: a million rows in seconds.
_CONTACTS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {customers})
INSERT INTO contact (id, wa_id, phone, name, created_at) SELECT {base} + i, CAST({phone} + i AS TEXT), '+' || ({phone} + i), 'Kabir ' || i, {now} FROM n
"""
_CONVERSATIONS = """
INSERT INTO conversation (id, contact_id, last_message_id, last_inbound_at, read_up_to_id, created_at)
SELECT id + {customers}, id, 0, {now}, 0, {now} FROM contact WHERE id >= {base} AND id < {base} + {customers}
"""
_MESSAGES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
INSERT INTO message (id, conversation_id, wamid, direction, type, text, is_forwarded, state, created_at, sent_at, priority, attempts)
SELECT {first} + i, {base} + {customers} + i % {customers}, 'wamid.SEED' || i, 'in', 'text', 'seeded message number ' || i, 0, 'received', {now}, {now}, 0, 0 FROM n
"""
# A year's messages have been read: what is unread is counted, and nobody leaves a year unread.
_LAST = """
UPDATE conversation SET last_message_id = n.newest, sort_id = n.newest, last_inbound_id = n.newest, read_up_to_id = n.newest
FROM (SELECT conversation_id, max(id) AS newest FROM message GROUP BY conversation_id) n WHERE n.conversation_id = conversation.id
"""
_QUEUED = """
INSERT INTO message (id, conversation_id, direction, type, text, content_json, is_forwarded, state, sender, created_at, priority, attempts, next_attempt_at)
VALUES (?, ?, 'out', 'text', ?, ?, 0, 'queued', 'system', ?, 0, 0, ?)
"""


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """The database of a prepared data folder, for this process alone."""
    open_database(f"sqlite:///{folder / 'box.db'}")
    ids.start_after(int(sql.run("SELECT max(id) FROM (SELECT max(id) AS id FROM message UNION ALL SELECT max(id) FROM conversation)")[0][0] or 0))
    try:
        yield
    finally:
        close_database()


def stored_messages(folder: Path, count: int) -> None:
    """`count` received messages of 2,000 customers, from before the measurement."""
    with opened(folder), transaction():
        now = now_ms()
        # Below every id that the box makes from now on.
        words = {"base": 1000, "customers": CUSTOMERS, "phone": FIRST_PHONE, "now": now, "count": count, "first": 1_000_000}
        for statement in (_CONTACTS, _CONVERSATIONS, _MESSAGES, _LAST):
            sql.run(statement.format(**words))


def waiting_webhooks(folder: Path, count: int, tag: str = "WAIT") -> None:
    """`count` webhooks of one message each, accepted and not yet processed."""
    with opened(folder), transaction():
        rows = []
        for number in range(count):
            body = webhook(f"wamid.{tag}{number:08d}", str(FIRST_PHONE + number % CUSTOMERS), f"waiting message {number} " + "where is my order? " * 20)
            rows.append((ids.new_id(), "meta", f"{tag} {number}", body, now_ms()))
        sql.run_many("INSERT INTO webhook_event (id, source, digest, body, state, attempts, next_attempt_at, received_at) VALUES (?, ?, ?, ?, 'pending', 0, 0, ?)", rows)


def queued_answers(folder: Path, count: int) -> None:
    """`count` texts that wait to be sent, spread over all customers. Needs `stored_messages` first."""
    with opened(folder), transaction():
        now, rows = now_ms(), []
        for number in range(count):
            text = f"answer {number}"
            rows.append((ids.new_id(), 1000 + CUSTOMERS + number % CUSTOMERS, text, f'{{"body":"{text}"}}', now, now))
        sql.run_many(_QUEUED, rows)
