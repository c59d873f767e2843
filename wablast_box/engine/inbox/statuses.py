"""What became of our messages. Statuses repeat, overtake each other and arrive before we know the message.

Every status is kept once (unique key). A message's state is derived from all that is kept and only goes forward:
sent < delivered < read < played; failed counts only when nothing higher is known, and is the end.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.ads.free_entry import Priced, open_free_entry
from wablast_box.engine.inbox.events import MessageChanged
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.items import StatusUpdate
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import to_ms
from wablast_box.lib.db import JsonField, is_postgres

_json = JsonField()
RANK = {"queued": 0, "sending": 1, "unconfirmed": 1, "sent": 2, "failed": 3, "delivered": 4, "read": 5, "played": 6}
# Ours, so that no other system's callback data can name one of our messages.
CALLBACK_PREFIX = "wbx:"
_LOCKS = 0x77627873
_MOMENT_COLUMN = {"sent": "sent_at", "delivered": "delivered_at", "read": "read_at", "played": "read_at"}


@dataclass(slots=True)
class _Outgoing:
    id: int
    conversation_id: int
    state: str
    sent_at: int | None
    delivered_at: int | None
    read_at: int | None
    error: tuple[int | None, str | None, str | None] | None = None


def apply_statuses(arrivals: Sequence[Arrival[StatusUpdate]]) -> None:
    """Keep what is new and move the messages it is about; call inside a transaction."""
    one_at_a_time({arrival.item.wamid for arrival in arrivals})
    wamids = _keep(arrivals)
    if not wamids:
        return
    _join_by_callback([a.item for a in arrivals if a.item.wamid in wamids])
    apply_waiting(sorted(wamids))


def one_at_a_time(wamids: Iterable[str]) -> None:
    """Until the caller's transaction ends, nobody else makes one of these known or keeps a status of it; call before any row is changed.

    Of two at once on PostgreSQL each would look for what the other has not committed yet, and the status would be applied by neither.
    """
    if is_postgres():
        keys = sorted({zlib.crc32(wamid.encode()) - (1 << 31) for wamid in wamids})
        sql.run("SELECT pg_advisory_xact_lock(?, one) FROM unnest(?::int[]) AS one", (_LOCKS, keys))


def apply_waiting(wamids: Iterable[str]) -> None:
    """Move messages by the statuses that are kept for their wamids; call when a wamid became known."""
    wanted = list(wamids)
    if not wanted:
        return
    where, params = sql.among("wamid", wanted)
    messages = {
        row[0]: _Outgoing(*row[1:])
        for row in sql.run(
            f"SELECT wamid, id, conversation_id, state, sent_at, delivered_at, read_at FROM message WHERE direction = 'out' AND {where}",
            params,
        )
    }
    if not messages:
        return
    kept = sql.run(f"SELECT wamid, status, at, detail_json FROM message_status WHERE {where}", params)
    open_free_entry([Priced(messages[wamid].conversation_id, at, detail) for wamid, _, at, detail in kept if wamid in messages and detail])
    _write(_derive(messages, kept))


def _keep(arrivals: Sequence[Arrival[StatusUpdate]]) -> set[str]:
    """Insert the statuses; the wamids of those that were not here before."""
    params: list[Any] = []
    for arrival in arrivals:
        item = arrival.item
        at = to_ms(item.at) if item.at else arrival.received_at_ms
        # A payment's "failed" says nothing about the message that asked for it.
        status = f"payment.{item.status}" if item.is_payment else item.status
        params += (
            ids.new_id(),
            item.wamid,
            status,
            item.recipient,
            at,
            item.callback_data,
            _json.db_value(_detail(item)),
            arrival.received_at_ms,
        )
    rows = sql.run(
        "INSERT INTO message_status (id, wamid, status, recipient, at, callback_data, detail_json, created_at)"
        f" VALUES {','.join(['(?,?,?,?,?,?,?,?)'] * len(arrivals))}"
        " ON CONFLICT (wamid, status, recipient) DO NOTHING RETURNING wamid",
        params,
    )
    return {row[0] for row in rows}


def _detail(item: StatusUpdate) -> dict[str, Any] | None:
    detail: dict[str, Any] = {}
    if item.errors:
        detail["errors"] = [{"code": e.code, "title": e.title, "details": e.details} for e in item.errors]
    for name in ("pricing", "conversation", "payment"):
        if getattr(item, name):
            detail[name] = getattr(item, name)
    return detail or None


def _join_by_callback(updates: Sequence[StatusUpdate]) -> None:
    """A message whose answer from Meta was lost is found again by the id that it carried along."""
    lost = [
        (update.wamid, int(update.callback_data.removeprefix(CALLBACK_PREFIX)))
        for update in updates
        if update.callback_data
        and update.callback_data.startswith(CALLBACK_PREFIX)
        and update.callback_data[len(CALLBACK_PREFIX) :].isdigit()
    ]
    # Also one that a person has queued again meanwhile: now that it is known to have arrived, it must not go out a second time.
    sql.run_many("UPDATE message SET wamid = ? WHERE id = ? AND wamid IS NULL AND state IN ('queued', 'sending', 'unconfirmed')", lost)


def _derive(messages: dict[str, _Outgoing], statuses: list[tuple[Any, ...]]) -> list[_Outgoing]:
    changed: dict[int, _Outgoing] = {}
    for wamid, status, at, detail in sorted(statuses, key=lambda row: (row[2], RANK.get(row[1], 0))):
        message = messages.get(wamid)
        if message is None or status not in RANK:
            continue
        before = (message.state, message.sent_at, message.delivered_at, message.read_at)
        _advance(message, status, at, detail, [row[1] for row in statuses if row[0] == wamid])
        if before != (message.state, message.sent_at, message.delivered_at, message.read_at):
            changed[message.id] = message
    return [changed[number] for number in sorted(changed)]


def _advance(message: _Outgoing, status: str, at: int, detail: str | None, all_statuses: Sequence[str]) -> None:
    if message.state == "failed":
        return
    if status == "failed":
        if any(RANK.get(other, 0) > RANK["failed"] for other in all_statuses) or RANK[message.state] > RANK["failed"]:
            return
        message.state, message.error = status, _error(detail)
        return
    column = _MOMENT_COLUMN[status]
    if getattr(message, column) is None:
        setattr(message, column, at)
    if RANK[status] > RANK[message.state]:
        message.state = status


def _error(detail: str | None) -> tuple[int | None, str | None, str | None]:
    errors = (_json.python_value(detail) or {}).get("errors") or [{}]
    return errors[0].get("code"), errors[0].get("title"), errors[0].get("details")


def _write(changed: Sequence[_Outgoing]) -> None:
    sql.run_many(
        "UPDATE message SET state = ?, sent_at = ?, delivered_at = ?, read_at = ?, error_code = ?, error_title = ?, error_details = ?"
        " WHERE id = ?",
        [(m.state, m.sent_at, m.delivered_at, m.read_at, *(m.error or (None, None, None)), m.id) for m in changed],
    )
    numbers = publish_all([MessageChanged(m.id, m.conversation_id, m.state) for m in changed])
    news.messages_changed({m.id: number for m, number in zip(changed, numbers, strict=True)})
