"""Another system, and a target that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.webhooks.other_system import OtherSystem, other_system
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.webhooks.forward.models import WebhookForward
from wablast_box.engine.webhooks.forward.targets import add_target


@pytest.fixture
def other(box: Path) -> Iterator[OtherSystem]:
    with other_system() as system:
        yield system


@pytest.fixture
def target(other: OtherSystem) -> WebhookForward:
    return add_target(other.url, fields=None, secret=None, by=SYSTEM)
