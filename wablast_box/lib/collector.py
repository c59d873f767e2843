"""Python's garbage collector in a process that serves for months."""

from __future__ import annotations

import gc

# Python looks for garbage at every 700 new objects: with 64 requests in hand it keeps looking at requests that are not
# done yet, an eighth of the time a webhook costs (docs/bench.md). Reference counting frees all but cycles anyway.
NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS = 50_000, 10, 50


def settle() -> None:
    """Everything is loaded and stays until the end: the collector need not look at it again, and seldom at the rest."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS)
    gc.enable()
