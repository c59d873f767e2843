"""The people of the business: add, change, disable. The last OWNER can never be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from peewee import JOIN, IntegrityError

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.settings import store
from wablast_box.engine.team import passwords
from wablast_box.engine.team.actors import SYSTEM, Actor, may_give, person
from wablast_box.engine.team.entry.identities import is_known_elsewhere
from wablast_box.engine.team.events import PasswordChanged, UserAdded, UserChanged
from wablast_box.engine.team.login import Visitor, check_own_password, normal_email
from wablast_box.engine.team.models import CustomRole, LoginSession, User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role, manages
from wablast_box.engine.team.sessions import end_sessions_of, sessions_of
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound
from wablast_box.lib.ids import new_id
from wablast_box.lib.locks import hold

_EMAIL = re.compile(r"[^@\s<>\"(),;:\\\x00-\x1f\x7f]{1,64}@[^@\s<>\"(),;:\\\x00-\x1f\x7f]{1,189}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def owner_exists() -> bool:
    """Is this box set up for somebody? Until then every door but the set-up is closed."""
    return User.select(User.id).where(User.role == Role.OWNER, User.disabled_at.is_null()).exists()


def create_owner(*, name: str, email: str, password: str) -> User:
    """The first OWNER; Conflict when there is a user already."""
    checked_name, checked_email = check_name(name), check_email(email)
    hashed = choose_password(password, name=checked_name, email=checked_email)
    with one_at_a_time(), transaction():
        return insert_owner(checked_name, checked_email, hashed)


def insert_owner(name: str, email: str, password_hash: str) -> User:
    """The first OWNER from checked values, in the caller's transaction and under `one_at_a_time`."""
    if User.select(User.id).exists():
        raise Conflict("This box has an owner already.", code="already_set_up", help="Sign in instead.")
    return insert_user(name, email, Role.OWNER, by=SYSTEM, password_hash=password_hash)


def add_user(*, name: str, email: str, role: Role, by: Actor, custom: CustomRole | None = None) -> User:
    """Add somebody without a password: they choose it through a password link."""
    require_may_give(by, role, custom)
    with transaction():
        return insert_user(check_name(name), check_email(email), role, by=by, custom=custom)


def change_user(
    user_id: int,
    *,
    by: Actor,
    name: str | None = None,
    role: Role | None = None,
    custom: CustomRole | None = None,
    disabled: bool | None = None,
) -> User:
    """Rename, change the role, disable or enable again. A new role and a disabled account end every sign-in of that user.

    `custom` goes with the role it is based on; a `role` without it is one of ours.
    """
    with one_at_a_time(), transaction():
        user = get_managed(user_id, by=by)
        changes = _changes(user, name=name, role=role, custom=custom, disabled=disabled)
        if not changes:
            return user
        _check_change(user, changes, custom, by=by)
        User.update(changes).where(User.id == user.id).execute()
        publish(UserChanged(user.id, tuple(sorted(changes))), actor=by.ref)
        record(_called(changes), by=by, subject=f"user:{user.id}", subject_name=user.name, fields=tuple(changes))
        if changes.keys() & {"role", "custom_role"} or changes.get("disabled_at"):
            end_sessions_of(user.id, by=by, why="the account was changed")
        after_commit(forget_remembered)
    return User.get_by_id(user.id)


def rename_self(actor: Actor, name: str) -> None:
    """Change the own name."""
    checked = check_name(name)
    with transaction():
        User.update(name=checked).where(User.id == actor.id).execute()
        publish(UserChanged(actor.id or 0, ("name",)), actor=actor.ref)
        record("user.changed", by=actor, subject=actor.ref, subject_name=checked, fields=("name",))
        after_commit(forget_remembered)


def change_email(user_id: int, email: str, *, by: Actor) -> User:
    """Give a user another e-mail to sign in with."""
    checked = check_email(email)
    with one_at_a_time(), transaction():
        user = get_managed(user_id, by=by)
        if user.email == checked:
            return user
        if find_by_email(checked) is not None:
            raise Conflict("Somebody with this e-mail is in the team already.", field="email")
        User.update(email=checked).where(User.id == user.id).execute()
        publish(UserChanged(user.id, ("email",)), actor=by.ref)
        record("user.changed", by=by, subject=f"user:{user.id}", subject_name=user.name, fields=("email",))
        after_commit(forget_remembered)
    return User.get_by_id(user.id)


def change_own_password(actor: Actor, current: str, new: str, *, visitor: Visitor) -> None:
    """Replace the own password; every other sign-in of this user ends."""
    user = check_own_password(actor, current, visitor=visitor)
    set_password(user, new, by=actor, keep=actor.session_id)


def set_password(user: User, password: str, *, by: Actor, keep: int | None = None) -> None:
    """Give a user a password and end their sign-ins, except the session `keep`."""
    store_password(user, choose_password(password, name=user.name, email=user.email), by=by, keep=keep)


def choose_password(password: str, *, name: str, email: str, business: str | None = None) -> str:
    """The hash of a password that is good enough for this person. Slow on purpose: never inside a transaction."""
    words = (name, email, email.partition("@")[0], business or str(store.get("business_name")))
    passwords.check_password(password, not_about=words)
    return passwords.hash_password(password)


def store_password(user: User, password_hash: str, *, by: Actor, keep: int | None = None) -> None:
    """Put a chosen password in force."""
    with transaction():
        User.update(password_hash=password_hash).where(User.id == user.id).execute()
        publish(PasswordChanged(user.id), actor=by.ref)
        record("password.changed", by=by, subject=f"user:{user.id}", subject_name=user.name)
        end_sessions_of(user.id, by=by, why="the password was changed", keep=keep)


def list_users(*, limit: int = 51, before: int | None = None) -> list[User]:
    """Everybody, newest first."""
    query = _everybody().order_by(User.id.desc()).limit(limit)
    return list(query if before is None else query.where(User.id < before))


def list_assignable() -> list[dict[str, str]]:
    """Id and name of everybody who can answer customers."""
    people = _everybody().where(User.disabled_at.is_null()).order_by(User.name).limit(200)
    return [{"id": str(row.id), "name": row.name} for row in people if can_answer(row)]


def can_answer(user: User) -> bool:
    """May a conversation be given to this person?"""
    return user.disabled_at is None and person(user).may("inbox.reply")


def find_by_email(email: str) -> User | None:
    """The user with this e-mail, or None."""
    return User.get_or_none(User.email == normal_email(email))


def get_managed(user_id: int, *, by: Actor) -> User:
    """A user that `by` may change; NotFound and Denied otherwise."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise NotFound("There is no such user.")
    if not manages(by.role, Role(user.role)) or not may_give(by, Role(user.role), user.custom_role):
        raise Denied(f"Only an OWNER can change a user who is {user.role}.", help="Ask an OWNER.")
    return user


def require_may_give(by: Actor, role: Role, custom: CustomRole | None) -> None:
    """Denied unless `by` may let somebody have this role."""
    if not manages(by.role, role) or not may_give(by, role, custom):
        raise Denied(f"Only an OWNER can add somebody as {custom.name if custom else role}.", help="Ask an OWNER.", field="role")


def list_sessions_of(user_id: int, *, by: Actor) -> list[LoginSession]:
    """Where somebody else is signed in."""
    return sessions_of(get_managed(user_id, by=by).id)


def end_sessions(user_id: int, *, by: Actor, only: int | None = None) -> None:
    """Sign somebody else out, everywhere or in one browser."""
    user = get_managed(user_id, by=by)
    if not end_sessions_of(user.id, by=by, why="ended by a colleague", only=only) and only is not None:
        raise NotFound("There is no such sign-in.")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two owners who demote each other in the same moment must not both succeed."""
    with hold("team", timedelta(seconds=10)):
        yield


def insert_user(
    name: str, email: str, role: Role, *, by: Actor, password_hash: str | None = None, custom: CustomRole | None = None
) -> User:
    """A new user from checked values, in the caller's transaction."""
    if find_by_email(email) is not None:
        raise Conflict("Somebody with this e-mail is in the team already.", field="email")
    user = User(id=new_id(), name=name, email=email, role=role, custom_role=custom, password_hash=password_hash, created_at=now())
    try:
        user.save(force_insert=True)
    except IntegrityError as taken:
        raise Conflict("Somebody with this e-mail is in the team already.", field="email") from taken
    publish(UserAdded(user.id, role.value), actor=by.ref)
    record("user.added", by=by, subject=f"user:{user.id}", subject_name=name, detail={"role": custom.name if custom else role.value})
    return user


def _everybody() -> Any:
    return User.select(User, CustomRole).join(CustomRole, JOIN.LEFT_OUTER)


def _changes(user: User, *, name: str | None, role: Role | None, custom: CustomRole | None, disabled: bool | None) -> dict[str, object]:
    changes: dict[str, object] = {}
    if name is not None and check_name(name) != user.name:
        changes["name"] = check_name(name)
    role = Role(custom.base) if custom else role
    if role is not None and role != user.role:
        changes["role"] = role
    if role is not None and (custom.id if custom else None) != user.custom_role_id:
        changes["custom_role"] = custom
    if disabled is not None and disabled != (user.disabled_at is not None):
        changes["disabled_at"] = now() if disabled else None
    return changes


def _check_change(user: User, changes: dict[str, object], custom: CustomRole | None, *, by: Actor) -> None:
    if changes.keys() & {"role", "custom_role"}:
        require_may_give(by, Role(str(changes.get("role", user.role))), custom)
    loses_owner = user.role == Role.OWNER and user.disabled_at is None and ("role" in changes or changes.get("disabled_at"))
    if loses_owner and not _other_owner(user.id):
        raise Conflict("This is the last OWNER.", code="last_owner", help="Make somebody else OWNER first.")
    if user.id == by.id and by.kind == "user" and changes.keys() & {"role", "custom_role", "disabled_at"}:
        raise Denied("Nobody changes their own role or disables themselves.", help="Ask another OWNER.")


def _called(changes: dict[str, object]) -> str:
    if "disabled_at" in changes:
        return "user.disabled" if changes["disabled_at"] else "user.enabled"
    return "user.changed"


def _other_owner(user_id: int) -> bool:
    owners = User.select().where(User.role == Role.OWNER, User.disabled_at.is_null(), User.id != user_id)
    return any(can_come_in(owner) for owner in owners)


def can_come_in(user: User) -> bool:
    """Could this person sign in? Somebody who has neither a password nor a Google account cannot open the box again."""
    return user.disabled_at is None and (user.password_hash is not None or is_known_elsewhere(user.id))


def check_name(name: str) -> str:
    """A name as it is kept; Invalid when it cannot be."""
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 100 or _UNSEEN.search(cleaned):
        raise Invalid("A name needs 1 to 100 characters that can be seen.", field="name")
    return cleaned


def check_email(email: str) -> str:
    """An e-mail as it is kept; Invalid when it is none."""
    cleaned = normal_email(email)
    if not _EMAIL.fullmatch(cleaned):
        raise Invalid("This is not an e-mail address.", help="For example asha@example.com.", field="email")
    return cleaned
