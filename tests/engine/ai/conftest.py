"""Asha, who owns the shop and pays for the models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.models import ModelServer
from tests.people import actor_for, add_person
from wablast_box.engine.ai import ask, providers
from wablast_box.engine.ai.models import AiProvider
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role

Added = Callable[..., AiProvider]
KEY = "sk-test-0123456789abcdef"


@pytest.fixture
def asha(box: Path) -> Actor:
    ask._without.clear()
    return actor_for(add_person(Role.OWNER))


@pytest.fixture
def added(asha: Actor) -> Added:
    """Add the model of a server on this machine, which Asha says is hers."""

    def add(server: ModelServer, /, **given: Any) -> AiProvider:
        values = {
            "name": "Mine", "kind": "openai_compatible", "base_url": server.base_url, "model": "llama3.2:3b", "key": KEY,
            "allows_private": True,
        }  # fmt: skip
        return providers.add_provider({**values, **given}, by=asha)

    return add
