"""One's own second factors: adding the first brings recovery codes, removing the last is refused where one is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wablast_box.engine.team import throttle
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.entry import steps
from wablast_box.engine.team.entry.identities import identity_of
from wablast_box.engine.team.mfa import due, factors, passkeys, recovery, totp
from wablast_box.engine.team.mfa.models import Passkey, RecoveryCode, Totp
from wablast_box.engine.team.mfa.passkeys import Site
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.sessions import end_sessions_of
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Security:
    """How somebody signs in, and whether that is enough."""

    has_password: bool
    totp_since: datetime | None
    passkeys: list[Passkey]
    recovery_codes_left: int
    is_needed: bool
    due_at: datetime | None
    google_email: str | None


def security_of(actor: Actor) -> Security:
    """Everything the account page shows of it."""
    user = User.get_by_id(actor.id)
    app = Totp.get_or_none(Totp.user == user.id, Totp.confirmed_at.is_null(False))
    linked = identity_of(user.id)
    return Security(
        has_password=user.password_hash is not None,
        totp_since=app.confirmed_at if app else None,
        passkeys=passkeys.list_passkeys(user.id),
        recovery_codes_left=recovery.codes_left(user.id),
        is_needed=due.is_needed(user),
        due_at=user.second_factor_due_at,
        google_email=linked.email if linked else None,
    )


def confirm_totp(actor: Actor, code: str, *, address: str | None) -> list[str] | None:
    """The app's first code; recovery codes when this is the first factor. Wrong ones count like wrong passwords."""
    user = User.get_by_id(actor.id)
    guess = throttle.begin_guess(address=address, account=user.email)
    with transaction():
        is_first = not factors.has_factor(user.id)
        totp.confirm_totp(actor, code)
        codes = _after_adding(actor, is_first=is_first)
    throttle.forgive(guess)
    return codes


def begin_passkey(actor: Actor, site: Site) -> Json:
    """The challenge for a new passkey."""
    made = passkeys.registration_options(actor, site)
    steps.begin(steps.ADD_PASSKEY, session_id=actor.session_id, detail={"challenge": made.challenge})
    return made.options


def add_passkey(actor: Actor, name: str, credential: Json, *, site: Site) -> tuple[Passkey, list[str] | None]:
    """Keep a new passkey; recovery codes when it is the first factor."""
    step = steps.of_session(actor.session_id, steps.ADD_PASSKEY)
    with transaction():
        is_first = not factors.has_factor(actor.id or 0)
        row = passkeys.add_passkey(actor, name, credential, challenge=step.detail_json["challenge"], site=site)
        steps.use_up(step)
        return row, _after_adding(actor, is_first=is_first)


def remove_totp(actor: Actor) -> None:
    """Forget the authenticator app."""
    with transaction():
        totp.remove_totp(actor)
        _after_removing(actor)


def remove_passkey(actor: Actor, passkey_id: int) -> None:
    """Forget a passkey."""
    with transaction():
        passkeys.remove_passkey(actor, passkey_id)
        _after_removing(actor)


def new_codes(actor: Actor) -> list[str]:
    """Ten new recovery codes."""
    if not factors.has_factor(actor.id or 0):
        raise Conflict("Recovery codes stand in for a second factor, and you have none.", help="Add one first.")
    return recovery.make_codes(actor)


def _after_adding(actor: Actor, *, is_first: bool) -> list[str] | None:
    LoginSession.update(second_factor_at=now()).where(LoginSession.id == actor.session_id).execute()
    due.look_at(User.get_by_id(actor.id))
    return recovery.make_codes(actor) if is_first else None


def _after_removing(actor: Actor) -> None:
    """Whoever else sits somewhere as this person proved what no longer counts."""
    user = User.get_by_id(actor.id)
    if not factors.has_factor(user.id):
        if due.is_needed(user):
            raise Conflict("Your role needs a second factor.", code="second_factor_needed", help="Add another one first.")
        RecoveryCode.delete().where(RecoveryCode.user == user.id).execute()
    end_sessions_of(user.id, by=actor, why="a second factor was removed", keep=actor.session_id)
