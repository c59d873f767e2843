"""docs/plugins does what it says: its files are written, its commands run, and every door has its heading."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.process.conftest import ROOT, clean_environment
from wablast_box.engine.flows.acting.acts import check_act
from wablast_box.plugins import api
from wablast_box.plugins.api import PluginAPI, Step

pytestmark = pytest.mark.feature("AP-10")

PAGE = (ROOT / "docs" / "plugins" / "index.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:^`(?P<file>[\w/.]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
# What the loader asks, beside the doors.
NO_DOORS = {"added", "take_back"}


@pytest.mark.skipif(os.name != "posix", reason="the page's commands are for a shell")
def test_every_block_of_the_page_works_in_the_order_of_the_page(tmp_path: Path) -> None:
    bin_folder, data, here = tmp_path / "bin", tmp_path / "data", tmp_path / "work"
    for folder in (bin_folder, data, here):
        folder.mkdir()
    for name, words in (("python", ""), ("wablast-box", "-m wablast_box")):
        (bin_folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        (bin_folder / name).chmod(0o755)
    world = clean_environment() | {"PATH": f"{bin_folder}:{os.environ['PATH']}", "WABLAST_BOX_DATA_DIR": str(data)}

    said = ""
    for block in BLOCK.finditer(PAGE):
        if block["file"]:
            (here / block["file"]).write_text(block["text"], encoding="utf-8")
            continue
        assert block["kind"] == "sh", "a block is a file with its name above it, or commands"
        done = subprocess.run(["sh", "-ec", f"{block['text']}\npwd"], cwd=here, env=world, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        said, here = said + done.stdout, Path(done.stdout.splitlines()[-1])

    assert "7 passed" in said
    assert "hello 0.1.0 is fine: nodes hello.greet, hello.points." in said
    assert re.search(r"^hello +0\.1\.0 +folder +loaded", said, re.MULTILINE)


def test_every_door_and_every_event_stands_on_the_page() -> None:
    doors = {name for name in vars(PluginAPI) if not name.startswith("_")} - NO_DOORS

    assert doors
    assert not doors - set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE))
    assert not [event.__name__ for event in api.EVENTS if f"`{event.__name__}`" not in PAGE]


def test_what_may_be_imported_is_there() -> None:
    assert sorted(api.__all__, key=str) == sorted(set(api.__all__))
    assert not [name for name in api.__all__ if not hasattr(api, name)]
    assert not [event.__name__ for event in api.EVENTS if event.__name__ not in api.__all__]


def test_every_call_of_a_step_is_there_and_every_act_takes_what_the_page_gives_it() -> None:
    acts = re.findall(r"`step\.act\((.*?)\)`", PAGE)
    given = [eval(f"(lambda what, **given: (what, given))({words})") for words in acts if words.startswith('"')]

    assert [name for name in re.findall(r"`step\.(\w+)", PAGE) if not hasattr(Step, name) and name not in {"memory", "now", "zone"}] == []
    assert len(given) > 8
    for what, values in given:
        check_act(what, values)
