"""A PostgreSQL of the test's own, in a folder that goes away with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Postgres:
    """A server that can be restarted."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://box@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off"
        run(tool("pg_ctl"), "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        run(tool("pg_ctl"), "-D", str(self.folder), "-m", "fast", "-w", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_postgres() -> Postgres:
    """Start a new server; skips the test where none is installed."""
    if tool("initdb") is None:
        pytest.skip("PostgreSQL is not installed here")
    # Not in the test's own folder: that one is root's alone, and the server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="wablast-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    run(tool("initdb"), "-D", str(folder), "-U", "box", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Postgres(folder, port)
    made.start()
    return made


def tool(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def run(*command: str | None) -> None:
    words = [str(word) for word in command]
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_postgres, *words], cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert done.returncode == 0, done.stdout.decode() if done.stdout else words
