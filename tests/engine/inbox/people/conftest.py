"""A box with listeners at work, the team, and the fake Meta behind its calls."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.listeners import LISTENERS
from wablast_box.engine.meta import connection
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import GraphTransport


@pytest.fixture
def people(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Role, Actor]]:
    hash_cheaply(monkeypatch)
    use_listeners(LISTENERS)
    yield {role: actor_for(add_person(role)) for role in Role}
    use_listeners({})


@pytest.fixture
def ravi(people: dict[Role, Actor]) -> Actor:
    return people[Role.AGENT]


@pytest.fixture
def asha(people: dict[Role, Actor]) -> Actor:
    return people[Role.OWNER]


@pytest.fixture
def fake(people: dict[Role, Actor], monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    """The fake Meta, with this box's number connected to it."""
    meta = FakeMeta()
    monkeypatch.setattr(connection, "GraphClient", partial(GraphClient, transport=GraphTransport(meta.graph)))
    connection.use_graph_url(meta.graph.graph_url)
    secrets.put_secret("access_token", meta.state.account.access_token)
    store.put("phone_number_id", meta.state.account.phone_number_id)
    yield meta
    connection.close_connection()
