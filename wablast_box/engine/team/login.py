"""Sign in, sign out, and type the password again for what is dangerous."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team import passwords, throttle
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.entry import steps
from wablast_box.engine.team.events import UserRefused, UserSignedIn
from wablast_box.engine.team.mfa import due, factors
from wablast_box.engine.team.models import User
from wablast_box.engine.team.sessions import end_session, open_session, set_fresh
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request came from."""

    address: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class HalfWay:
    """The password was right, and a second factor is still to come. `token` belongs into a cookie of its own."""

    token: str
    methods: tuple[str, ...]


Admission = tuple[str, Actor] | HalfWay


def sign_in(email: str, password: str, *, visitor: Visitor) -> Admission:
    """A new session token and its actor; Denied with the same words and the same work whether or not the account exists."""
    account = normal_email(email)
    guess = throttle.begin_guess(address=visitor.address, account=account)
    user: User | None = User.get_or_none(User.email == account)
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at is not None:
        note_refused(user, visitor, why="password")
        raise Denied(
            "E-mail or password is wrong.",
            code="wrong_sign_in",
            help="Check both; somebody who runs this box can give you a new password link.",
        )
    _rehash_if_old(user, password)
    found = admit(user, visitor=visitor)
    throttle.forgive(guess, keeping_account=isinstance(found, HalfWay))
    return found


def admit(user: User, *, visitor: Visitor) -> Admission:
    """Let in somebody who has proved the first factor: at once, or after the second when they have one."""
    methods = factors.methods_of(user.id)
    if not methods:
        return welcome(user, visitor=visitor)
    return HalfWay(steps.begin(steps.SECOND_FACTOR, user=user), methods)


def welcome(user: User, *, visitor: Visitor, how: str = "password", with_second_factor: bool = False) -> tuple[str, Actor]:
    """Sign in somebody who has just proved who they are."""
    with transaction():
        due.look_at(user)
        token, actor = open_session(user, address=visitor.address, agent=visitor.agent, with_second_factor=with_second_factor)
        publish(UserSignedIn(user.id, visitor.address), actor=actor.ref)
        record("session.started", by=actor, subject=actor.ref, subject_name=user.name, detail={"how": how})
    return token, actor


def sign_out(actor: Actor) -> None:
    """End the session that `actor` came with."""
    if actor.session_id is not None:
        end_session(actor.session_id, by=actor)


def confirm(actor: Actor, password: str, *, visitor: Visitor) -> None:
    """Type the password again: dangerous actions are open for ten minutes."""
    check_own_password(actor, password, visitor=visitor)
    set_fresh(actor)


def check_own_password(actor: Actor, password: str, *, visitor: Visitor) -> User:
    """The user behind `actor` if this is their password; wrong ones count like at the door."""
    user: User = User.get_by_id(actor.id)
    guess = throttle.begin_guess(address=visitor.address, account=user.email)
    if not passwords.matches(user.password_hash, password):
        note_refused(user, visitor, why="password")
        raise Denied("This is not your password.", code="wrong_password", help="Type the password you signed in with.")
    throttle.forgive(guess)
    return user


def normal_email(email: str) -> str:
    """How an e-mail is kept and compared."""
    return email.strip().lower()


def note_refused(user: User | None, visitor: Visitor, *, why: str) -> None:
    """Write down that somebody was not let in. The account is named only when it exists."""
    with transaction():
        publish(UserRefused(user.id if user else None, visitor.address))
        record(
            "session.refused",
            by=None,
            subject=f"user:{user.id}" if user else None,
            subject_name=user.name if user else None,
            result="refused",
            role=str(user.role) if user else None,
            detail={"why": why},
        )


def _rehash_if_old(user: User, password: str) -> None:
    if user.password_hash and passwords.needs_rehash(user.password_hash):
        renewed = passwords.hash_password(password)
        with transaction():
            User.update(password_hash=renewed).where(User.id == user.id, User.password_hash == user.password_hash).execute()
