"""The demo as a newcomer starts it: one command, and what it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from wablast_box.app_demo_story import STORY

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
        demo = _read(process)
        _hear_the_story(demo)
        yield demo
    finally:
        process.terminate()
        process.wait(15)


def _hear_the_story(demo: Demo) -> None:
    """Wait until the last line is on the phone: what a test lets a customer say must come after it."""
    *_, (who, last) = STORY
    assert isinstance(last, dict)
    address = f"{demo.address}/simulator/control/customers/{who}/messages"
    deadline = time.monotonic() + READY_WITHIN_S
    while not any(m["content"] == {"body": last["text"]} for m in httpx.get(address, trust_env=False).raise_for_status().json()["items"]):
        assert time.monotonic() < deadline, "the demo did not tell its story"
        time.sleep(0.03)


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
