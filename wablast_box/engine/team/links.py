"""Links that work once: 72 hours to choose a first password, 30 minutes to replace a forgotten one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wablast_box.engine.audit.record import record
from wablast_box.engine.team import throttle, users
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.login import Admission, Visitor, admit
from wablast_box.engine.team.models import OneTimeLink, User
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import NotFound
from wablast_box.lib.ids import new_id

PASSWORD, SETUP = "password", "setup"
INVITE_LIFE, RESET_LIFE = timedelta(hours=72), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class NewLink:
    """The token is shown once and kept nowhere."""

    token: str
    expires_at: datetime


def make_password_link(user_id: int, *, by: Actor) -> NewLink:
    """A link for somebody to choose a password; the ones made before stop working."""
    user = users.get_managed(user_id, by=by)
    life = INVITE_LIFE if user.password_hash is None else RESET_LIFE
    with transaction():
        record("password.link_made", by=by, subject=f"user:{user.id}", subject_name=user.name)
        return make_link(PASSWORD, life=life, user=user)


def use_password_link(token: str, password: str, *, visitor: Visitor) -> Admission:
    """Choose the password and be signed in, after the second factor if there is one. A refused password leaves the link usable."""
    link = find_link(PASSWORD, token)
    user = link.user if link is not None else None
    if link is None or user is None or user.disabled_at is not None:
        throttle.count_wrong_token(visitor.address)
        raise NotFound("This link does not work: it was used, replaced, or is too old.", help="Ask for a new one.", field="token")
    hashed = users.choose_password(password, name=user.name, email=user.email)
    with transaction():
        use_up(link)
        users.store_password(user, hashed, by=person(user))
    return admit(user, visitor=visitor)


def make_link(purpose: str, *, life: timedelta, user: User | None = None) -> NewLink:
    """A new link for `purpose`; earlier ones for the same end."""
    token, moment = new_token(), now()
    with transaction():
        OneTimeLink.delete().where(OneTimeLink.purpose == purpose, OneTimeLink.user == user).execute()
        OneTimeLink.insert(
            id=new_id(), token_hash=token_hash(token), purpose=purpose, user=user, created_at=moment, expires_at=moment + life
        ).execute()
    return NewLink(token, moment + life)


def find_link(purpose: str, token: str) -> OneTimeLink | None:
    """The unused link behind a token, or None."""
    found: OneTimeLink | None = (
        OneTimeLink.select()
        .where(OneTimeLink.token_hash == token_hash(token), OneTimeLink.purpose == purpose)
        .where(OneTimeLink.used_at.is_null(), OneTimeLink.expires_at > now())
        .first()
    )
    return found


def use_up(link: OneTimeLink) -> None:
    """Mark a link as used, in the caller's transaction; NotFound when somebody else was faster."""
    taken = OneTimeLink.update(used_at=now()).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_null()).execute()
    if not taken:
        raise NotFound("This link was used a moment ago.", help="Ask for a new one.", field="token")
