"""Addresses at which another system lets one session go on: unguessable, called once, and over with the session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.keeping import sessions
from wablast_box.engine.flows.models import FlowAddress
from wablast_box.engine.notifications.links import base_url
from wablast_box.lib import crypto, ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict

PATH = "/hooks/flows/"
MOST_OF_A_SESSION = 20
KEPT = timedelta(days=30)


def make(conversation_id: int, days: float) -> str:
    """A new address for what is played in a conversation; in the step's transaction. Only its hash is kept."""
    session, moment, token = _session_id(conversation_id), now(), crypto.new_token()
    if FlowAddress.select().where(FlowAddress.session == session).count() >= MOST_OF_A_SESSION:
        raise Conflict(f"A flow makes at most {MOST_OF_A_SESSION} addresses for one customer.", code="too_many_addresses")
    FlowAddress.insert(
        id=ids.new_id(), token_hash=crypto.token_hash(token), session=session, expires_at=moment + timedelta(days=days), created_at=moment
    ).execute()
    return base_url() + PATH + token


def called_with(conversation_id: int, url: str) -> Any:
    """What this session's address was called with; None as long as it was not."""
    row = _row(conversation_id, url)
    return None if row is None or row.called_at is None else ({} if row.body_json is None else row.body_json)


def close(conversation_id: int, url: str) -> None:
    """It is too late to call it."""
    row = _row(conversation_id, url)
    if row is not None and row.called_at is None:
        FlowAddress.update(expires_at=now()).where(FlowAddress.id == row.id).execute()


def prune() -> None:
    """Forget addresses that nobody can call any more."""
    with transaction():
        FlowAddress.delete().where(FlowAddress.expires_at < now() - KEPT).execute()


def _row(conversation_id: int, url: str) -> FlowAddress | None:
    token = url.rpartition("/")[2]
    return FlowAddress.get_or_none(
        (FlowAddress.token_hash == crypto.token_hash(token)) & (FlowAddress.session == _session_id(conversation_id))
    )


def _session_id(conversation_id: int) -> int:
    session = sessions.active_session(conversation_id)
    if session is None:
        raise Conflict("Nothing is played in this conversation.", code="session_over")
    return int(session.id)
