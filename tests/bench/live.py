"""From Meta's POST to the event in an open window, and how many messages a second go that whole way."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import socketio

from ..storm.box import BoxProcess
from . import seed
from .figures import Figure, median, quantile
from .load import Result, burst, paced, post, webhook


@dataclass(slots=True)
class Window:
    """A connected window that notes when each message showed up."""

    heard_at: dict[str, float] = field(default_factory=dict)

    def hear(self, event: dict[str, Any]) -> None:
        self.heard_at.setdefault(event["message"]["wamid"], time.perf_counter())

    async def until_heard(self, count: int, within_s: float = 60.0) -> None:
        deadline = time.monotonic() + within_s
        while len(self.heard_at) < count and time.monotonic() < deadline:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def open_window(box: BoxProcess, key: str) -> AsyncIterator[Window]:
    """A window of the team, connected by an API key."""
    window, client = Window(), socketio.AsyncClient()
    client.on("message.received", window.hear)
    await client.connect(box.url, auth={"token": key}, transports=["websocket"])
    yield window
    await client.disconnect()


def measure(*, quick: bool) -> list[Figure]:
    """A fresh box for latency, a filled one for each size of the sustained run."""
    with tempfile.TemporaryDirectory() as folder:
        box, key = _prepared(Path(folder) / "data", 0)
        try:
            box.start()
            figures = asyncio.run(_latencies(box, key, seconds=5 if quick else 20))
        finally:
            box.end()
    for size in (10_000,) if quick else (10_000, 100_000, 1_000_000):
        figures.append(_sustained_figure(size, 1 if quick else 3, 4000 if quick else 10_000))
    return figures


def _prepared(data: Path, messages: int) -> tuple[BoxProcess, str]:
    box = BoxProcess(data, graph_url="http://127.0.0.1:9")
    box.prepare()
    key = box.api_key()
    if messages:
        seed.stored_messages(data, messages)
    return box, key


async def _latencies(box: BoxProcess, key: str, *, seconds: int) -> list[Figure]:
    figures = []
    async with open_window(box, key) as window:
        await _paced_run(box, window, 50, 2, "warm")
        for rate, limit in ((50, 50.0), (200, 150.0)):
            waits = await _paced_run(box, window, rate, seconds, f"at{rate}")
            figures.append(Figure(f"POST → event in a window at {rate}/s, p50", "ms", median(waits) * 1000))
            figures.append(Figure(f"POST → event in a window at {rate}/s, p99", "ms", quantile(waits, 0.99) * 1000, limit))
    return figures


async def _paced_run(box: BoxProcess, window: Window, rate: int, seconds: int, tag: str) -> Sequence[float]:
    window.heard_at.clear()
    wamids = [f"wamid.{tag}{number:06d}" for number in range(rate * seconds)]
    requests = [post(webhook(wamid, str(seed.FIRST_PHONE + number % 200), f"{tag} {number}")) for number, wamid in enumerate(wamids)]
    result = await paced(box.port, requests, per_second=rate)
    await window.until_heard(len(wamids))
    assert result.count == len(window.heard_at) == len(wamids), f"{result.count} accepted, {len(window.heard_at)} of {len(wamids)} heard"
    # Counted from the moment each was due: a late sender counts against us, never for us.
    return [window.heard_at[wamid] - (result.began + number / rate) for number, wamid in enumerate(wamids)]


def _sustained_figure(size: int, rounds: int, count: int) -> Figure:
    rates = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            box, key = _prepared(Path(folder) / "data", size)
            try:
                box.start()
                rates.append(asyncio.run(_sustained(box, key, count)))
            finally:
                box.end()
    return Figure(f"accept + process + emit with {size:,} messages stored", "messages/s", median(rates), 1000, "at least")


async def _sustained(box: BoxProcess, key: str, count: int) -> float:
    async with open_window(box, key) as window:
        requests = [post(webhook(f"wamid.S{n:07d}", str(seed.FIRST_PHONE + n % 500), f"sustained {n}")) for n in range(count)]
        began = time.perf_counter()
        result: Result = await burst(box.port, requests)
        await window.until_heard(count)
        assert result.count == len(window.heard_at) == count, f"{result.count} accepted and {len(window.heard_at)} of {count} heard"
        return count / (max(window.heard_at.values()) - began)
