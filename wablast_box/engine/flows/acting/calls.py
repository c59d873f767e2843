"""Webhooks that a flow sends and does not wait for: the row first, then the call (`calling`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import orjson

from wablast_box.engine.flows.acting import tasks
from wablast_box.engine.flows.acting.calling import sealed_for
from wablast_box.engine.flows.keeping import addresses
from wablast_box.engine.flows.keeping.secrets import as_written, open_request
from wablast_box.engine.flows.models import CallState, FlowCall
from wablast_box.engine.flows.node.writing import Written
from wablast_box.engine.settings import secrets
from wablast_box.lib import ids, outbound
from wablast_box.lib.claims import is_due
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction

KEPT = timedelta(days=3)


def queue_call(url: Written | str, headers: Mapping[str, Written | str], body: Written | str) -> None:
    """Have a webhook sent soon; in the caller's transaction. Refused at once when the address is not for us.

    Secrets keep their places until it is sent.
    """
    outbound.checked_url(open_request(url, headers, body).url)
    number, parts = ids.new_id(), {name: as_written(text).as_json() for name, text in headers.items()}
    request = orjson.dumps({"url": as_written(url).as_json(), "headers": parts, "body": as_written(body).as_json()}).decode()
    sealed = secrets.seal_text(request, place=sealed_for(number))
    FlowCall.insert(
        id=number, url=as_written(url).shown(), sealed_request=sealed, state=CallState.WAITING,
        next_attempt_at=0, created_at=now(),
    ).execute()  # fmt: skip
    after_commit(tasks.send_calls)


def send_waiting() -> None:
    """What no bell announced."""
    if is_due(FlowCall, pending=CallState.WAITING, working=CallState.SENDING):
        tasks.send_calls()


def prune_calls() -> None:
    """Forget those that are over."""
    with transaction():
        over = FlowCall.state.in_([CallState.DONE, CallState.FAILED])
        FlowCall.delete().where(over, FlowCall.created_at < now() - KEPT).execute()
    addresses.prune()
