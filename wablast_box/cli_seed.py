"""`wablast-box seed`: a folder full of made-up conversations, to measure with and to look at."""

from __future__ import annotations

import argparse
import sys
import time

from wablast_box.cli_words import say
from wablast_box.config import BootConfig
from wablast_box.engine.ops.opening import borrowed
from wablast_box.engine.ops.seed.fill import fill
from wablast_box.lib.errors import Conflict
from wablast_box.simulator.samples import sample

SAY_EVERY_S = 2.0


def seed(config: BootConfig, options: argparse.Namespace) -> int:
    """Bring the box up to so many conversations and messages."""
    with borrowed(config.data_dir, database=config.database, graph_url=config.graph_url) as is_running:
        if is_running:
            raise Conflict(
                f"A box is running on {config.data_dir}.", code="already_running", help="Stop it first: made-up data goes in past its back."
            )
        files = {one.filename: one.data for one in (sample("saree"), sample("document"))}
        filled = fill(options.conversations, options.messages, files, tell=_Progress())
    say(f"{filled.conversations:,} conversations and {filled.messages:,} messages; {filled.new_messages:,} of them new.")
    if filled.new_messages:
        say(f"{filled.new_messages / filled.seconds:,.0f} messages a second, indexed for the search in {filled.indexing_seconds:.0f} s.")
    return 0


class _Progress:
    """A line every two seconds, for people who wait."""

    def __init__(self) -> None:
        self._began = self._said_at = time.monotonic()

    def __call__(self, done: int, count: int) -> None:
        moment = time.monotonic()
        if moment - self._said_at >= SAY_EVERY_S:
            self._said_at = moment
            left_s = (moment - self._began) / done * (count - done)
            sys.stderr.write(f"{done:,} of {count:,} messages, about {left_s:.0f} s left\n")
            sys.stderr.flush()
