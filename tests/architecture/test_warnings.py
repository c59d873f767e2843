"""Warnings of pytest's are heard, but for the one that only another project can mend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOISY = """
import pytest

class TestTheirs:
    @pytest.fixture(scope="session")
    def {name}(self):
        return None

    def test_it(self, {name}):
        assert True
"""


def run(folder: Path, name: str) -> str:
    (folder / "test_noisy.py").write_text(NOISY.format(name=name))
    words = ["-p", "no:cacheprovider", "-p", "no:playwright", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), str(folder)]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True, timeout=60, check=False, cwd=folder)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    return done.stdout


def test_the_fixture_of_pytest_playwright_is_not_complained_about_and_any_other_is(tmp_path: Path) -> None:
    theirs = run(tmp_path, "base_url")
    ours = run(tmp_path, "our_own")

    assert "warning" not in theirs
    assert "instance methods are deprecated" in ours
