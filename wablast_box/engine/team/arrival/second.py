"""The second half of a sign-in, and signing in with nothing but a passkey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.engine.team import throttle
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.entry import steps
from wablast_box.engine.team.login import Visitor, note_refused, welcome
from wablast_box.engine.team.mfa import factors, passkeys, recovery, totp
from wablast_box.engine.team.mfa.passkeys import Site
from wablast_box.engine.team.models import User
from wablast_box.engine.team.sessions import set_fresh
from wablast_box.lib.errors import Denied

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """One of the three."""

    code: str | None = None
    recovery_code: str | None = None
    passkey: Json | None = None


def methods_for(token: str | None) -> tuple[str, ...]:
    """How the half-signed-in browser behind this cookie can go on; empty when it is not half-way."""
    step = steps.peek(token, steps.SECOND_FACTOR)
    return factors.methods_of(step.user_id) if step is not None else ()


def passkey_options(token: str | None, site: Site) -> Json:
    """The challenge for the second factor by passkey."""
    step = steps.find(token, steps.SECOND_FACTOR)
    made = passkeys.assertion_options(site, step.user_id)
    steps.remember(step, {"challenge": made.challenge})
    return made.options


def finish(token: str | None, proof: Proof, *, visitor: Visitor, site: Site | None) -> tuple[str, Actor]:
    """The session, when the second factor is right. Wrong ones count like wrong passwords, and five end the step."""
    step = steps.find(token, steps.SECOND_FACTOR)
    user: User = User.get_by_id(step.user_id)
    guess = throttle.begin_guess(address=visitor.address, account=user.email)
    steps.count_try(step)
    if user.disabled_at is not None or not _is_right(user, step, proof, site):
        note_refused(user, visitor, why="second factor")
        raise Denied("This is not right.", code="wrong_code", help="Type the newest code of the app; each works once.", field="code")
    steps.use_up(step)
    throttle.forgive(guess)
    return welcome(user, visitor=visitor, how=_how(proof), with_second_factor=True)


def begin_passkey_entry(site: Site) -> tuple[str, Json]:
    """A cookie and a challenge for whoever comes with a passkey alone."""
    made = passkeys.assertion_options(site)
    return steps.begin(steps.PASSKEY, detail={"challenge": made.challenge}), made.options


def enter_by_passkey(token: str | None, credential: Json, *, visitor: Visitor, site: Site) -> tuple[str, Actor]:
    """Sign in whose passkey it is: something they have, unlocked by something they are or know."""
    step = steps.find(token, steps.PASSKEY)
    guess = throttle.begin_guess(address=visitor.address)
    steps.use_up(step)
    try:
        user = passkeys.prove(credential, challenge=step.detail_json["challenge"], site=site)
    except Denied:
        note_refused(None, visitor, why="passkey")
        raise
    throttle.forgive(guess)
    return welcome(user, visitor=visitor, how="passkey", with_second_factor=True)


def begin_confirmation(actor: Actor, site: Site) -> Json:
    """A challenge to confirm by passkey who sits here."""
    made = passkeys.assertion_options(site, actor.id)
    steps.begin(steps.CONFIRM_PASSKEY, session_id=actor.session_id, detail={"challenge": made.challenge})
    return made.options


def confirm_by_passkey(actor: Actor, credential: Json, *, visitor: Visitor, site: Site) -> None:
    """As good as the password typed again."""
    step = steps.of_session(actor.session_id, steps.CONFIRM_PASSKEY)
    user = User.get_by_id(actor.id)
    guess = throttle.begin_guess(address=visitor.address, account=user.email)
    steps.use_up(step)
    passkeys.prove(credential, challenge=step.detail_json["challenge"], site=site, user_id=user.id)
    throttle.forgive(guess)
    set_fresh(actor)


def _is_right(user: User, step: Any, proof: Proof, site: Site | None) -> bool:
    if proof.code is not None:
        return totp.is_right(user.id, proof.code)
    if proof.recovery_code is not None:
        return recovery.use_code(user, proof.recovery_code)
    challenge = (step.detail_json or {}).get("challenge")
    if proof.passkey is None or site is None or challenge is None:
        return False
    try:
        passkeys.prove(proof.passkey, challenge=challenge, site=site, user_id=user.id)
    except Denied:
        return False
    return True


def _how(proof: Proof) -> str:
    if proof.code is not None:
        return "authenticator app"
    return "recovery code" if proof.recovery_code is not None else "password and passkey"
