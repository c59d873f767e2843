"""`make torture`: long storms and hardships, once for each seed given; exits 1 when one of them is not survived."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from . import hardships, power_cut
from .box import ROOT
from .storm import Size, Storm

LONG = Size(messages=300, most_copies=10, once_only=40, sends=40, forgeries=28, kills=4)
Trial = Callable[[Path, int], list[str]]


def storm(folder: Path, seed: int) -> list[str]:
    """Everything at once, with kills."""
    blown = Storm(folder, seed, LONG, public_recordings())
    problems = asyncio.run(blown.blow())
    print(f"  {blown.figures}")
    return problems


def cut_power(folder: Path, seed: int) -> list[str]:
    """Three hundred power cuts."""
    if not power_cut.is_possible():
        print("  left out: strace is not installed")
        return []
    return power_cut.trial(folder, seed)


def start_and_stop(folder: Path, seed: int) -> list[str]:
    """Fifty starts and stops under load."""
    return asyncio.run(hardships.start_and_stop(folder, seed))


def backlog(folder: Path, seed: int) -> list[str]:
    """An hour of webhooks at once."""
    return asyncio.run(hardships.backlog(folder, seed))


TRIALS: dict[str, Trial] = {"storm": storm, "power": cut_power, "turns": start_and_stop, "backlog": backlog}


def public_recordings() -> list[Path]:
    """The folder of public webhooks, when it lies beside this copy."""
    folder = Path(os.environ.get("WABLAST_SHARED", ROOT.parent / "shared")) / "meta" / "payloads"
    return [folder] if folder.is_dir() else []


def main(words: list[str]) -> int:
    """`make torture SEEDS="1 2 3"`, or only some: `python -m tests.storm storm power 7`."""
    names = [word for word in words if word in TRIALS] or list(TRIALS)
    seeds = [int(word) for word in words if word.isdigit()] or [1, 2, 3]
    sunk = [f"{name} {seed}" for seed in seeds for name in names if not _survives(name, seed)]
    print(f"not survived: {', '.join(sunk)}" if sunk else "everything was survived")
    return int(bool(sunk))


def _survives(name: str, seed: int) -> bool:
    began = time.monotonic()
    print(f"{name} {seed} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="wablast-storm-") as folder:
        problems = TRIALS[name](Path(folder) / "data", seed)
    for problem in problems[:20]:
        print(f"  {problem}")
    print(f"  {'NOT survived' if problems else 'survived'} in {time.monotonic() - began:.0f} s", flush=True)
    return not problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
