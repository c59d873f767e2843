"""Sixty seconds and one use to open a socket. A stolen cookie alone, or a stolen ticket alone, opens nothing."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.team import throttle
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import SocketTicket
from wablast_box.engine.team.recognise import recognise
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied

LIFE = timedelta(seconds=60)


def make_ticket(actor: Actor) -> str:
    """A ticket for the session that `actor` came with; Denied for machines, which use their key."""
    if actor.session_id is None:
        raise Denied("Tickets are for signed-in browsers.", help='Open the socket with auth {"token": your key}.')
    token, moment = new_token(), now()
    with transaction():
        SocketTicket.delete().where(SocketTicket.expires_at < moment).execute()
        SocketTicket.insert(token_hash=token_hash(token), session=actor.session_id, expires_at=moment + LIFE).execute()
    return token


def use_ticket(ticket: str, *, session_token: str, address: str | None) -> Actor:
    """The actor whose cookie and ticket belong together, read again from the database; Denied otherwise. The ticket is gone either way."""
    taken = _take(ticket)
    actor = recognise(session_token)
    if taken is None or actor is None or actor.session_id != taken:
        throttle.count_wrong_token(address)
        raise Denied("This socket ticket does not work.", code="signed_out", help="Fetch a new ticket and connect again.")
    return actor


def _take(ticket: str) -> int | None:
    with transaction():
        hashed = token_hash(ticket)
        row = SocketTicket.get_or_none(SocketTicket.token_hash == hashed)
        if row is None or not SocketTicket.delete().where(SocketTicket.token_hash == hashed).execute():
            return None
    return int(row.session.id) if row.expires_at > now() else None
