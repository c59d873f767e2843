"""Plugins in a box that really runs: one that takes it down is left out next time, and without plugins it always starts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.process.conftest import Running, Start, command, prepare

pytestmark = pytest.mark.feature("AP-10")


def states(box: Running, key: str) -> dict[str, str]:
    return {one["id"]: one["state"] for one in box.api("/plugins", key)["items"]}


def test_a_box_starts_whatever_its_plugins_do(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    for name in ("fatal", "hello"):
        assert command("plugins", "new", name, "--into", str(data / "plugins")).returncode == 0
    (data / "plugins" / "fatal" / "fatal" / "__init__.py").write_text("import os\nos._exit(70)\n")

    fell = start()
    fell.process.wait(30)
    box = start()
    key = box.key()

    assert fell.process.returncode == 70
    assert states(box, key) == {"flow_watch": "loaded", "handy": "loaded", "fatal": "broken", "hello": "loaded"}
    assert {"hello.greet", "handy.gst"} <= {one["type"] for one in box.api("/flow-nodes", key)["items"]}

    box.stops()
    shutil.rmtree(data / "plugins" / "fatal")
    safe = start("serve", "--safe-mode")
    assert set(states(safe, key).values()) == {"off"}
    assert "hello.greet" not in {one["type"] for one in safe.api("/flow-nodes", key)["items"]}
    assert safe.says("Safe mode")
