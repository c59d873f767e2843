"""A box with a whole team in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people import actor_for, add_person
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.login import Visitor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role

AT_HOME = Visitor(address="203.0.113.7", agent="Firefox")


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    forget_remembered()


@pytest.fixture
def team(box: Path) -> dict[Role, User]:
    """Asha, Bela, Ravi and Meera."""
    return {role: add_person(role) for role in Role}


@pytest.fixture
def actors(team: dict[Role, User]) -> dict[Role, Actor]:
    return {role: actor_for(user) for role, user in team.items()}


@pytest.fixture
def home() -> Visitor:
    return AT_HOME
