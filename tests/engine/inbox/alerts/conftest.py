"""Two people with a registered phone each, and a way to let the moment pass after which pushes are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.notifications.conftest import *  # noqa: F403 - the same push service and people
from tests.engine.notifications.conftest import Registers
from tests.engine.notifications.push_service import PushService
from wablast_box.engine.inbox.alerts.tell import tell_news
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import clock
from wablast_box.lib.clock import now

Told = Callable[[str], list[Any]]


@pytest.fixture
def told(asha: Actor, ravi: Actor, service: PushService, registers: Registers) -> Told:
    """What the phone of "asha" or "ravi" has been told, after the moment that pushes wait."""
    phones = {"asha": registers(asha, "asha"), "ravi": registers(ravi, "ravi")}

    def look(name: str) -> list[Any]:
        with clock.frozen_at(now() + timedelta(seconds=3)):
            tell_news()
        return service.opened(name, phones[name])

    return look
