"""Who is at the desk: Asha, and Ravi where the test asks for him."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people import actor_for, add_person
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role


@pytest.fixture
def asha(box: Path) -> Actor:
    return actor_for(add_person(Role.OWNER))


@pytest.fixture
def ravi(asha: Actor) -> Actor:
    return actor_for(add_person(Role.AGENT))
