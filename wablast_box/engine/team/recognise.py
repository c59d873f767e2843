"""Who is behind a cookie or a key. Remembered for a second at most, and forgotten at once when a session ends here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN

from wablast_box.engine.team.actors import Actor, Grants, machine, person
from wablast_box.engine.team.models import ApiKey, CustomRole, LoginSession, User
from wablast_box.engine.team.roles import ALWAYS, Scope
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.crypto import token_hash
from wablast_box.lib.db import is_refusing, transaction
from wablast_box.lib.errors import Unavailable

IDLE = timedelta(hours=12)
KEY_PREFIX = "wbx_"
_SEEN_EVERY = timedelta(minutes=1)
_REMEMBER_MS = 1000
_MOST_REMEMBERED = 10_000
# Whoever was to have a second factor by now gets to their own account, to set one up, and no further.
ONLY_THEIR_ACCOUNT = Grants("", ALWAYS, Scope.OWN, hides_numbers=True)
_remembered: dict[str, tuple[int, Actor]] = {}


def remembered(token: str) -> Actor | None:
    """Whom this token was recognised as a moment ago; no database is asked. None: call `recognise`."""
    kept = _remembered.get(token_hash(token))
    # A clock that was set back must not make a second last for an hour.
    return kept[1] if kept is not None and 0 <= now_ms() - kept[0] < _REMEMBER_MS else None


def recognise(token: str) -> Actor | None:
    """Who is behind a session token or an API key, or None: unknown, ended, idle for too long, revoked, disabled."""
    hashed = token_hash(token)
    actor = _machine(hashed) if token.startswith(KEY_PREFIX) else _person(hashed)
    if actor is not None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[hashed] = (now_ms(), actor)
    return actor


def forget_remembered() -> None:
    """Ask the database again: a session ended, a role changed, a key was revoked."""
    _remembered.clear()


def refresh(actors: Iterable[Actor]) -> dict[Actor, Actor]:
    """Those of `actors` who are still let in, as they are now; asked of the database. For sockets, which live long."""
    known = list(actors)
    sessions = {row.id: row for row in _live_sessions().where(LoginSession.id.in_([a.session_id for a in known if a.session_id]))}
    keys = {row.id: row for row in _live_keys().where(ApiKey.id.in_([a.id for a in known if a.kind == "api_key"]))}
    found: dict[Actor, Actor] = {}
    for actor in known:
        if actor.kind == "user" and actor.session_id in sessions:
            found[actor] = _as_person(sessions[actor.session_id])
        elif actor.kind == "api_key" and actor.id in keys:
            found[actor] = machine(keys[actor.id])
    return found


def _person(hashed: str) -> Actor | None:
    session = _live_sessions().where(LoginSession.token_hash == hashed).first()
    if session is None:
        return None
    moment = now()
    if moment - session.last_seen_at >= _SEEN_EVERY:
        _note_seen(session, moment)
    return _as_person(session)


def _machine(hashed: str) -> Actor | None:
    key = _live_keys().where(ApiKey.key_hash == hashed).first()
    if key is None:
        return None
    moment = now()
    if key.last_used_at is None or moment - key.last_used_at >= _SEEN_EVERY:
        _note(lambda: ApiKey.update(last_used_at=moment).where(ApiKey.id == key.id).execute())
    return machine(key)


def _live_sessions() -> Any:
    moment = now()
    return (
        LoginSession.select(LoginSession, User, CustomRole)
        .join(User)
        .join(CustomRole, JOIN.LEFT_OUTER, on=(User.custom_role == CustomRole.id))
        .where(LoginSession.ended_at.is_null(), LoginSession.expires_at > moment, LoginSession.last_seen_at > moment - IDLE)
        .where(User.disabled_at.is_null())
    )


def _live_keys() -> Any:
    joined = ApiKey.select(ApiKey, CustomRole).join(CustomRole, JOIN.LEFT_OUTER, on=(ApiKey.custom_role == CustomRole.id))
    return joined.where(ApiKey.revoked_at.is_null())


def _as_person(session: LoginSession) -> Actor:
    found = person(session.user, session.id)
    due_at = session.user.second_factor_due_at
    return replace(found, grants=ONLY_THEIR_ACCOUNT) if due_at is not None and due_at <= now() else found


def _note_seen(session: LoginSession, moment: datetime) -> None:
    def both() -> None:
        LoginSession.update(last_seen_at=moment).where(LoginSession.id == session.id).execute()
        User.update(last_seen_at=moment).where(User.id == session.user.id).execute()

    _note(both)


def _note(write: Callable[[], Any]) -> None:
    """Write down that somebody was here. A full disk or a locked database must not keep anybody from reading."""
    if is_refusing():
        return
    with suppress(Unavailable), transaction():
        write()
