"""One request to a provider through the outbound guard, and what its refusals mean in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.lib import outbound
from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound.wire import never_left, whole

MOST_BYTES = 1024 * 1024
_CODE = re.compile(rb'"(?:code|type)"\s*:\s*"([a-z_]{3,40})"')
LONGEST_WAIT_S = 3600.0


class Unheard(Upstream):
    """The request was sent and nobody knows what became of it: it may cost something."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def post(url: str, body: bytes, *, key: str | None, near: bool, total_s: float) -> Heard:
    """Ask once; no redirects. `near`: the owner has said that this very address is in their own network. Raises Upstream."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        with outbound.stream("POST", url, headers=headers, content=body, size=len(body), near=near, total_s=total_s) as given:
            return Heard(given[0], given[1], whole(given[2], MOST_BYTES))
    except outbound.Refused:
        raise Upstream(
            "The box may not reach this address.",
            permanent=True,
            code="egress_refused",
            help="Is it written as it should be? For a model in your own network say so at the provider, under Settings, AI models.",
        ) from None
    except Upstream as failed:
        if not never_left(failed):
            # The words of the wire may hold the address and more: they end here.
            raise Unheard(failed.message, permanent=failed.permanent, code="ai_no_answer", help=_SLOW) from None
        raise Upstream(
            "The model's server could not be reached.", code="ai_unreachable", retry_after_s=failed.retry_after_s, help=_AWAY
        ) from None


_SLOW = "The model took too long or its answer broke off. A smaller model, or a shorter question, is faster."
_AWAY = "Is it running, and is its address right? Ollama listens on port 11434, llama.cpp on 8080, AnythingLLM on 3001."


def refusal(heard: Heard, model: str) -> Upstream:
    """What a status means. Nothing that the server wrote is passed on: it may quote the key."""
    status = heard.status
    code = _code(heard.body)
    if status in (401, 403):
        return _no("The provider does not accept the key.", "ai_key_refused", "Enter it again under Settings, AI models.")
    if status == 402 or code in ("insufficient_quota", "billing_hard_limit_reached"):
        return _no("The provider says that there is no credit left.", "ai_no_credit", "Look at your account with the provider.")
    if status == 404:
        return _no(f"There is no model “{model[:60]}” at this address.", "ai_no_model", "Look at both under Settings, AI models.")
    if status == 429 or status >= 500:
        words = "The provider takes no more questions at the moment." if status == 429 else f"The provider has trouble ({status})."
        return Upstream(words, code="ai_busy", retry_after_s=_seconds(heard.headers.get("retry-after")))
    if 300 <= status < 400:
        return _no("The address sends us elsewhere, and keys go nowhere else.", "ai_moved", "Enter the address that the model really has.")
    why = f" ({code})" if code else ""
    return _no(f"The provider refuses this question with {status}{why}.", "ai_refused", "Try another model, or shorten what it is shown.")


def _no(words: str, code: str, help: str) -> Upstream:
    return Upstream(words, permanent=True, code=code, help=help)


def _code(body: bytes) -> str | None:
    found = _CODE.search(body[:4000])
    return found[1].decode() if found else None


def _seconds(written: Any) -> float | None:
    """Retry-After in seconds; a date is as good as nothing."""
    text = str(written or "").strip()
    return min(float(text), LONGEST_WAIT_S) if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", text) else None
