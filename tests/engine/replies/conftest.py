"""Asha, Bela, Ravi and Meera, and a conversation with Kabir whose window is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.outbox.sending import connect, conversation
from tests.people import actor_for, add_person
from wablast_box.engine.media import store as media
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role


@pytest.fixture
def team(box: Path) -> dict[Role, User]:
    connect()
    media.use_folder(box / "media")
    store.put("business_name", "Asha Sarees")
    return {role: add_person(role) for role in Role}


@pytest.fixture
def asha(team: dict[Role, User]) -> Actor:
    return actor_for(team[Role.OWNER])


@pytest.fixture
def ravi(team: dict[Role, User]) -> Actor:
    return actor_for(team[Role.AGENT])


@pytest.fixture
def chat(team: dict[Role, User]) -> int:
    """Kabir wrote five minutes ago."""
    return conversation()
