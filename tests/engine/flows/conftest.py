"""Asha's shop, in which flows are drawn and talked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.flows.talk import Shop


@pytest.fixture
def shop(box: Path) -> Shop:
    return Shop()
