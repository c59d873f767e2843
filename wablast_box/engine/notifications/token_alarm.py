"""The access token is dead: say so until there is a working one."""

from __future__ import annotations

from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity

KEY = "token_expired"


def raise_token_alarm(why: str) -> None:
    """Meta refuses the access token; nothing can be sent until a person stores another."""
    raise_alarm(
        KEY,
        Severity.CRITICAL,
        "Meta no longer accepts the access token",
        f"{why} Messages wait and nothing is lost. Make a new token for a system user in Meta's business settings "
        "(one that never expires) and enter it in the set-up.",
        action_url="/setup",
    )


def clear_token_alarm() -> None:
    """A token works again."""
    clear_alarm(KEY)
