"""The conversation of a contact: found or created, and moved forward by its messages. In bulk because ingest is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def touch(newest: Mapping[int, int], inbound: Mapping[int, int] | None = None) -> None:
    """Move conversations forward: `newest` message id each, and when the customer last wrote (ms). Never backwards."""
    inbound = inbound or {}
    # In the order of their ids, so that two workers on PostgreSQL cannot wait for each other.
    sql.run_many(
        "UPDATE conversation SET"
        " last_message_id = CASE WHEN last_message_id < ? THEN ? ELSE last_message_id END,"
        " last_inbound_at = CASE WHEN COALESCE(last_inbound_at, 0) < ? THEN ? ELSE last_inbound_at END"
        " WHERE id = ?",
        [(newest[c], newest[c], inbound.get(c, 0), inbound.get(c, 0), c) for c in sorted(newest)],
    )


def _load(contact_ids: Sequence[int]) -> dict[int, int]:
    where, params = sql.among("contact_id", contact_ids)
    return dict(sql.run(f"SELECT contact_id, id FROM conversation WHERE {where}", params))  # type: ignore[arg-type]
