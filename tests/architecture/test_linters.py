"""Where tools decide, we do not discuss: ruff and mypy have nothing to say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .sources import ROOT


def run(*command: str) -> str:
    """What the tool complains about; empty when it is content."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_is_content() -> None:
    assert run("ruff", "check", ".") == ""


@pytest.mark.slow
def test_mypy_is_content() -> None:
    assert run("mypy") == ""
