"""Sign in, sign out, and type the password again for what is dangerous."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.engine.events.publish import publish
from wablast_box.engine.team import passwords, throttle
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.events import UserRefused, UserSignedIn
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.sessions import end_session, open_session
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request came from."""

    address: str | None = None
    agent: str | None = None


def sign_in(email: str, password: str, *, visitor: Visitor) -> tuple[str, Actor]:
    """A new session token and its actor; Denied with the same words and the same work whether or not the account exists."""
    account = normal_email(email)
    guess = throttle.begin_guess(address=visitor.address, account=account)
    user: User | None = User.get_or_none(User.email == account)
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at is not None:
        _note_refused(user, visitor)
        raise Denied(
            "E-mail or password is wrong.",
            code="wrong_sign_in",
            help="Check both; somebody who runs this box can give you a new password link.",
        )
    throttle.forgive(guess)
    _rehash_if_old(user, password)
    return welcome(user, visitor=visitor)


def welcome(user: User, *, visitor: Visitor) -> tuple[str, Actor]:
    """Sign in somebody who has just proved who they are."""
    with transaction():
        token, actor = open_session(user, address=visitor.address, agent=visitor.agent)
        publish(UserSignedIn(user.id, visitor.address), actor=actor.ref)
    return token, actor


def sign_out(actor: Actor) -> None:
    """End the session that `actor` came with."""
    if actor.session_id is not None:
        end_session(actor.session_id, by=actor)


def confirm(actor: Actor, password: str, *, visitor: Visitor) -> None:
    """Type the password again: dangerous actions are open for ten minutes."""
    check_own_password(actor, password, visitor=visitor)
    with transaction():
        LoginSession.update(confirmed_at=now()).where(LoginSession.id == actor.session_id).execute()


def check_own_password(actor: Actor, password: str, *, visitor: Visitor) -> User:
    """The user behind `actor` if this is their password; wrong ones count like at the door."""
    user: User = User.get_by_id(actor.id)
    guess = throttle.begin_guess(address=visitor.address, account=user.email)
    if not passwords.matches(user.password_hash, password):
        _note_refused(user, visitor)
        raise Denied("This is not your password.", code="wrong_password", help="Type the password you signed in with.")
    throttle.forgive(guess)
    return user


def normal_email(email: str) -> str:
    """How an e-mail is kept and compared."""
    return email.strip().lower()


def _note_refused(user: User | None, visitor: Visitor) -> None:
    with transaction():
        publish(UserRefused(user.id if user else None, visitor.address))


def _rehash_if_old(user: User, password: str) -> None:
    if user.password_hash and passwords.needs_rehash(user.password_hash):
        renewed = passwords.hash_password(password)
        with transaction():
            User.update(password_hash=renewed).where(User.id == user.id, User.password_hash == user.password_hash).execute()
