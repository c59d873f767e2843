"""Fifty people at work while a hundred messages a second come in: does everybody see everything that is theirs, and how soon?"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from ..storm.box import BoxProcess
from .figures import Figure, median, quantile
from .lived import PROMISED, lived
from .load import paced, post, webhook

STAFF, PER_SECOND = 50, 100
_WAMID = re.compile(r"wamid\.WIN\d{6}")


@dataclass(slots=True)
class Window:
    """An open window that only notes what it is shown and when: fifty real ones would be the load, not the box."""

    sees_all: bool
    heard_at: dict[str, float] = field(default_factory=dict)
    twice: int = 0

    def hear(self, packet: str) -> None:
        if not packet.startswith('42["message.received"'):
            return
        moment = time.perf_counter()
        wamid = _WAMID.search(packet)
        if wamid:
            self.twice += wamid[0] in self.heard_at
            self.heard_at.setdefault(wamid[0], moment)


def measure(*, quick: bool) -> list[Figure]:
    """Half of the windows see everything, half what nobody has."""
    with tempfile.TemporaryDirectory() as folder:
        box = lived(10_000 if quick else PROMISED).copy(Path(folder) / "data")
        keys = {"ADMIN": box.api_key("ADMIN"), "AGENT": box.api_key("AGENT")}
        try:
            box.start()
            return asyncio.run(_figures(box, keys, seconds=5 if quick else 30))
        finally:
            box.end()


async def _figures(box: BoxProcess, keys: dict[str, str], *, seconds: int) -> list[Figure]:
    phones, is_free = _phones(box.folder)
    count = PER_SECOND * seconds
    wamids = [f"wamid.WIN{number:06d}" for number in range(count)]
    requests = [post(webhook(wamid, phones[number % len(phones)], f"message {number}")) for number, wamid in enumerate(wamids)]
    everybody = [Window(sees_all=number % 2 == 0) for number in range(STAFF)]
    async with aiohttp.ClientSession() as session, _all_open(session, box, everybody, keys):
        result = await paced(box.port, requests, per_second=PER_SECOND)
        expected = {True: set(wamids), False: {wamid for number, wamid in enumerate(wamids) if is_free[number % len(phones)]}}
        await _until(lambda: all(len(one.heard_at) >= len(expected[one.sees_all]) for one in everybody))
    assert result.count == count, f"{result.count} of {count} were accepted"
    missing = sum(len(expected[one.sees_all] - one.heard_at.keys()) for one in everybody)
    foreign = sum(len(one.heard_at.keys() - expected[one.sees_all]) for one in everybody)
    due = {wamid: result.began + number / PER_SECOND for number, wamid in enumerate(wamids)}
    waits = [at - due[wamid] for one in everybody for wamid, at in one.heard_at.items()]
    first = [min(one.heard_at[wamid] for one in everybody if wamid in one.heard_at) - due[wamid] for wamid in wamids]
    name = f"{STAFF} windows, {PER_SECOND} messages/s in"
    return [
        Figure(f"{name}: shown", "", len(waits), note="packets"),
        Figure(f"{name}: not shown where they belong", "", missing, 0),
        Figure(f"{name}: shown where they do not belong", "", foreign, 0),
        Figure(f"{name}: shown twice", "", sum(one.twice for one in everybody), 0),
        Figure(f"{name}: POST → the first window, p50", "ms", median(first) * 1000, note="for the ratio"),
        Figure(f"{name}: POST → every window, p50", "ms", median(waits) * 1000),
        Figure(f"{name}: POST → every window, p99", "ms", quantile(waits, 0.99) * 1000, 300),
        Figure(f"{name}: every window after the first one, p50", "×", median(waits) / median(first)),
    ]


def _phones(data: Path) -> tuple[list[str], list[bool]]:
    """Customers who write: half of them are somebody's, half nobody's."""
    with sqlite3.connect(data / "box.db") as database:
        select = "SELECT ct.wa_id FROM conversation c JOIN contact ct ON ct.id = c.contact_id WHERE c.assignee_id IS {} NULL AND c.state = 'open' LIMIT 100"
        mine, free = ([row[0] for row in database.execute(select.format(word))] for word in ("NOT", ""))
    count = min(len(mine), len(free))
    phones = [phone for pair in zip(mine[:count], free[:count], strict=True) for phone in pair]
    return phones, [number % 2 == 1 for number in range(len(phones))]


@asynccontextmanager
async def _all_open(session: aiohttp.ClientSession, box: BoxProcess, everybody: list[Window], keys: dict[str, str]) -> AsyncIterator[None]:
    lines = [await _connected(session, box, keys["ADMIN" if one.sees_all else "AGENT"]) for one in everybody]
    reading = [asyncio.create_task(_read(line, one)) for line, one in zip(lines, everybody, strict=True)]
    yield
    for task in reading:
        task.cancel()
    for line in lines:
        await line.close()


async def _connected(session: aiohttp.ClientSession, box: BoxProcess, key: str) -> aiohttp.ClientWebSocketResponse:
    line = await session.ws_connect(f"{box.url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0)
    assert (await line.receive_str()).startswith("0")
    await line.send_str(f'40{{"token":"{key}"}}')
    answer = await line.receive_str()
    assert answer.startswith("40"), answer
    return line


async def _read(line: aiohttp.ClientWebSocketResponse, window: Window) -> None:
    async for packet in line:
        if packet.data == "2":
            await line.send_str("3")
        elif isinstance(packet.data, str):
            window.hear(packet.data)


async def _until(is_so: Callable[[], bool], within_s: float = 30.0) -> None:
    deadline = time.monotonic() + within_s
    while not is_so() and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
