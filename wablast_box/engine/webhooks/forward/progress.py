"""What became of a try, written down: the cursor, the pause after many failures, and rows for what was refused."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

# So many failures in a row, and a target is only asked now and then; then its owner is told.
PAUSE_AFTER_AWAY, PAUSE_AFTER_REFUSED = 5, 10
# After a failure the target rests: a little, then longer.
REST_S = (2, 5, 15, 30, 60, 120, 300, 600, 900)
# A refused webhook is tried for about a day.
GAPS_S = (30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800)
PAGE = "/settings/forwarding"


def passed(target: WebhookForward, number: int) -> None:
    """The target is done with everything up to this webhook. The cursor never goes back."""
    _update(target.id, WebhookForward.cursor_id < number, cursor_id=number)


def taken(target: WebhookForward, number: int | None) -> None:
    """The target took one: whatever was wrong is over."""
    with transaction():
        if number is not None:
            passed(target, number)
        _update(target.id, failures=0, next_try_at=0, paused_at=None, error=None, delivered_at=now())
        if target.paused_at is not None:
            clear_alarm(alarm_key(target.id))


def refused(target: WebhookForward, number: int, reason: str) -> None:
    """The target does not want this one now: it is tried again apart from the others, and the next one has its turn."""
    failures = target.failures + 1
    pause = failures >= PAUSE_AFTER_REFUSED
    with transaction():
        _set_aside(target.id, number, reason)
        passed(target, number)
        _fail(target, failures, reason, rest=pause or target.paused_at is not None, pause=pause)


def away(target: WebhookForward, number: int, reason: str) -> None:
    """The target is not there: everything waits in its order. After every few failures the one that it failed on is set aside,
    because it may be the cause."""
    failures = target.failures + 1
    with transaction():
        if failures % PAUSE_AFTER_AWAY == 0:
            _set_aside(target.id, number, reason)
            passed(target, number)
        _fail(target, failures, reason, rest=True, pause=failures >= PAUSE_AFTER_AWAY)


def row_failed(target: WebhookForward, row: WebhookDelivery, reason: str) -> None:
    """One that was set aside failed again; after about a day it is given up."""
    is_over = row.attempts > len(GAPS_S)
    change = (
        {"state": DeliveryState.FAILED}
        if is_over
        else {"state": DeliveryState.WAITING, "next_attempt_at": now() + timedelta(seconds=GAPS_S[row.attempts - 1])}
    )
    with transaction():
        WebhookDelivery.update(error=reason, claimed_at=None, **change).where(WebhookDelivery.id == row.id).execute()
        if target.paused_at is not None:
            _fail(target, target.failures + 1, reason, rest=True, pause=True)
        if is_over:
            _alarm_about_given_up()


def row_taken(target: WebhookForward, row: WebhookDelivery) -> None:
    """It went out after all."""
    with transaction():
        WebhookDelivery.delete().where(WebhookDelivery.id == row.id).execute()
        taken(target, None)


def clear_given_up_alarm() -> None:
    """Over when nothing is given up any more."""
    if not WebhookDelivery.select().where(WebhookDelivery.state == DeliveryState.FAILED).exists():
        clear_alarm("forward_given_up")


def alarm_key(number: int) -> str:
    """One alarm for each target."""
    return f"forward_{number}"


def _set_aside(forward_id: int, number: int, reason: str) -> None:
    moment = now()
    # A crash before the cursor was written brings the same webhook here again: it has its row already.
    WebhookDelivery.insert(
        id=ids.new_id(), forward=forward_id, webhook_event_id=number, state=DeliveryState.WAITING, attempts=1, error=reason,
        next_attempt_at=moment + timedelta(seconds=GAPS_S[0]), created_at=moment,
    ).on_conflict_ignore().execute()  # fmt: skip


def _fail(target: WebhookForward, failures: int, reason: str, *, rest: bool, pause: bool) -> None:
    moment = now()
    wait = timedelta(seconds=REST_S[min(failures, len(REST_S)) - 1]) if rest else timedelta(0)
    paused_at = target.paused_at or (moment if pause else None)
    _update(target.id, failures=failures, error=reason, next_try_at=moment + wait, paused_at=paused_at)
    if paused_at is not None:
        host = urlsplit(target.url).hostname
        raise_alarm(
            alarm_key(target.id),
            Severity.WARNING,
            f"Webhooks are not forwarded to {host}",
            f"{reason} They wait here in their order; one is tried every few minutes, and all go out as soon as it is taken.",
            action_url=PAGE,
        )


def _alarm_about_given_up() -> None:
    raise_alarm(
        "forward_given_up",
        Severity.WARNING,
        "Some webhooks could not be forwarded",
        "The other system refused them for a day. Look at its reason, and send them again when it is mended.",
        action_url=PAGE,
    )


def _update(number: int, *conditions: object, **values: object) -> None:
    with transaction():
        WebhookForward.update(**values).where(WebhookForward.id == number, *conditions).execute()
