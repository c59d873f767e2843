"""Group commit: an answer on a future is an answer about the disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from wablast_box.lib.commit import GroupCommit


def test_what_queues_while_one_commit_runs_is_the_next_batch() -> None:
    batches: list[list[Any]] = []
    first_began, first_may_end = threading.Event(), threading.Event()

    def apply(items: Sequence[Any]) -> None:
        if not batches:
            first_began.set()
            first_may_end.wait(20)
        batches.append(list(items))

    async def story() -> None:
        commit = GroupCommit(apply)
        first = commit.submit(0)
        assert await asyncio.to_thread(first_began.wait, 20)
        others = [commit.submit(number) for number in range(1, 10)]
        first_may_end.set()
        await asyncio.gather(first, *others)
        await commit.close()

    asyncio.run(story())

    assert batches == [[0], list(range(1, 10))]


def test_a_failed_commit_is_told_to_all_of_its_batch_and_to_no_other() -> None:
    def apply(items: Sequence[Any]) -> None:
        if "bad" in items:
            raise OSError("the disk refused")

    async def story() -> None:
        commit = GroupCommit(apply)
        with pytest.raises(OSError, match="refused"):
            await commit.submit("bad")
        await commit.submit("good")
        await commit.close()

    asyncio.run(story())


def test_closing_commits_what_waits() -> None:
    kept: list[Any] = []

    async def story() -> None:
        commit = GroupCommit(kept.extend)
        futures = [commit.submit(number) for number in range(5)]
        await commit.close()
        assert all(future.done() for future in futures)

    asyncio.run(story())

    assert kept == [0, 1, 2, 3, 4]
