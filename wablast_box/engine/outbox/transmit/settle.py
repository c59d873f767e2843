"""Write down what became of messages: many at once, in one transaction, only ever forward."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import news, statuses
from wablast_box.engine.inbox.events import MessageChanged
from wablast_box.engine.outbox.transmit.outcome import ADVICE, UNKNOWN, Decision, Fate
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict

logger = logging.getLogger(__name__)

# A status may have come in before the answer: what it made of the row stays.
_ACCEPT = (
    "UPDATE message SET wamid = ?, sent_at = COALESCE(sent_at, ?),"
    " state = CASE WHEN state IN ('queued', 'sending', 'unconfirmed') THEN 'sent' ELSE state END,"
    " error_code = NULL, error_title = NULL, error_details = NULL WHERE id = ?"
)
_REQUEUE = (
    "UPDATE message SET state = 'queued', claimed_at = NULL, next_attempt_at = ?, attempts = attempts - ?,"
    " error_code = ?, error_title = ?, error_details = ? WHERE id = ? AND state = 'sending'"
)
_END = "UPDATE message SET state = ?, error_code = ?, error_title = ?, error_details = ? WHERE id = ? AND state = 'sending'"
_REFUSE = "UPDATE message SET state = 'failed', error_code = NULL, error_title = ?, error_details = ? WHERE id = ? AND state = 'queued'"
_QUIET = frozenset({Fate.HELD})
# Within which the keys of messages count that answer of themselves: of flows, and the away message.
AUTOMATIC = ("flow", "away")


def settle_all(decisions: Sequence[Decision]) -> None:
    """All in one transaction; when one of them breaks it, each in its own, so that it cannot sink its neighbours."""
    try:
        with transaction():
            _settle(decisions)
    except BoxError:
        # The database takes nothing at the moment: the caller comes again.
        raise
    except Exception:
        logger.exception("settling one by one")
        for decision in decisions:
            _settle_alone(decision)


def refuse_all(refusals: Sequence[tuple[int, Conflict]]) -> None:
    """Fail messages that may not go any more. They were never marked, so nobody can wonder whether they went."""
    with transaction():
        sql.run_many(_REFUSE, [(why.message, why.help, number) for number, why in refusals])
        _announce([number for number, _ in refusals])


def withdraw(conversation_id: int, scopes: Sequence[str], why: Conflict) -> int:
    """Fail what was queued within `scopes` and nobody wants sent any more; in the caller's transaction. How many had not left yet."""
    among, params = sql.among("idempotency_scope", list(scopes))
    rows = sql.run(
        # The first condition names the partial index, the second what is wanted of it.
        f"SELECT id FROM message WHERE conversation_id = ? AND state IN ('queued', 'sending') AND state = 'queued' AND {among} ORDER BY id",
        [conversation_id, *params],
    )
    if rows:
        refuse_all([(number, why) for (number,) in rows])
    return len(rows)


def give_way(conversation_id: int, why: str) -> int:
    """What would answer of itself does not leave any more: a person answers, or said stop. In the caller's transaction."""
    return withdraw(conversation_id, AUTOMATIC, Conflict("It was stopped before this was sent.", help=f"Why: {why}."))


def settle_left_over() -> int:
    """What a former process left on its way may have arrived: unconfirmed, unless a status proved it did."""
    with transaction():
        # The first condition names the partial index, the second what is wanted of it.
        rows = sql.run(
            "UPDATE message SET state = CASE WHEN wamid IS NULL THEN 'unconfirmed' ELSE 'sent' END,"
            " error_title = CASE WHEN wamid IS NULL THEN ? END, error_details = CASE WHEN wamid IS NULL THEN ? END"
            " WHERE state IN ('queued', 'sending') AND state = 'sending' RETURNING id, wamid",
            (UNKNOWN, "The box stopped while it was being sent. " + ADVICE),
        )
        _announce([row[0] for row in rows])
        statuses.apply_waiting([row[1] for row in rows if row[1]])
    return len(rows)


def _settle(decisions: Sequence[Decision]) -> None:
    moment = now_ms()
    accepted = [d for d in decisions if d.accepted is not None]
    again = [d for d in decisions if d.fate in (Fate.AGAIN, Fate.HELD)]
    ended = [d for d in decisions if d.fate in (Fate.FAILED, Fate.UNCONFIRMED)]
    statuses.one_at_a_time(d.accepted.wamid for d in accepted if d.accepted)
    sql.run_many(_ACCEPT, [(d.accepted.wamid, moment, d.due.id) for d in accepted if d.accepted])
    sql.run_many(
        _REQUEUE,
        [(moment + round(d.wait_s * 1000), int(d.fate is Fate.HELD), d.code, d.title, d.details, d.due.id) for d in again],
    )
    sql.run_many(_END, [(d.fate.value, d.code, d.title, d.details, d.due.id) for d in ended])
    _announce([d.due.id for d in decisions if d.fate not in _QUIET])
    statuses.apply_waiting([d.accepted.wamid for d in accepted if d.accepted])


def _announce(numbers: Sequence[int]) -> None:
    if not numbers:
        return
    where, params = sql.among("id", sorted(numbers))
    rows = sql.run(f"SELECT id, conversation_id, state FROM message WHERE {where}", params)
    event_ids = publish_all([MessageChanged(number, conversation_id, state) for number, conversation_id, state in rows])
    news.messages_changed({row[0]: event_id for row, event_id in zip(rows, event_ids, strict=True)})


def _settle_alone(decision: Decision) -> None:
    try:
        with transaction():
            _settle([decision])
    except BoxError:
        raise
    except Exception:
        # For example another row has this wamid. Whatever it means, this message is not sent again by itself.
        logger.exception("a message could not be settled", extra={"message_id": decision.due.id})
        with transaction():
            sql.run(_END, (Fate.UNCONFIRMED.value, None, UNKNOWN, "Its answer could not be stored. " + ADVICE, decision.due.id))
            _announce([decision.due.id])
