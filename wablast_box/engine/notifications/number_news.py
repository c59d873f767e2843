"""What Meta tells about the number and its account: into the number's row, and as an alarm when the owner must act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.models import Number
from wablast_box.engine.meta.payloads.account_events import (
    AccountAlerted,
    AccountChanged,
    AccountReviewed,
    CapabilityChanged,
    NumberNameDecided,
    NumberQualityChanged,
    SecurityChanged,
)
from wablast_box.engine.meta.payloads.items import AccountEvent
from wablast_box.engine.notifications.account_words import Words, account_words, alert_words
from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.settings import store

MANAGER = "https://business.facebook.com/wa/manage/"


def apply_number_news(arrivals: Sequence[Arrival[Any]]) -> None:
    """Take over what each event says. Events about other numbers of the same account are not ours."""
    for arrival in arrivals:
        apply = _APPLY.get(type(arrival.item))
        if apply is not None and _is_ours(arrival.item):
            apply(arrival.item)


def _is_ours(event: AccountEvent) -> bool:
    """Meta names the number by its digits only, and the account not always."""
    waba = store.get("waba_id")
    if waba and event.waba_id and event.waba_id not in (waba, "0"):
        return False
    ours = _digits(getattr(Number.get_or_none(), "display_phone_number", None))
    theirs = _digits(getattr(event, "phone_number", None) or event.display_phone_number)
    return not ours or not theirs or ours == theirs


def _digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def _quality(event: NumberQualityChanged) -> None:
    if event.limit:
        _update(messaging_limit=event.limit)
    if event.event == "FLAGGED":
        _update(status="FLAGGED")
        raise_alarm(
            "number_quality",
            Severity.CRITICAL,
            "Meta has flagged your number for low quality",
            "Customers have blocked or reported your messages. Stop campaigns and send only what people asked for; "
            "after seven good days Meta lifts the flag.",
            action_url=MANAGER,
        )
    elif event.event == "DOWNGRADE":
        raise_alarm(
            "number_limit",
            Severity.WARNING,
            f"Meta lowered your messaging limit{_to(event.limit)}",
            "You can start fewer conversations a day than before. Send less and better, and the limit rises again.",
            action_url=MANAGER,
        )
    elif event.event in ("UNFLAGGED", "UPGRADE", "ONBOARDING", "THROUGHPUT_UPGRADE"):
        if event.event == "UNFLAGGED":
            _update(status="CONNECTED")
        clear_alarm("number_limit" if event.event == "UPGRADE" else "number_quality")


def _name(event: NumberNameDecided) -> None:
    decision = (event.decision or "").upper()
    _update(name_status=decision or None)
    if decision == "APPROVED":
        if event.requested_name:
            _update(verified_name=event.requested_name)
        clear_alarm("number_name")
    elif decision == "REJECTED":
        raise_alarm(
            "number_name",
            Severity.WARNING,
            f"Meta refused the display name{_named(event.requested_name)}",
            f"{_reason(event.rejection_reason)}Ask for a name that fits your business in WhatsApp Manager; "
            "until then customers see the old one or only the number.",
            action_url=MANAGER,
        )


def _capability(event: CapabilityChanged) -> None:
    if event.messaging_limit:
        _update(messaging_limit=event.messaging_limit)


def _account(event: AccountChanged) -> None:
    _say(account_words(event))


def _alert(event: AccountAlerted) -> None:
    _say(alert_words(event))


def _say(words: Words | None) -> None:
    if words is None:
        return
    for key in words.clears:
        clear_alarm(key)
    if words.title:
        raise_alarm(words.key, words.severity, words.title, words.advice, action_url=MANAGER)


def _review(event: AccountReviewed) -> None:
    decision = (event.decision or "").upper()
    if decision == "REJECTED":
        raise_alarm(
            "account_review",
            Severity.CRITICAL,
            "Meta refused your WhatsApp Business account in its review",
            "Read the reason in WhatsApp Manager under Account quality, mend it, and ask for another review there.",
            action_url=MANAGER,
        )
    elif decision == "APPROVED":
        clear_alarm("account_review")


def _security(event: SecurityChanged) -> None:
    if event.event == "PIN_CHANGED":
        raise_alarm(
            "number_pin",
            Severity.WARNING,
            "The two-step PIN of your number was changed",
            "If that was not you or your staff, change it back in WhatsApp Manager at once and check who has access to your Meta business.",
            action_url=MANAGER,
        )
    elif event.event in ("PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS"):
        raise_alarm(
            "number_pin",
            Severity.CRITICAL,
            "Somebody asked to reset the two-step PIN of your number",
            "If that was not you or your staff, check at once who has access to your Meta business: "
            "without the PIN nobody can take the number away.",
            action_url=MANAGER,
        )


def _update(**fields: Any) -> None:
    Number.update(**fields).execute()


def _to(limit: str | None) -> str:
    return f" to {limit.removeprefix('TIER_')} conversations a day" if limit else ""


def _named(name: str | None) -> str:
    return f" “{name}”" if name else ""


def _reason(reason: str | None) -> str:
    return f"Meta's reason: {reason.replace('_', ' ').lower()}. " if reason else ""


_APPLY: Mapping[type, Callable[[Any], None]] = {
    NumberQualityChanged: _quality,
    NumberNameDecided: _name,
    CapabilityChanged: _capability,
    AccountAlerted: _alert,
    AccountChanged: _account,
    AccountReviewed: _review,
    SecurityChanged: _security,
}

NEWS_KINDS = tuple(_APPLY)
