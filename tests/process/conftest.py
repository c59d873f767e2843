"""Start the real command and talk to it as anybody outside would."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
APP_SECRET = "process-app-secret-0123456789abcdef"
PASSWORD = "marigold on the 7th stair"
UP_WITHIN_S = 30.0


def command(*words: str, given: str | None = None, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "wablast_box", *words],
        cwd=ROOT, env={**clean_environment(), **(environment or {})}, input=given, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WABLAST_BOX_") and not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": str(ROOT)}


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    """A started box: what it prints, and its address once it has said it."""

    process: subprocess.Popen[str]
    data: Path
    printed: list[str] = field(default_factory=list)
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def says(self, pattern: str, within_s: float = UP_WITHIN_S) -> re.Match[str]:
        """The first line that fits."""
        deadline = time.monotonic() + within_s
        for line in self.printed:
            if found := re.search(pattern, line):
                return found
        while (left := deadline - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                break
            self.printed.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"never said {pattern!r}; said {self.printed}, exit code {self.process.poll()}")

    @property
    def address(self) -> str:
        return self.says(r"is running at (http://\S+)").group(1)

    def waits_until_it_runs(self) -> None:
        """Before that a command is no command beside a running box: it may take the folder first, and the box does not start."""
        _ = self.address

    def get(self, path: str, **headers: str) -> Answer:
        return fetch(self.address + path, headers=headers)

    def api(self, path: str, key: str) -> Any:
        answer = self.get(f"/api/v1{path}", Authorization=f"Bearer {key}")
        assert answer.status == 200, answer.body
        return answer.json()

    def key(self, role: str = "OWNER") -> str:
        self.waits_until_it_runs()
        made = command("api-key", "create", "--data", str(self.data), "--name", "test", "--role", role)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def meta_posts(self, body: bytes, secret: str = APP_SECRET) -> Answer:
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return fetch(self.address + "/hooks/meta", body, {"X-Hub-Signature-256": signature, "Content-Type": "application/json"})

    def stops(self, by: int = signal.SIGTERM, within_s: float = 10.0) -> float:
        """Send a signal and wait; how long it took."""
        began = time.monotonic()
        self.process.send_signal(by)
        self.process.wait(within_s)
        return time.monotonic() - began


def fetch(url: str, body: bytes | None = None, headers: dict[str, str] | None = None, timeout: float = 20.0) -> Answer:
    request = urllib.request.Request(url, data=body, headers=headers or {})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=timeout) as answer:
            return Answer(answer.status, answer.read(), dict(answer.headers))
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, refused.read(), dict(refused.headers))


def inbound(text: str, number: int = 1, sender: str = "919845012345") -> bytes:
    """A webhook with one message of Kabir's."""
    message = {"from": sender, "id": f"wamid.process.{number}", "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "918047182200", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": "Kabir"}, "wa_id": sender}],
        "messages": [message],
    }
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}).encode()


def until(ask: Callable[[], Any], within_s: float = 15.0) -> Any:
    """The first answer that is not nothing."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if found := ask():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def prepare(data: Path) -> None:
    """Owner and number by flags, not asked of Meta."""
    done = command(
        "setup", "--data", str(data), "--business", "Asha Textiles", "--owner-email", "asha@example.com", "--owner-password-stdin",
        "--phone-number-id", "106540352242922", "--waba-id", "102290129340398", "--access-token", "EAAprocess0123456789",
        "--app-secret", APP_SECRET, "--verify-token", "process-verify", "--no-check", given=PASSWORD + "\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `wablast-box VERB …` in a process group of its own; whatever still runs afterwards is killed."""
    started: list[Running] = []

    def run(verb: str = "serve", *words: str, data: Path | None = None, environment: dict[str, str] | None = None) -> Running:
        folder = data or tmp_path / "data"
        where = ("--bind", "127.0.0.1:0") if verb == "serve" else ("--port", "0", "--no-browser")
        process = subprocess.Popen(
            [sys.executable, "-m", "wablast_box", verb, "--data", str(folder), *where, *words],
            cwd=ROOT, env={**clean_environment(), "WABLAST_BOX_GRAPH_URL": "http://127.0.0.1:9", **(environment or {})},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        started.append(Running(process, folder))
        return started[-1]

    yield run
    for running in started:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait(10)
