"""One process of its own, as the box sees it: lines of JSON over two pipes, and an end whenever the box wants one."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wablast_box.lib.child.watch import Watch, end_group
from wablast_box.lib.errors import Conflict

logger = logging.getLogger(__name__)

# Python and its libraries load from a disk that may be busy; nobody's code runs before they have.
START_S = 15.0
LONGEST_LINE = 8 * 1024 * 1024
_ROOT = str(Path(__file__).resolve().parents[3])
# Isolated: nothing of the surroundings, and of ours what the program asks for. It finds modules where the box finds them.
_BEGIN = "import sys; sys.path += sys.argv[2:]; from importlib import import_module; import_module(sys.argv[1]).main()"

# What a program asks of the box while it works: a name and what is given; the answer goes back to it.
Call = Callable[[str, Any], Any]


class Ended(Exception):
    """The process did not live to answer; `why` is time, memory or died."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class Child:
    """A program of ours that runs what others wrote. One order at a time; after `Ended` it is good for nothing."""

    def __init__(self, program: str, *, most_bytes: int):
        self._most_bytes = most_bytes
        self.used_at = time.monotonic()
        self.orders, self.is_spent = 0, False
        self._folder = tempfile.mkdtemp(prefix="box-child-")
        self._process = _start(command_of(program), self._folder)
        with Watch(self._process, START_S, most_bytes) as watch:
            ready = self._heard()
        if ready is None:
            self.end()
            raise Ended(watch.why or "died")
        # Where that is possible it stands in a folder that is no longer there.
        self._leave_folder()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, order: Mapping[str, Any], *, within_s: float, call: Call) -> Any:
        """What comes of an order. Raises Ended."""
        self.orders, heard = self.orders + 1, None
        with Watch(self._process, within_s, self._most_bytes) as watch:
            self._say(order)
            while (heard := self._heard()) is not None and "call" in heard:
                with watch.resting():
                    answer = call(str(heard["call"]), heard.get("given"))
                self._say({"answer": answer})
        self.used_at = time.monotonic()
        if heard is None or watch.why is not None or "done" not in heard:
            self.end()
            raise Ended(watch.why or "died")
        self.is_spent = bool(heard.get("last"))
        return heard["done"]

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """It is gone when this returns."""
        end_group(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._leave_folder()

    def _say(self, line: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        # A process that was killed breaks its pipe; that is heard with the next line.
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            self._process.stdin.flush()

    def _heard(self) -> dict[str, Any] | None:
        """The next line; None when there is none, or none that was agreed upon."""
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline(LONGEST_LINE)
            heard = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError, RecursionError):
            return None
        return heard if isinstance(heard, dict) else None

    def _leave_folder(self) -> None:
        with contextlib.suppress(OSError):
            Path(self._folder).rmdir()


def command_of(program: str) -> list[str]:
    """How a program is started; `program` is a module with a `main` that serves (see `inside.orders`)."""
    places = [place for place in sys.path if Path(place).is_absolute()]
    return [sys.executable, "-I", "-S", "-B", "-c", _BEGIN, program, *dict.fromkeys([_ROOT, *places])]


def _start(command: list[str], folder: str) -> subprocess.Popen[bytes]:
    options: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {"creationflags": _quiet()}
    try:
        return subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True, cwd=folder,
            env={name: value for name, value in os.environ.items() if name.upper() == "SYSTEMROOT"}, **options,
        )  # fmt: skip
    except OSError as failed:
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
        logger.warning("a process could not be started", extra={"why": str(failed)})
        raise Conflict(
            "The process that runs this could not be started.", code="no_process", help="The machine has no room for it at the moment."
        ) from failed


def _quiet() -> int:
    """No window, and behind everything else."""
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0)) | int(getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0))
