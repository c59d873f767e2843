"""One folder, one box."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from wablast_box.engine.ops.data_folder import hold_folder, read_holder, running_box
from wablast_box.lib.errors import Conflict, Unavailable

HOLD_AND_WAIT = "import sys, time; from pathlib import Path; from wablast_box.engine.ops.data_folder import hold_folder\n" \
    "folder = hold_folder(Path(sys.argv[1])); folder.announce('http://127.0.0.1:1'); print('held', flush=True); time.sleep(60)"


def hold_elsewhere(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD_AND_WAIT, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline().strip() == "held"
    return process


@pytest.mark.feature("OP-02")
def test_a_second_box_on_the_same_folder_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    other = hold_elsewhere(tmp_path / "data")

    with pytest.raises(Conflict) as refused:
        hold_folder(tmp_path / "data")
    other.kill()
    other.wait()

    assert f"process {other.pid}" in refused.value.message
    assert "http://127.0.0.1:1" in refused.value.message


def test_a_killed_box_leaves_no_lock_behind(tmp_path: Path) -> None:
    other = hold_elsewhere(tmp_path / "data")
    other.kill()
    other.wait()

    folder = hold_folder(tmp_path / "data")

    assert running_box(tmp_path / "data") is not None
    folder.let_go()
    assert running_box(tmp_path / "data") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX")
def test_nobody_else_on_the_machine_can_look_into_the_folder(tmp_path: Path) -> None:
    folder = hold_folder(tmp_path / "data")

    mode = stat.S_IMODE((tmp_path / "data").stat().st_mode)

    assert mode == 0o700
    folder.let_go()


def test_who_let_go_is_no_longer_named(tmp_path: Path) -> None:
    folder = hold_folder(tmp_path / "data")
    folder.announce("http://127.0.0.1:8422")
    assert read_holder(tmp_path / "data")["address"] == "http://127.0.0.1:8422"

    folder.let_go()

    assert running_box(tmp_path / "data") is None


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match="cannot be used") as refused:
        hold_folder(tmp_path / "file")

    assert "--data" in (refused.value.help or "")
