"""`wablast-box media`: move files between the disk and the bucket, beside the running box or while it is stopped."""

from __future__ import annotations

import argparse
import time

from wablast_box.cli_words import say
from wablast_box.config import BootConfig
from wablast_box.engine.media import carry
from wablast_box.engine.media.models import Place
from wablast_box.engine.ops.opening import borrowed
from wablast_box.engine.ops.storage import work
from wablast_box.engine.team.actors import SYSTEM

MB = 1024 * 1024
ROUND_S = 2.0
# A bucket that does not answer for so long will not answer because somebody looks on.
PATIENCE_S = 20.0
_WORDS = {Place.DISK: "on the disk", Place.BUCKET: "in the bucket"}


def move(config: BootConfig, options: argparse.Namespace) -> int:
    """Carry everything there, saying how far it is. May be interrupted at any moment and called again."""
    target = Place.BUCKET if options.to == "s3" else Place.DISK
    with borrowed(config.data_dir, database=config.database, graph_url=config.graph_url) as is_running:
        waiting = work.move_files(target, by=SYSTEM)
        say(f"{waiting:,} files to move, with pictures drawn of them; what comes in from now on is kept {_WORDS[target]}.")
        return _until_done(target, is_running=is_running)


def status(config: BootConfig, options: argparse.Namespace) -> int:
    """How many files lie where."""
    with borrowed(config.data_dir, database=config.database, graph_url=config.graph_url):
        _say_progress(carry.progress())
    return 0


def _until_done(target: Place, *, is_running: bool) -> int:
    left, moved_at = -1, time.monotonic()
    while True:
        carry.carry_due(ROUND_S)
        now = carry.progress()
        if now.waiting == 0:
            break
        if now.waiting != left:
            left, moved_at = now.waiting, time.monotonic()
            say(f"{now.waiting:,} left, {now.bytes_waiting / MB:,.0f} MB")
        elif time.monotonic() - moved_at > PATIENCE_S:
            _say_progress(now)
            say("The box goes on trying by itself." if is_running else "Call this again, or start the box: it goes on by itself.")
            return 1
        else:
            time.sleep(0.5)
    _say_progress(now)
    if now.stuck:
        return 1
    say(f"Everything is {_WORDS[target]}. The copies elsewhere are deleted by the running box in an hour.")
    return 0


def _say_progress(now: carry.Progress) -> None:
    say(f"{now.on_disk:,} files on the disk, {now.in_bucket:,} in the bucket, and {now.drawn:,} pictures drawn of them for screens.")
    say(f"Of all these {now.waiting:,} are on their way and {now.stuck:,} cannot be moved.")
    if now.problem:
        say(now.problem)
