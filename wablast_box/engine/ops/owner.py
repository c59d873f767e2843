"""The owner by command: made on the first run, changed by a later one, the rest is kept."""

from __future__ import annotations

from wablast_box.engine.team import users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Conflict, Invalid


def set_owner(*, email: str | None, password: str | None, name: str | None = None) -> User | None:
    """Make or change the owner; None when nothing was given. Conflict when it is not clear who is meant."""
    if not (email or password or name):
        return None
    owners = _owners()
    if not owners:
        return _first_owner(email, password, name)
    owner = _meant(owners, email)
    if email:
        users.change_email(owner.id, email, by=SYSTEM)
    if name:
        users.change_user(owner.id, by=SYSTEM, name=name)
    if password:
        users.set_password(User.get_by_id(owner.id), password, by=SYSTEM)
    return User.get_by_id(owner.id)


def _first_owner(email: str | None, password: str | None, name: str | None) -> User:
    if not email:
        raise Invalid("The box has no owner yet: say who it is.", help="Give --owner-email E.", field="owner-email")
    if not password:
        raise Invalid(
            "The first owner needs a password.",
            help="Give --owner-password-stdin and the password on standard input.",
            field="owner-password",
        )
    return users.create_owner(name=name or _name_of(email), email=email, password=password)


def _meant(owners: list[User], email: str | None) -> User:
    same = [owner for owner in owners if email and owner.email == email.strip().lower()]
    if same:
        return same[0]
    if len(owners) == 1:
        return owners[0]
    raise Conflict("This box has several owners.", help="Name one of them with --owner-email; change the others in the product.")


def _owners() -> list[User]:
    return list(User.select().where(User.role == Role.OWNER, User.disabled_at.is_null()).order_by(User.id))


def _name_of(email: str) -> str:
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").split()
    return " ".join(word.capitalize() for word in words) or "Owner"
