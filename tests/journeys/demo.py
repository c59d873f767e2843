"""The demo as a newcomer starts it: one command, and what it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..storm.box import ROOT, free_port

READY_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Demo:
    """Where it is and how to get in."""

    address: str
    link: str
    email: str
    password: str


@contextmanager
def running_demo(folder: Path, **settings: str) -> Iterator[Demo]:
    """`wablast-box demo` until the block ends; `settings` are environment variables for it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WABLAST_BOX_")} | settings
    command = [sys.executable, "-m", "wablast_box", "demo", "--data", str(folder), "--port", str(free_port()), "--no-browser"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _read(process)
    finally:
        process.terminate()
        process.wait(15)


def _read(process: subprocess.Popen[str]) -> Demo:
    """Read what the demo prints until it has said everything; its further words are drained, so that it never blocks."""
    assert process.stdout is not None
    late = threading.Timer(READY_WITHIN_S, process.kill)
    late.start()
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    late.cancel()
    found = re.search(r"running at (\S+).*signed in: (\S+).*sign in as (\S+) with the password (\S+)", said, re.DOTALL)
    if found is None:
        raise AssertionError(f"the demo did not say how to get in: {said}")
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return Demo(*found.groups())
