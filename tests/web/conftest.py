"""A box with its edge, and everybody who may stand in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.oidc import Google, google
from tests.people import add_person
from tests.web.browser import Browser
from wablast_box.config import BootConfig
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.api_keys import create_api_key
from wablast_box.engine.team.google import client as google_client
from wablast_box.engine.team.google import config as google_config
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role
from wablast_box.web import bridge
from wablast_box.web.app import Edge, create_edge

Client = Callable[[Role | None], Browser]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@pytest.fixture
def config(box: Path) -> BootConfig:
    # Port 9 is closed: whoever calls Meta hears so at once.
    return BootConfig(data_dir=box, bind="127.0.0.1:8422", graph_url="http://127.0.0.1:9")


@pytest.fixture
def edge(config: BootConfig, runner: asyncio.Runner) -> Iterator[Edge]:
    async def build() -> Edge:
        return create_edge(config, on_webhook_stored=lambda: None)

    forget_remembered()
    yield runner.run(build())
    bridge.close_pool()


@pytest.fixture
def team(box: Path) -> dict[Role, User]:
    """Asha, Bela, Ravi and Meera."""
    return {role: add_person(role) for role in Role}


@pytest.fixture
def client(edge: Edge, runner: asyncio.Runner, team: dict[Role, User]) -> Client:
    """A browser signed in with a role, or with nobody."""

    def open_browser(role: Role | None) -> Browser:
        browser = Browser(edge, runner)
        return browser if role is None else browser.is_given_session(team[role])

    return open_browser


@pytest.fixture
def asha(client: Client) -> Browser:
    return client(Role.OWNER)


@pytest.fixture
def bela(client: Client) -> Browser:
    return client(Role.ADMIN)


@pytest.fixture
def ravi(client: Client) -> Browser:
    return client(Role.AGENT)


@pytest.fixture
def meera(client: Client) -> Browser:
    return client(Role.ANALYST)


@pytest.fixture
def nobody(client: Client) -> Browser:
    return client(None)


@pytest.fixture
def machine(nobody: Browser) -> Browser:
    """A program with a key of the highest role."""
    _, nobody.key = create_api_key("till", Role.OWNER, by=SYSTEM)
    return nobody


@pytest.fixture
def pretend() -> Iterator[Google]:
    """A Google of our own, and a box that asks it."""
    with google() as running:
        google_config.use_google_url(running.url)
        google_client.forget_keys()
        yield running
    google_config.use_google_url(google_config.GOOGLE_URL)
