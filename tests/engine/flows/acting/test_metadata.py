"""The machine's own credentials, which a cloud hands to whoever asks from the machine: no flow gets them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

THERE = "ip link set lo up && ip addr add 169.254.169.254/32 dev lo && exec \"$@\""
STORY = Path(__file__).with_name("in_a_cloud.py")


@pytest.mark.feature("FN-42")
def test_the_metadata_of_a_cloud_stays_unread_although_it_answers() -> None:
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("a network of its own needs root, unshare and ip")
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(STORY)]
    surroundings = {name: value for name, value in os.environ.items() if name != "WABLAST_BOX_TEST_DATABASE_URL"}

    done = subprocess.run(["unshare", "-n", "sh", "-c", THERE, "sh", *run], capture_output=True, text=True, timeout=120, env=surroundings)

    assert done.returncode == 0, done.stdout + done.stderr
