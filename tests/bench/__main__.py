"""`make bench`: one table, and the same as JSON in bench-results/bench.json."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from ..storm.box import ROOT
from . import browser, drain, editor, flows, frontend, idle, inbox, ingest, live, node_red, peer, sending, tab, windows
from .figures import Figure, record, skipped, table, write_json

PARTS: dict[str, Callable[..., list[Figure]]] = {
    "ingest": ingest.measure,
    "live": live.measure,
    "drain": drain.measure,
    "sending": sending.measure,
    "flows": flows.measure,
    "idle": idle.measure,
    "inbox": inbox.measure,
    "windows": windows.measure,
    "browser": browser.measure,
    "editor": editor.measure,
    "tab": tab.measure,
    "frontend": frontend.measure,
    "peer": peer.measure,
    "node_red": node_red.measure,
}
BROKEN = "could not be measured"


def main() -> int:
    """Measure the parts asked for (all of them unless told); 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all unless given")
    parser.add_argument("--quick", action="store_true", help="two minutes instead of half an hour; figures are rough")
    parser.add_argument("--record", action="store_true", help="add the table to docs/bench.md")
    given = parser.parse_args()
    figures = [figure for name in given.parts or PARTS for figure in _measured(name, quick=given.quick)]
    print("\n" + table(figures))
    write_json(figures, ROOT / "bench-results" / "bench.json", quick=given.quick)
    if given.record:
        record(figures, ROOT / "docs" / "bench.md", quick=given.quick)
    return int(any(figure.ok is False or figure.note.startswith(BROKEN) for figure in figures))


def _measured(name: str, *, quick: bool) -> Sequence[Figure]:
    print(f"{name} …", end=" ", flush=True, file=sys.stderr)
    began = time.monotonic()
    try:
        figures = PARTS[name](quick=quick)
    except Exception as failure:
        # One part that cannot be measured must not take the others along, but it is not a success either.
        print(f"{BROKEN}: {failure}", file=sys.stderr)
        return [skipped(name, f"{BROKEN}: {failure}")]
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    return figures


if __name__ == "__main__":
    sys.exit(main())
