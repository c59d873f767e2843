"""The box's side of the workshop: hands orders over, waits no longer than it may, and ends the process when it must."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wablast_box.lib.errors import Invalid, Unavailable

logger = logging.getLogger(__name__)

# A process that has seen this many pictures, or none for so long, has done its part.
MOST_ORDERS, IDLE_S = 200, 30.0
WITHIN_S = 20.0
_UNREADABLE = "It cannot be read as a picture."
_BENCH = Path(__file__).with_name("bench.py")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One rendition. `longest`: of its sides; `same`: in the format it came in; `most`: bytes."""

    target: str
    longest: int | None = None
    same: bool = False
    most: int | None = None
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    mime_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Work:
    """How large the picture is as people see it, and what was made of it."""

    width: int
    height: int
    made: tuple[Drawn, ...]


class Workshop:
    """One order at a time. The process is started by the first, and again after it had to be ended."""

    def __init__(self, name: str):
        self._name = name
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._orders = 0
        self._idle: threading.Timer | None = None

    def draw(self, source: Path, wanted: Sequence[Wanted]) -> Work:
        """Invalid says why this is no picture to open; Unavailable when the process could not do its work."""
        with self._turn:
            try:
                answer = self._ask({"source": str(source), "make": [asdict(one) for one in wanted]})
            finally:
                self._rest()
        if not answer["ok"]:
            raise Invalid(str(answer["why"]), code="picture")
        return Work(answer["width"], answer["height"], tuple(Drawn(**one) for one in answer["made"]))

    def close(self) -> None:
        """End the process; the next order starts another."""
        with self._turn:
            self._end()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        # Windows cannot wait for a pipe with a time limit; a process that is killed ends its pipe everywhere.
        watchdog = threading.Timer(WITHIN_S, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            self._end()
            logger.warning("a picture ended the workshop", extra={"workshop": self._name})
            return {"ok": False, "why": f"{_UNREADABLE} It takes too much time or memory."}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None or self._orders >= MOST_ORDERS:
            self._end()
            self._process, self._orders = _start(), 0
        self._orders += 1
        return self._process

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE_S, self.close)
        self._idle.daemon = True
        self._idle.start()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()


def _start() -> subprocess.Popen[str]:
    try:
        # By its path and isolated: it needs nothing of ours, and nothing of the surroundings reaches it.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(_BENCH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={name: value for name, value in os.environ.items() if name.upper() == "SYSTEMROOT"},
        )
    except OSError as failed:
        raise Unavailable("The process that opens pictures could not be started.", retry_after_s=30) from failed


# Who waits at the composer does not wait behind yesterday's pictures.
at_the_door = Workshop("door")
behind = Workshop("behind")
