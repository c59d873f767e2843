"""How much script a browser loads before the inbox shows."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from ..storm.box import ROOT
from .figures import Figure, skipped

STATIC = ROOT / "wablast_box" / "ui" / "static"
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_IN_PAGE = re.compile(r"""(?:src|href)="/(assets/[\w.-]+\.js|[\w-]+\.js)\"""")
_INBOX = re.compile(r"""["'](?:\./|assets/)?(Inbox[\w.-]*\.js)["']""")


def measure(*, quick: bool) -> list[Figure]:
    """Everything the page names, what that imports, and the inbox's own chunk; as the browser gets it, compressed."""
    page = STATIC / "index.html"
    if not page.is_file():
        return [skipped("first load of the inbox: script", "the web interface is not built")]
    files = set(_reach([STATIC / name for name in _IN_PAGE.findall(page.read_text(encoding="utf-8"))]))
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    uncompressed = [file.name for file in files if file.stat().st_size > 1024 and not file.with_name(file.name + ".gz").is_file()]
    return [
        Figure("first load of the inbox: script, gzip", "kB", size / 1000, 250, note=f"{len(files)} files"),
        Figure("first load of the inbox: files not pre-compressed", "", len(uncompressed), 0),
    ]


def _reach(files: list[Path]) -> Iterator[Path]:
    """The files and everything they import; of what is loaded later only the inbox."""
    seen: set[Path] = set()
    while files:
        file = files.pop()
        if file in seen or not file.is_file():
            continue
        seen.add(file)
        yield file
        source = file.read_text(encoding="utf-8")
        files += [file.parent / name for name in _IMPORT.findall(source) + _INBOX.findall(source)]
