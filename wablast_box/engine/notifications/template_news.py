"""A template that Meta refused or stopped: the owner hears of it, and hears nothing more once it may go again."""

from __future__ import annotations

from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity

PAGE = "/templates"
_WORDS: dict[str, tuple[Severity, str, str]] = {
    "rejected": (Severity.INFO, "Meta refused the template “{name}”", "The templates page says why, and what to change."),
    "paused": (
        Severity.WARNING,
        "Meta paused the template “{name}”",
        "Customers blocked or reported it. What is queued with it fails: use another one.",
    ),
    "flagged": (
        Severity.WARNING,
        "Meta warns about the template “{name}”",
        "Customers rate it low; Meta may pause it. Send it to fewer people.",
    ),
    "disabled": (Severity.WARNING, "Meta disabled the template “{name}”", "It will not come back. Write a new one under another name."),
    "locked": (Severity.WARNING, "Meta locked the template “{name}”", "WhatsApp Manager says why. Use another one until then."),
}


def alarm_about_template(meta_id: str, name: str, language: str, status: str | None) -> None:
    """Raise what the status calls for; any other status, and being gone (None), ends it."""
    key = f"template_{meta_id}"
    words = _WORDS.get(status or "")
    if words is None:
        if status != "pending":
            clear_alarm(key)
        return
    severity, title, advice = words
    raise_alarm(key, severity, title.format(name=f"{name} · {language}"), advice, action_url=PAGE)


def alarm_about_category(meta_id: str, name: str, language: str, category: str | None) -> None:
    """Meta will move it in a day: marketing costs more and needs the customer's consent."""
    key = f"template_category_{meta_id}"
    if category is None:
        clear_alarm(key)
        return
    raise_alarm(
        key,
        Severity.WARNING,
        f"Meta moves the template “{name} · {language}” to {category}",
        "From then on it has that category's price and rules. Ask for a review in WhatsApp Manager if that is wrong.",
        action_url=PAGE,
    )
