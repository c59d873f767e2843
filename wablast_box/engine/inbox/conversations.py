"""The conversation of a contact: found or created, and moved forward by its messages. In bulk because ingest is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms


def of_contacts(contact_ids: Sequence[int]) -> list[int]:
    """The conversation ids of contacts, in their order; created where there is none. Call inside a transaction."""
    wanted = sorted(set(contact_ids))
    known = _load(wanted)
    missing = [contact_id for contact_id in wanted if contact_id not in known]
    if missing:
        moment = now_ms()
        sql.run_many(
            "INSERT INTO conversation (id, contact_id, last_message_id, read_up_to_id, created_at) VALUES (?, ?, 0, 0, ?)"
            " ON CONFLICT (contact_id) DO NOTHING",
            [(ids.new_id(), contact_id, moment) for contact_id in missing],
        )
        known = _load(wanted)
    return [known[contact_id] for contact_id in contact_ids]


def touch(newest: Mapping[int, int]) -> None:
    """Bring conversations up to their newest message (its id). Never backwards."""
    sql.run_many(
        "UPDATE conversation SET"
        " last_message_id = CASE WHEN last_message_id < ? THEN ? ELSE last_message_id END,"
        " sort_id = CASE WHEN sort_id < ? THEN ? ELSE sort_id END WHERE id = ?",
        [(newest[c],) * 4 + (c,) for c in sorted(newest)],
    )


def answered(conversation_id: int) -> None:
    """A person answered: the customer waits no longer, and what a snooze was to remind of is done."""
    sql.run(
        "UPDATE conversation SET waiting_since_at = NULL, reminder = CASE WHEN state = 'snoozed' THEN reminder END"
        " WHERE id = ? AND (waiting_since_at IS NOT NULL OR reminder IS NOT NULL)",
        (conversation_id,),
    )


def answered_on_the_phone(echoes: Mapping[int, tuple[int, int]]) -> None:
    """Somebody answered in the phone app (id and time by conversation): what came before was read, and nobody waits for it."""
    sql.run_many(
        "UPDATE conversation SET waiting_since_at = NULL, read_up_to_id = CASE WHEN read_up_to_id < ? THEN ? ELSE read_up_to_id END"
        " WHERE id = ? AND COALESCE(last_inbound_at, 0) <= ?",
        [(number, number, conversation_id, at) for conversation_id, (number, at) in sorted(echoes.items())],
    )


@dataclass(slots=True)
class Heard:
    """What customers wrote in one conversation: ids and times (ms); 0 where there was nothing of the kind."""

    newest_id: int = 0
    inbound_id: int = 0  # counts as unread
    written_at: int = 0  # opens the customer service window
    waits_since: int = 0  # asks for an answer


def hear(heard: Mapping[int, Heard]) -> None:
    """Move conversations forward by what came in. A customer who writes brings a resolved or snoozed one back."""
    moment = now_ms()
    # In the order of their ids, so that two workers on PostgreSQL cannot wait for each other.
    sql.run_many(_HEAR, [_heard(heard[number], moment, number) for number in sorted(heard)])


def _heard(what: Heard, moment: int, number: int) -> tuple[int, ...]:
    newest, waits = what.newest_id, what.waits_since
    ids_and_times = (newest, newest, newest, newest, what.inbound_id, what.inbound_id, what.written_at, what.written_at)
    return (*ids_and_times, waits, waits, waits, moment, waits, waits, number)


# Every right side sees the row as it was: `opened_at` and `state` ask the same question.
_HEAR = (
    "UPDATE conversation SET"
    " last_message_id = CASE WHEN last_message_id < ? THEN ? ELSE last_message_id END,"
    " sort_id = CASE WHEN sort_id < ? THEN ? ELSE sort_id END,"
    " last_inbound_id = CASE WHEN last_inbound_id < ? THEN ? ELSE last_inbound_id END,"
    " last_inbound_at = CASE WHEN COALESCE(last_inbound_at, 0) < ? THEN ? ELSE last_inbound_at END,"
    " waiting_since_at = CASE WHEN ? > 0 THEN COALESCE(waiting_since_at, ?) ELSE waiting_since_at END,"
    " opened_at = CASE WHEN ? > 0 AND (opened_at IS NULL OR state IN ('snoozed', 'resolved')) THEN ? ELSE opened_at END,"
    " snoozed_until = CASE WHEN ? > 0 THEN NULL ELSE snoozed_until END,"
    " state = CASE WHEN ? > 0 THEN 'open' ELSE state END"
    " WHERE id = ?"
)


def _load(contact_ids: Sequence[int]) -> dict[int, int]:
    where, params = sql.among("contact_id", contact_ids)
    return dict(sql.run(f"SELECT contact_id, id FROM conversation WHERE {where}", params))  # type: ignore[arg-type]
