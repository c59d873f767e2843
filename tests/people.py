"""The people of every story: Asha owns the shop, Bela runs it with her, Ravi answers the inbox, Meera reads the numbers."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from wablast_box.engine.team import passwords, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role

PASSWORD = "marigold on the 7th stair"
NAMES = {Role.OWNER: "Asha", Role.ADMIN: "Bela", Role.AGENT: "Ravi", Role.ANALYST: "Meera"}


def hash_cheaply(patch: pytest.MonkeyPatch) -> None:
    """A real argon2 with a hundredth of the work: tests sign in hundreds of times."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    patch.setattr(passwords, "_hasher", lambda: cheap)


def email_of(role: Role) -> str:
    return f"{NAMES[role].lower()}@example.com"


def add_person(role: Role, *, name: str | None = None, email: str | None = None, password: str | None = PASSWORD) -> User:
    """Somebody of the team who can sign in."""
    name, email = name or NAMES[role], email or email_of(role)
    if not User.select().exists():
        assert role is Role.OWNER and password is not None, "the first person is the owner"
        return users.create_owner(name=name, email=email, password=password)
    user = users.add_user(name=name, email=email, role=role, by=SYSTEM)
    if password is not None:
        users.set_password(user, password, by=SYSTEM)
    return User.get_by_id(user.id)


def actor_for(user: User) -> Actor:
    """The user as an actor without a browser."""
    return Actor("user", user.id, user.name, Role(user.role))
