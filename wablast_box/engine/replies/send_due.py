"""Send what was scheduled, once, when its moment has come.

Taking a row, queueing its message and noting that down are one transaction: a box that is killed in between has done
nothing. Should a row come up twice all the same, its id is the key of the message, and the outbox knows it.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from wablast_box.engine.inbox.thread.activity import record
from wablast_box.engine.notifications.alarms import raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.replies import scheduled_views as views
from wablast_box.engine.replies.models import ScheduledMessage, ScheduledState
from wablast_box.engine.replies.schedule import alarm_key
from wablast_box.engine.team.actors import machine, person
from wablast_box.engine.team.models import ApiKey, User
from wablast_box.lib.claims import claim, is_due
from wablast_box.lib.clock import iso, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Unavailable

logger = logging.getLogger(__name__)

AT_MOST = 200
# "We open at ten" must not arrive in the evening: after a long pause, or a clock that jumped, people decide.
LATEST = timedelta(hours=6)
MOST_ATTEMPTS, WAIT = 5, timedelta(minutes=1)
KEPT = timedelta(days=90)
SCOPE = "scheduled"


def send_due() -> int:
    """Queue everything that is due; how many went."""
    # Asked every second: without anything due no write transaction is begun.
    if not is_due(ScheduledMessage, pending=ScheduledState.WAITING, working=ScheduledState.SENDING):
        return 0
    sent = 0
    for _ in range(AT_MOST):
        number = _send_next()
        if number is None:
            break
        sent += 1
    return sent


def prune_scheduled() -> int:
    """Forget what was sent or called off long ago."""
    done = ScheduledMessage.state.in_([ScheduledState.SENT, ScheduledState.CANCELLED])
    with transaction():
        return int(ScheduledMessage.delete().where(done & (ScheduledMessage.updated_at < now() - KEPT)).execute())


def _send_next() -> int | None:
    number: int | None = None
    try:
        with transaction():
            taken = claim(ScheduledMessage, pending=ScheduledState.WAITING, working=ScheduledState.SENDING, limit=1)
            if not taken:
                return None
            [number] = taken
            _send(ScheduledMessage.get_by_id(number))
    except Unavailable:
        raise
    except Exception as failed:
        if number is None:
            raise
        _put_off(number, failed)
    return number


def _send(row: ScheduledMessage) -> None:
    try:
        with transaction():
            _require_wanted(row, now())
            message = send_message(
                row.conversation_id,
                parse_outbound(row.body_json),
                actor=row.actor,
                scope=SCOPE,
                idempotency_key=str(row.id),
            )
    except Unavailable:
        raise
    except BoxError as refused:
        _fail(row, refused)
        return
    _settle(row, ScheduledState.SENT, message_id=message.id)


def _require_wanted(row: ScheduledMessage, moment: datetime) -> None:
    if moment - row.due_at > LATEST:
        raise Conflict(
            "Its moment passed while the box could not send.",
            code="too_late",
            help="Look whether it is still true, then choose another moment or discard it.",
        )
    if not _may_still_write(row.actor):
        raise Conflict(
            "Whoever wrote it may not answer customers any more.", code="author_gone", help="Somebody else can choose a moment for it."
        )


def _may_still_write(actor: str) -> bool:
    kind, _, number = actor.partition(":")
    if kind == "user":
        user = User.get_or_none((User.id == int(number)) & User.disabled_at.is_null())
        return user is not None and person(user).may("inbox.reply")
    if kind == "api_key":
        key = ApiKey.get_or_none((ApiKey.id == int(number)) & ApiKey.revoked_at.is_null())
        return key is not None and machine(key).may("inbox.reply")
    return True


def _fail(row: ScheduledMessage, refused: BoxError) -> None:
    """Visibly: on the message, in the thread, and for whoever looks after the box."""
    _settle(row, ScheduledState.FAILED, error_code=refused.code, error=refused.message, error_help=refused.help)
    record(row.conversation_id, "schedule_failed", "system", {"at": iso(row.due_at), "why": refused.message})
    raise_alarm(
        alarm_key(row.id),
        Severity.WARNING,
        "A scheduled message was not sent",
        f"{refused.message} {refused.help or ''}".strip(),
        action_url=f"/inbox?c={row.conversation_id}",
    )


def _settle(row: ScheduledMessage, state: ScheduledState, **changes: object) -> None:
    ScheduledMessage.update(state=state, claimed_at=None, updated_at=now(), **changes).where(ScheduledMessage.id == row.id).execute()
    views.tell_changed(row.id)


def _put_off(number: int, failed: Exception) -> None:
    """A fault of ours: not again at once, not for ever, and nobody behind it waits."""
    logger.error("a scheduled message could not be sent", exc_info=failed, extra={"scheduled_message": number})
    with transaction():
        row = ScheduledMessage.get_by_id(number)
        if row.attempts + 1 >= MOST_ATTEMPTS:
            _fail(row, BoxError("The box failed to send it.", code="bug", help="Try another moment; the log says more."))
        else:
            later = {"attempts": row.attempts + 1, "next_attempt_at": now() + WAIT}
            ScheduledMessage.update(**later).where(ScheduledMessage.id == number).execute()
