"""Start a server for a measurement, read what it costs, end it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from ..storm.box import ROOT, free_port


@dataclass(slots=True)
class Running:
    """A server process and its port."""

    process: psutil.Process
    port: int

    def cpu_s(self) -> float:
        """Processor time used so far, children included."""
        return cpu_s(self.process)


def cpu_s(process: psutil.Process) -> float:
    """Processor time of a process and its children."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def wait_for_port(port: int, process: subprocess.Popen[bytes], within_s: float = 20.0) -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{process.args} does not listen")


@contextmanager
def running(*words: str, environment: dict[str, str] | None = None, program: str = sys.executable, port: int | None = None) -> Iterator[Running]:
    """`python -m WORDS` with {port} filled in, until the block ends."""
    port = port or free_port()
    command = [program, *(word.replace("{port}", str(port)) for word in words)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield Running(psutil.Process(process.pid), port)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
