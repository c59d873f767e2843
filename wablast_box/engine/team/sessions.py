"""Signed-in browsers. The cookie is 256 random bits, of which only the hash is kept; ending a session ends its sockets too."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.events import UserSignedOut
from wablast_box.engine.team.models import LoginSession, SocketTicket, User
from wablast_box.engine.team.recognise import IDLE, forget_remembered
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Denied, NotFound
from wablast_box.lib.ids import new_id

LIFE = timedelta(days=30)
# How long a typed password opens what is dangerous: people, roles, keys.
FRESH = timedelta(minutes=10)
_AGENT_LENGTH = 200


def open_session(user: User, *, address: str | None, agent: str | None, with_second_factor: bool = False) -> tuple[str, Actor]:
    """Sign a browser in: its new token, and who it is from now on."""
    token, moment = new_token(), now()
    session_id = new_id()
    with transaction():
        LoginSession.insert(
            id=session_id, token_hash=token_hash(token), user=user.id, created_at=moment, last_seen_at=moment,
            expires_at=moment + LIFE, confirmed_at=moment, address=address, agent=(agent or "")[:_AGENT_LENGTH] or None,
            second_factor_at=moment if with_second_factor else None,
        ).execute()  # fmt: skip
        User.update(last_seen_at=moment).where(User.id == user.id).execute()
    return token, person(user, session_id)


def end_session(session_id: int, *, by: Actor, why: str = "signed out") -> None:
    """End one session of `by`; NotFound when it is not theirs."""
    mine = LoginSession.select().where(LoginSession.id == session_id, LoginSession.user == by.id, LoginSession.ended_at.is_null())
    if by.kind != "user" or mine.first() is None:
        raise NotFound("There is no such sign-in.")
    _end([session_id], user_id=by.id, by=by, why=why)


def end_sessions_of(user_id: int, *, by: Actor, why: str, keep: int | None = None, only: int | None = None) -> int:
    """End every session of a user, except `keep`, or `only` one; how many."""
    open_ones = LoginSession.select(LoginSession.id).where(LoginSession.user == user_id, LoginSession.ended_at.is_null())
    ending = [row.id for row in open_ones if row.id != keep and only in (None, row.id)]
    _end(ending, user_id=user_id, by=by, why=why)
    return len(ending)


def set_fresh(actor: Actor) -> None:
    """Who sits here was confirmed a moment ago: what is dangerous is open for ten minutes."""
    with transaction():
        LoginSession.update(confirmed_at=now()).where(LoginSession.id == actor.session_id).execute()
        record("session.confirmed", by=actor)


def list_sessions(by: Actor) -> list[LoginSession]:
    """Where `by` is signed in, latest first."""
    return sessions_of(by.id or 0)


def sessions_of(user_id: int) -> list[LoginSession]:
    """Where a user is signed in, latest first."""
    moment = now()
    return list(
        LoginSession.select()
        .where(LoginSession.user == user_id, LoginSession.ended_at.is_null())
        .where(LoginSession.expires_at > moment, LoginSession.last_seen_at > moment - IDLE)
        .order_by(LoginSession.id.desc())
        .limit(200)
    )


def require_fresh(actor: Actor) -> None:
    """Denied with `confirm_needed` unless this person typed their password in the last ten minutes."""
    if actor.kind == "system":
        return
    session = LoginSession.get_or_none(LoginSession.id == actor.session_id)
    if session is None or now() - session.confirmed_at > FRESH:
        raise Denied(
            "Confirm that it is you: this wants a password typed in the last ten minutes.",
            code="confirm_needed",
            help="Type your password again, or sign out and in, then repeat what you did.",
        )


def _name_of(user_id: int) -> str | None:
    user = User.get_or_none(User.id == user_id)
    return user.name if user else None


def _end(session_ids: list[int], *, user_id: int | None, by: Actor, why: str) -> None:
    if not session_ids or user_id is None:
        return
    with transaction():
        LoginSession.update(ended_at=now()).where(LoginSession.id.in_(session_ids)).execute()
        SocketTicket.delete().where(SocketTicket.session.in_(session_ids)).execute()
        publish_all([UserSignedOut(user_id, why) for _ in session_ids], actor=by.ref)
        record(
            "session.ended",
            by=by,
            subject=f"user:{user_id}",
            subject_name=_name_of(user_id),
            detail={"why": why, "count": len(session_ids)},
        )
        after_commit(forget_remembered)
        # The socket gateway hears this and closes the windows of these sessions.
        tell([News((f"session:{session_id}",), "session.ended", {"session_id": str(session_id)}) for session_id in session_ids])
