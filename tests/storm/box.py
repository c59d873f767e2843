"""The box as its owner runs it: a process of its own with a data folder, killed and started again at will."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

APP_SECRET = "storm-app-secret-0123456789abcdef"
VERIFY_TOKEN = "storm-verify-token"
ACCESS_TOKEN = "storm-access-token"
PHONE_NUMBER_ID = "106500000000001"
WABA_ID = "104400000000001"
READY_WITHIN_S = 30.0
ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class BoxProcess:
    """`prepare` once, then `start`, `kill`, `stop` as often as the story wants."""

    folder: Path
    graph_url: str
    port: int = field(default_factory=free_port)
    environment: Mapping[str, str] = field(default_factory=dict)
    wrapper: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0
    _log: IO[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def prepare(self) -> None:
        """Set up by flags, as an installer does."""
        self.command(
            "setup", "--business", "Asha's Sarees", "--owner-name", "Asha", "--owner-email", "asha@example.com", "--owner-password-stdin",
            "--phone-number-id", PHONE_NUMBER_ID, "--waba-id", WABA_ID, "--access-token", ACCESS_TOKEN,
            "--app-secret", APP_SECRET, "--verify-token", VERIFY_TOKEN, "--no-check",
            given="marigold on the 7th stair\n",
        )  # fmt: skip

    def api_key(self, role: str = "ADMIN") -> str:
        """A key for programs."""
        return self.command("api-key", "create", "--name", f"storm {role}", "--role", role).strip()

    def command(self, *words: str, given: str = "", within_s: float = 60) -> str:
        """Run one command of the box on this folder; what it printed."""
        command = [sys.executable, "-m", "wablast_box", *_with_data(words, self.folder)]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), input=given, capture_output=True, text=True, check=False, timeout=within_s)
        if done.returncode:
            raise AssertionError(f"wablast-box {words[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> float:
        """Start and wait until it answers; how long that took."""
        self._log = self.log_path.open("ab")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [*self.wrapper, sys.executable, "-m", "wablast_box", "serve", "--data", str(self.folder), "--bind", f"127.0.0.1:{self.port}"],
            cwd=ROOT, env=self._environment(), stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        self._wait_ready(began)
        return time.monotonic() - began

    def kill(self) -> None:
        """kill -9 for the whole process group: no farewell, no flush."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        self._close_log()

    def stop(self, within_s: float = 10.0) -> float:
        """SIGTERM; how long the farewell took. Fails when it takes longer than promised or ends with an error."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the box did not stop within {within_s} s; {self.log_tail()}") from None
        self._close_log()
        assert code in (0, -signal.SIGTERM), f"the box ended with {code}; {self.log_tail()}"
        return time.monotonic() - began

    def end(self) -> None:
        """Whatever happened: nothing of it runs on."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        self._close_log()

    def log_tail(self, size: int = 4000) -> str:
        return self.log_path.read_text(errors="replace")[-size:] if self.log_path.exists() else "no log"

    def _wait_ready(self, began: float) -> None:
        assert self.process is not None
        while time.monotonic() - began < READY_WITHIN_S:
            if self.process.poll() is not None:
                raise AssertionError(f"the box did not start (code {self.process.returncode}); {self.log_tail()}")
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise AssertionError(f"the box was not ready within {READY_WITHIN_S} s; {self.log_tail()}")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WABLAST_BOX_") and not name.lower().endswith("_proxy")}
        return {**kept, "WABLAST_BOX_GRAPH_URL": self.graph_url, **self.environment}

    def _close_log(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None


def _with_data(words: tuple[str, ...], folder: Path) -> list[str]:
    """`--data` belongs to the verb, after its action if it has one."""
    at = 2 if words[0] in ("api-key", "user") else 1
    return [*words[:at], "--data", str(folder), *words[at:]]
