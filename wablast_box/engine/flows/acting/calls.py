"""Webhooks that a flow sends and does not wait for: rows first, then the call; a server that is away is tried again for hours.

At least once: a box that dies between the call and the note of it calls again. Each call carries an id of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import orjson

from wablast_box.engine.flows.acting.bell import ring_calls
from wablast_box.engine.flows.models import CallState, FlowCall
from wablast_box.engine.settings import secrets
from wablast_box.lib import ids, outbound
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import BoxError, Upstream

GAPS_S = (10, 60, 300, 1800, 7200, 21600)
STALE_AFTER = timedelta(minutes=2)
KEPT = timedelta(days=3)
BATCH, TIMEOUT_S, MOST_BYTES = 20, 10.0, 256 * 1024


def queue_call(url: str, headers: Mapping[str, str], body: bytes | str) -> None:
    """Have a webhook sent soon; in the caller's transaction. Refused at once when the address is not for us."""
    outbound.checked_url(url)
    number = ids.new_id()
    content = body if isinstance(body, str) else body.decode("utf-8", "replace")
    request = orjson.dumps({"headers": dict(headers), "body": content}).decode()
    FlowCall.insert(
        id=number, url=url, sealed_request=secrets.seal_text(request, place=_place(number)), state=CallState.WAITING,
        next_attempt_at=0, created_at=now(),
    ).execute()  # fmt: skip
    after_commit(ring_calls)


def send_due() -> None:
    """Send what is due, one after the other."""
    while numbers := claim(FlowCall, pending=CallState.WAITING, working=CallState.SENDING, limit=BATCH, stale_after=STALE_AFTER):
        for number in numbers:
            _send(FlowCall.get_by_id(number))


def send_waiting() -> None:
    """What no bell announced."""
    if FlowCall.select(FlowCall.id).where(FlowCall.state.in_(["waiting", "sending"]), FlowCall.next_attempt_at <= now()).exists():
        ring_calls()


def prune_calls() -> None:
    """Forget those that are over."""
    with transaction():
        over = FlowCall.state.in_([CallState.DONE, CallState.FAILED])
        FlowCall.delete().where(over, FlowCall.created_at < now() - KEPT).execute()


def _send(call: FlowCall) -> None:
    asked = orjson.loads(secrets.unseal_text(bytes(call.sealed_request), place=_place(call.id)))
    headers = {"Content-Type": "application/json", **asked["headers"], "X-Wablast-Call": str(call.id)}
    try:
        answer = outbound.request(
            "POST", call.url, headers=headers, content=asked["body"].encode(), max_bytes=MOST_BYTES, total_s=TIMEOUT_S
        )
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


def _place(number: int) -> str:
    return f"flow_call:{number}"
