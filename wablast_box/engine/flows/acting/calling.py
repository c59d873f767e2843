"""Send the webhooks that are due, one after the other; a server that is away is tried again for hours.

At least once: a box that dies between the call and the note of it calls again. Each call carries an id of its own.
"""

from __future__ import annotations

from datetime import timedelta

import orjson

from wablast_box.engine.flows.keeping.secrets import Opened, open_request
from wablast_box.engine.flows.models import CallState, FlowCall
from wablast_box.engine.flows.node.writing import Written
from wablast_box.engine.settings import secrets
from wablast_box.lib import outbound
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Upstream

GAPS_S = (10, 60, 300, 1800, 7200, 21600)
STALE_AFTER = timedelta(minutes=2)
TIMEOUT_S, MOST_BYTES = 10.0, 256 * 1024


def sealed_for(number: int) -> str:
    """Where the sealed request of a call stands."""
    return f"flow_call|sealed_request|{number}"


def send_due() -> None:
    """Send what is due, one after the other."""
    while numbers := claim(FlowCall, pending=CallState.WAITING, working=CallState.SENDING, limit=1, stale_after=STALE_AFTER):
        # One at a time: what waited behind slow servers would be taken for left behind, and sent by another worker too.
        _send(FlowCall.get_by_id(numbers[0]))


def _send(call: FlowCall) -> None:
    try:
        asked = _opened(call)
        headers = {"Content-Type": "application/json", **asked.headers, "X-Wablast-Call": str(call.id)}
        answer = outbound.request("POST", asked.url, headers=headers, content=asked.content, max_bytes=MOST_BYTES, total_s=TIMEOUT_S)
    except Upstream as failed:
        if failed.permanent:
            _over(call, CallState.FAILED, failed.message)
        else:
            _again(call, failed.message)
    except BoxError as refused:
        _over(call, CallState.FAILED, refused.message)
    else:
        if answer.status < 400:
            _over(call, CallState.DONE, None)
        elif answer.status in (408, 429) or answer.status >= 500:
            _again(call, f"The server answered {answer.status}.")
        else:
            _over(call, CallState.FAILED, f"The server answered {answer.status}.")


def _opened(call: FlowCall) -> Opened:
    """The request with its secrets, at the moment it leaves."""
    kept = orjson.loads(secrets.unseal_text(bytes(call.sealed_request), place=sealed_for(call.id)))
    headers = {name: Written.from_json(text) for name, text in kept["headers"].items()}
    return open_request(Written.from_json(kept.get("url", call.url)), headers, Written.from_json(kept["body"]))


def _again(call: FlowCall, why: str) -> None:
    if call.attempts > len(GAPS_S):
        _over(call, CallState.FAILED, why)
        return
    later = now() + timedelta(seconds=GAPS_S[call.attempts - 1])
    with transaction():
        FlowCall.update(state=CallState.WAITING, next_attempt_at=later, claimed_at=None, error=why).where(FlowCall.id == call.id).execute()


def _over(call: FlowCall, state: CallState, error: str | None) -> None:
    with transaction():
        FlowCall.update(state=state, claimed_at=None, error=error).where(FlowCall.id == call.id).execute()
