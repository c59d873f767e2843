"""The number as Meta sees it: asked every hour and on demand, kept in one row, alarms where the owner must act."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import timedelta

from wablast_box.engine.meta.checks import check_token
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.errors import TokenExpired
from wablast_box.engine.meta.models import Number
from wablast_box.engine.meta.number import fetch_number, fetch_subscription
from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.notifications.token_alarm import clear_token_alarm, raise_token_alarm
from wablast_box.engine.settings import secrets, store
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Unavailable, Upstream

logger = logging.getLogger(__name__)

FRESH = timedelta(minutes=55)


def number() -> Number:
    """The number's row; empty until a number is connected."""
    found = Number.get_or_none(Number.id == 1)
    return found if found is not None else Number(id=1)


def refresh_if_connected() -> None:
    """The hourly look; a Meta that cannot be reached is asked again next time."""
    if not store.get("phone_number_id") or secrets.read_secret("access_token") is None:
        return
    checked_at = number().checked_at
    if checked_at is not None and timedelta(0) <= now() - checked_at < FRESH:
        return
    try:
        refresh_number()
    except Upstream as failed:
        logger.warning("the number could not be refreshed", extra={"why": failed.code})


def refresh_number() -> Number:
    """Ask Meta now. A dead token raises its alarm, a working one clears it."""
    phone_number_id, waba_id = store.get("phone_number_id"), store.get("waba_id")
    if not phone_number_id:
        raise Unavailable(
            "No WhatsApp number is connected yet.", code="not_connected", help="Enter the number's credentials in the set-up."
        )
    client = our_client()
    try:
        facts = fetch_number(client, phone_number_id)
        subscribed = fetch_subscription(client, waba_id, phone_number_id).is_subscribed if waba_id else None
        warn_before_expiry()
    except TokenExpired as dead:
        raise_token_alarm(dead.message)
        raise
    clear_token_alarm()
    found = {name: value for name, value in asdict(facts).items() if name != "platform_type"}
    with transaction():
        row = {**found, "waba_id": waba_id or None, "is_subscribed": subscribed, "checked_at": now()}
        Number.insert(id=1, **row).on_conflict(conflict_target=[Number.id], update=row).execute()
        _alarm_about(facts.quality_rating, facts.status, subscribed)
    return number()


def warn_before_expiry() -> None:
    """A token that ends within a week is replaced in time, not missed afterwards."""
    check = check_token(our_client())
    if check.ok and check.help:
        raise_alarm("token_expires_soon", Severity.WARNING, check.title, check.help, action_url="/setup")
    elif check.ok:
        clear_alarm("token_expires_soon")


def _alarm_about(quality: str | None, status: str | None, is_subscribed: bool | None) -> None:
    if (quality or "").upper() == "RED":
        raise_alarm(
            "number_quality",
            Severity.CRITICAL,
            "Meta rates your number's quality as low",
            "Customers have blocked or reported your messages. Stop campaigns and send only what people asked for, "
            "else Meta lowers your limit.",
        )
    elif (quality or "").upper() in ("GREEN", "YELLOW") and (status or "").upper() != "FLAGGED":
        clear_alarm("number_quality")
    if is_subscribed is False:
        raise_alarm(
            "not_subscribed",
            Severity.CRITICAL,
            "Meta does not send your customers' messages to this box",
            "The subscription of your account is gone. Subscribe again in the set-up.",
            action_url="/setup",
        )
    elif is_subscribed:
        clear_alarm("not_subscribed")
