"""Patience: one timer ends every wait that takes too long, and none that does not."""

from __future__ import annotations

import asyncio

import pytest

from wablast_box.web.patience import Patience


def test_a_wait_that_takes_too_long_ends_with_a_timeout() -> None:
    async def story() -> None:
        patience = Patience(0.02, sweep_s=0.01)
        with patience:
            await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        asyncio.run(story())


def test_only_those_who_wait_too_long_are_ended() -> None:
    async def wait(patience: Patience, seconds: float) -> str:
        try:
            with patience:
                await asyncio.sleep(seconds)
        except TimeoutError:
            return "ended"
        await asyncio.sleep(1.2)  # what comes after the wait may take its time
        return "came"

    async def story() -> list[str]:
        # Those who come in time have a second for it: a busy machine does not take that long to wake them.
        patience = Patience(1.0, sweep_s=0.01)
        return await asyncio.gather(*(wait(patience, seconds) for seconds in (0, 30, 0.01, 30)))

    assert asyncio.run(story()) == ["came", "ended", "came", "ended"]


def test_whoever_cancels_the_waiting_task_is_obeyed() -> None:
    async def wait(patience: Patience) -> None:
        with patience:
            await asyncio.sleep(5)

    async def story() -> bool:
        patience = Patience(5)
        task = asyncio.create_task(wait(patience))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    assert asyncio.run(story())


def test_an_error_in_the_wait_stays_that_error() -> None:
    async def story() -> None:
        with Patience(5):
            raise KeyError("body")

    with pytest.raises(KeyError):
        asyncio.run(story())


def test_nothing_ticks_while_nobody_waits() -> None:
    async def story() -> Patience:
        patience = Patience(0.01, sweep_s=0.01)
        with patience:
            pass
        await asyncio.sleep(0.05)
        return patience

    assert asyncio.run(story())._timer is None
