"""Meta's account events in plain words: which alarm each raises or clears."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.engine.meta.payloads.account_events import AccountAlerted, AccountChanged, Restriction
from wablast_box.engine.notifications.models import Severity
from wablast_box.lib.clock import now


@dataclass(frozen=True, slots=True)
class Words:
    """An alarm to raise (when it has a title) and alarms that are over."""

    key: str = ""
    severity: Severity = Severity.INFO
    title: str = ""
    advice: str = ""
    clears: tuple[str, ...] = ()


def account_words(event: AccountChanged) -> Words | None:
    """What an `account_update` means for the owner; None when it needs nobody."""
    if event.event == "DISABLED_UPDATE":
        return _ban(event)
    if event.event == "ACCOUNT_RESTRICTION":
        return _restriction(event.restrictions)
    if event.event == "ACCOUNT_VIOLATION":
        return _violation(event)
    if event.event == "PARTNER_REMOVED" and not event.disconnect_reason:
        return None
    return _FIXED.get(event.event or "")


def alert_words(event: AccountAlerted) -> Words | None:
    """What an `account_alerts` means for the owner: Meta's own words, and an alert that is over clears its alarm."""
    key = f"account_alert_{(event.alert_type or 'other').lower()}"
    if (event.status or "").upper() in ("NONE", "RESOLVED", "INACTIVE"):
        return Words(clears=(key,))
    title = (event.alert_type or "Something about your account").replace("_", " ").capitalize()
    severity = {"CRITICAL": Severity.CRITICAL, "WARNING": Severity.WARNING}.get((event.severity or "").upper(), Severity.INFO)
    return Words(key, severity, f"Meta says: {title}", event.description or "Look in WhatsApp Manager under Account quality.")


def _ban(event: AccountChanged) -> Words:
    if event.ban_state == "REINSTATE":
        return Words(clears=("account_banned",))
    when = f" on {event.ban_date}" if event.ban_date else ""
    if event.ban_state == "SCHEDULE_FOR_DISABLE":
        return Words(
            "account_banned",
            Severity.CRITICAL,
            f"Meta will disable your WhatsApp Business account{when}",
            "Ask for a review in WhatsApp Manager under Account quality before that day. Afterwards nothing can be sent or received.",
        )
    return Words(
        "account_banned",
        Severity.CRITICAL,
        f"Meta has disabled your WhatsApp Business account{when}",
        "Nothing can be sent or received. Ask for a review in WhatsApp Manager under Account quality.",
    )


def _restriction(restrictions: tuple[Restriction, ...]) -> Words | None:
    live = [one for one in restrictions if one.ends_at is None or one.ends_at > now()]
    if not live:
        return Words(clears=("account_restricted",)) if restrictions else None
    ends = max((one.ends_at for one in live if one.ends_at), default=None)
    until = f" until {ends:%d %B %Y}" if ends else ""
    kinds = ", ".join(sorted({(one.type or "some actions").removeprefix("RESTRICTED_").replace("_", " ").lower() for one in live}))
    advice = next((one.remediation for one in live if one.remediation), None)
    return Words(
        "account_restricted",
        Severity.CRITICAL,
        f"Meta has restricted your account{until}",
        f"Restricted: {kinds}. {advice or 'Answers may still go out. Read the reason in WhatsApp Manager under Account quality.'}",
    )


def _violation(event: AccountChanged) -> Words:
    kind = (event.violation_type or "its policy").replace("_", " ").lower()
    return Words(
        "account_violation",
        Severity.WARNING,
        f"Meta found a violation: {kind}",
        event.remediation
        or "Read the details in WhatsApp Manager under Account quality and stop what caused it; further violations lead to restrictions.",
    )


_FIXED: dict[str, Words] = {
    "ACCOUNT_DELETED": Words(
        "account_gone",
        Severity.CRITICAL,
        "Your WhatsApp Business account was deleted at Meta",
        "Nothing can be sent or received. If that was a mistake, ask Meta's support at once; else connect another account in the set-up.",
    ),
    "ACCOUNT_OFFBOARDED": Words(
        "account_gone",
        Severity.CRITICAL,
        "Your number was disconnected from the Cloud API",
        "Connect it again in the WhatsApp Business app or in the set-up; until then nothing is sent or received here.",
    ),
    "PARTNER_REMOVED": Words(
        "account_gone",
        Severity.CRITICAL,
        "Your number was disconnected on the phone",
        "Open the WhatsApp Business app, then Settings, Account, Business platform, and connect it again.",
    ),
    "ACCOUNT_RECONNECTED": Words(clears=("account_gone",)),
    "VERIFIED_ACCOUNT": Words(clears=("account_review",)),
}
