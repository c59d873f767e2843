"""A push service that is listed as reachable, and people whose browsers are registered with it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.notifications import push_service
from tests.engine.notifications.mail_servers import make_certificate
from tests.engine.notifications.push_service import Browser, PushService, b64
from tests.people import add_person, hash_cheaply
from wablast_box.engine.notifications.push.devices import register_device
from wablast_box.engine.notifications.push.models import PushDevice
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.sessions import open_session
from wablast_box.lib import outbound

Registers = Callable[..., Browser]


@pytest.fixture
def asha(box: Path, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """The owner, signed in with a browser."""
    hash_cheaply(monkeypatch)
    return signed_in(add_person(Role.OWNER))


@pytest.fixture
def ravi(asha: Actor) -> Actor:
    """An agent, signed in with a browser."""
    return signed_in(add_person(Role.AGENT))


def signed_in(user: User, agent: str = "Mozilla/5.0 (Linux; Android 15) Chrome/140") -> Actor:
    return open_session(user, address="203.0.113.7", agent=agent)[1]


@pytest.fixture
def service(box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    certificate = make_certificate(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(outbound.wire, "_tls", lambda: context)
    with push_service.running(PushService(), certificate) as started:
        outbound.allow_addresses([f"localhost:{started.port}"])
        yield started
        outbound.allow_addresses([])


@pytest.fixture
def registers(service: PushService) -> Registers:
    """Somebody's browser is registered under a name."""

    def register(actor: Actor, name: str) -> Browser:
        browser = Browser()
        register_device(actor, endpoint=service.endpoint(name), p256dh=b64(browser.p256dh), auth=b64(browser.auth))
        return browser

    return register


def device_named(name: str) -> PushDevice | None:
    found: PushDevice | None = PushDevice.get_or_none(PushDevice.endpoint.endswith(f"/push/{name}"))
    return found
