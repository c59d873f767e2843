"""`make torture`: long storms, one for each seed given."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from .box import ROOT
from .storm import Size, Storm

LONG = Size(messages=300, most_copies=10, once_only=40, sends=40, forgeries=28, kills=4)


def public_recordings() -> list[Path]:
    """The folder of public webhooks, when it lies beside this copy."""
    folder = Path(os.environ.get("WABLAST_SHARED", ROOT.parent / "shared")) / "meta" / "payloads"
    return [folder] if folder.is_dir() else []


def main(seeds: list[int]) -> int:
    """Blow one storm for each seed; how many were not survived."""
    sunk = 0
    for seed in seeds:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="wablast-storm-") as folder:
            storm = Storm(Path(folder) / "data", seed, LONG, public_recordings())
            problems = asyncio.run(storm.blow())
        sunk += bool(problems)
        print(f"storm {seed}: {'SUNK' if problems else 'survived'} in {time.monotonic() - began:.0f} s  {storm.figures}")
        for problem in problems:
            print(f"  {problem}")
    return sunk


if __name__ == "__main__":
    sys.exit(min(1, main([int(word) for word in sys.argv[1:]] or [1, 2, 3])))
