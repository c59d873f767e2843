"""Meta as a deliverer: posts until it hears 200, gives up never, and remembers how long it waited."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from .box import APP_SECRET
from .repack import signed

GIVE_UP_S = 120.0
# Refused while the box is down, and 503 while it cannot store: those Meta repeats without a word.
PATIENT_WITH = {0, 503}


@dataclass(slots=True)
class Meta:
    """One caller with a number of connections."""

    url: str
    rng: random.Random
    connections: int = 24
    latencies_s: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    _session: aiohttp.ClientSession | None = None
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(24))

    async def __aenter__(self) -> Meta:
        self._turns = asyncio.Semaphore(self.connections)
        timeout = aiohttp.ClientTimeout(total=20, sock_connect=5)
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()

    async def deliver(self, body: bytes, *, at_once: bool = False) -> None:
        """Until the first 200. `at_once` does not wait for a free connection."""
        if at_once:
            await self._until_200(body)
            return
        async with self._turns:
            await self._until_200(body)

    async def forge(self, body: bytes, headers: Mapping[str, str]) -> None:
        """A stranger's delivery: anything but 401 is a problem."""
        async with self._turns:
            status = await self._post(body, headers)
            while status in PATIENT_WITH:
                await asyncio.sleep(0.1)
                status = await self._post(body, headers)
        if status != 401:
            self.problems.append(f"a forged delivery was answered {status}")

    async def _until_200(self, body: bytes) -> None:
        headers, deadline = signed(body, APP_SECRET), time.monotonic() + GIVE_UP_S
        while time.monotonic() < deadline:
            began = time.monotonic()
            status = await self._post(body, headers)
            if status == 200:
                self.latencies_s.append(time.monotonic() - began)
                return
            if status not in PATIENT_WITH:
                self.problems.append(f"a true delivery was answered {status}")
                return
            await asyncio.sleep(0.05 + self.rng.random() * 0.1)
        self.problems.append(f"no 200 within {GIVE_UP_S} s")

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> int:
        assert self._session is not None
        try:
            async with self._session.post(self.url + "/hooks/meta", data=body, headers=headers) as answer:
                await answer.read()
                self.answers[answer.status] += 1
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            self.answers[0] += 1
            return 0
