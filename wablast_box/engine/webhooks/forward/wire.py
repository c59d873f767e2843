"""One try: the body as Meta sent it, Meta's signature, and what the target's answer means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from wablast_box.engine.meta.signature import sign
from wablast_box.engine.settings import secrets
from wablast_box.engine.webhooks.forward.models import WebhookForward
from wablast_box.lib import outbound
from wablast_box.lib.errors import Upstream

TOTAL_S = 10.0
MAX_ANSWER = 256 * 1024
# A server that says "later", or a proxy in front of one that is down: nothing is wrong with what was sent.
_LATER = frozenset({408, 425, 429})


class Fate(Enum):
    TAKEN = auto()
    REFUSED = auto()  # the target looked at it and said no
    AWAY = auto()  # the target is not there, or in trouble


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    reason: str | None = None


def send(line: outbound.Line, target: WebhookForward, number: int, body: bytes) -> Outcome:
    """Post it. Redirects are not followed: whoever moved says so in the settings.

    It may go twice when a kept line breaks: forwarding is at least once, and the id is the same.
    """
    headers = {"Content-Type": "application/json", "X-Box-Webhook-Id": str(number), **signatures(target, body)}
    try:
        answer = line.request("POST", target.url, headers=headers, content=body, max_bytes=MAX_ANSWER, total_s=TOTAL_S, may_repeat=True)
    except outbound.Refused:
        # The guard never says why; a name that nobody knows looks the same.
        return Outcome(Fate.AWAY, "The name of the server is not known, or its address is one that this box does not send to.")
    except Upstream as failed:
        return Outcome(Fate.REFUSED if failed.permanent else Fate.AWAY, failed.message)
    return _judge(answer.status)


def signatures(target: WebhookForward, body: bytes) -> dict[str, str]:
    """Meta's, made again from the body and the app secret, which gives the same; and the target's own, if it has a secret."""
    app_secret = secrets.read_secret("app_secret")
    found = {"X-Hub-Signature-256": sign(body, app_secret.encode())} if app_secret else {}
    if target.sealed_secret is not None:
        own = secrets.unseal_text(bytes(target.sealed_secret), place=secret_place(target.id))
        found["X-Box-Signature-256"] = sign(body, own.encode())
    return found


def secret_place(number: int) -> str:
    """Where a sealed secret belongs: it opens in this row only."""
    return f"webhook_forward|sealed_secret|{number}"


def _judge(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Fate.TAKEN)
    said = f"The server answered {status}."
    if 300 <= status < 400:
        return Outcome(Fate.REFUSED, f"{said} It wants to be asked elsewhere; enter the new address here.")
    return Outcome(Fate.AWAY if status >= 500 or status in _LATER else Fate.REFUSED, said)
