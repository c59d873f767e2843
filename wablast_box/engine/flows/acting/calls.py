"""Webhooks that a flow sends and does not wait for: the row first, then the call (`calling`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import orjson

from wablast_box.engine.flows.acting import tasks
from wablast_box.engine.flows.acting.calling import sealed_for
from wablast_box.engine.flows.models import CallState, FlowCall
from wablast_box.engine.settings import secrets
from wablast_box.lib import ids, outbound
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction

KEPT = timedelta(days=3)


def queue_call(url: str, headers: Mapping[str, str], body: bytes | str) -> None:
    """Have a webhook sent soon; in the caller's transaction. Refused at once when the address is not for us."""
    outbound.checked_url(url)
    number = ids.new_id()
    content = body if isinstance(body, str) else body.decode("utf-8", "replace")
    request = orjson.dumps({"headers": dict(headers), "body": content}).decode()
    FlowCall.insert(
        id=number, url=url, sealed_request=secrets.seal_text(request, place=sealed_for(number)), state=CallState.WAITING,
        next_attempt_at=0, created_at=now(),
    ).execute()  # fmt: skip
    after_commit(tasks.send_calls)


def send_waiting() -> None:
    """What no bell announced."""
    if FlowCall.select(FlowCall.id).where(FlowCall.state.in_(["waiting", "sending"]), FlowCall.next_attempt_at <= now()).exists():
        tasks.send_calls()


def prune_calls() -> None:
    """Forget those that are over."""
    with transaction():
        over = FlowCall.state.in_([CallState.DONE, CallState.FAILED])
        FlowCall.delete().where(over, FlowCall.created_at < now() - KEPT).execute()
