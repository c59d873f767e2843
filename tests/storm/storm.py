"""The storm itself: four phases over one box, each with kills, and what is true afterwards."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import verdict
from .box import BoxProcess, free_port
from .client import Client
from .graph_stub import GraphStub
from .meta import Meta
from .payloads import OUR_RECORDINGS, Said, invent, recordings, statuses_for
from .repack import forged, messages_body, statuses_body


@dataclass(frozen=True, slots=True)
class Size:
    """How bad the weather is."""

    messages: int = 60
    most_copies: int = 10
    once_only: int = 40
    sends: int = 40
    forgeries: int = 28
    kills: int = 4


@dataclass(slots=True)
class Storm:
    """One box, one seed."""

    folder: Path
    seed: int
    size: Size = field(default_factory=Size)
    more_recordings: Sequence[Path] = ()
    figures: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    async def blow(self) -> list[str]:
        """Everything; what was wrong afterwards (nothing, one hopes)."""
        rng = random.Random(self.seed)
        graph, graph_port = GraphStub(random.Random(self.seed + 1)), free_port()
        await graph.start(graph_port)
        box = BoxProcess(self.folder, graph_url=f"http://127.0.0.1:{graph_port}")
        try:
            await asyncio.to_thread(box.prepare)
            key = await asyncio.to_thread(box.api_key)
            await asyncio.to_thread(box.start)
            await self._phases(rng, box, key, graph)
            await asyncio.to_thread(box.stop)
            self.problems += verdict.of_the_file(self.folder / "box.db")
        finally:
            box.end()
            await graph.stop()
        self.figures["kills"] = box.kills
        return self.problems

    async def _phases(self, rng: random.Random, box: BoxProcess, key: str, graph: GraphStub) -> None:
        now_s, recorded = int(time.time()), recordings(OUR_RECORDINGS, *self.more_recordings)
        self.figures["recordings"] = len(recorded)
        said = invent(rng, self.size.messages, recorded, prefix="STORM", now_s=now_s)
        once = invent(rng, self.size.once_only, recorded, prefix="ONCE", now_s=now_s)
        async with Meta(box.url, rng) as meta, Client(box.url, key) as client:
            await self._duplicates(rng, box, meta, said)
            await self._only_until_200(rng, box, meta, once)
            await client.until("/diagnostics", lambda d: d["webhook_events"]["pending"] == 0)
            self.problems += await verdict.of_the_inbox(client, [*said, *once])
            wanted = await self._sends(rng, box, client, said, graph)
            await self._statuses(rng, box, meta, graph, now_s)
            await client.until("/diagnostics", lambda d: d["webhook_events"]["pending"] == 0)
            self.problems += await verdict.of_the_outbox(client, wanted, graph) + meta.problems
        self._count(meta, graph)

    async def _duplicates(self, rng: random.Random, box: BoxProcess, meta: Meta, said: Sequence[Said]) -> None:
        """Every message 1–10 times, never in the same bytes, a third of all at one instant, forgeries between."""
        copies = [one for one in said for _ in range(rng.randint(1, self.size.most_copies))]
        rng.shuffle(copies)
        bodies = list(_in_batches(rng, copies))
        deliveries: list[Awaitable[None]] = [
            meta.deliver(messages_body(rng, batch), at_once=number < len(bodies) // 3) for number, batch in enumerate(bodies)
        ]
        for number in range(self.size.forgeries):
            lie = messages_body(rng, invent(rng, 1, recordings(OUR_RECORDINGS), prefix=f"FORGED{number}", now_s=int(time.time())))
            deliveries.insert(rng.randrange(len(deliveries)), meta.forge(*forged(rng, lie, "storm-app-secret-0123456789abcdef")))
        await _through_kills(rng, box, deliveries, self.size.kills)

    async def _only_until_200(self, rng: random.Random, box: BoxProcess, meta: Meta, once: Sequence[Said]) -> None:
        """Delivered until the first 200 and never again: ten copies would repair a box that answers before it stores."""
        fatal = set(rng.sample(range(1, len(once)), self.size.kills))
        for number, one in enumerate(once):
            await meta.deliver(messages_body(rng, [one]))
            if number in fatal:
                box.kill()
                await asyncio.to_thread(box.start)

    async def _sends(self, rng: random.Random, box: BoxProcess, client: Client, said: Sequence[Said], graph: GraphStub) -> dict[str, str]:
        """Answers to customers through the API while Graph has a bad day; the text names the request."""
        wanted = {f"key-{self.seed}-{number}": f"answer {number} of storm {self.seed}" for number in range(self.size.sends)}
        to = [rng.choice(said).phone for _ in wanted]

        async def ask(key: str, text: str, phone: str) -> None:
            status, answer = await client.send_text(phone, text, key=key)
            if status not in (200, 201):
                self.problems.append(f"a send was answered {status}: {answer}")

        asks = [ask(key, text, phone) for (key, text), phone in zip(wanted.items(), to, strict=True)]
        while_asking = self.size.kills // 2
        await _through_kills(rng, box, asks, while_asking)
        for _ in range(self.size.kills - while_asking):
            await asyncio.sleep(rng.random())
            box.kill()
            await asyncio.to_thread(box.start)
        graph.bad_days = False
        await client.until("/diagnostics", lambda d: d["outbox"]["queued"] + d["outbox"]["sending"] == 0)
        return wanted

    async def _statuses(self, rng: random.Random, box: BoxProcess, meta: Meta, graph: GraphStub, now_s: int) -> None:
        """Sent, delivered, read: each up to ten times, in any order, in any batch; also of messages nobody knows."""
        known = [status for one in graph.accepted for status in statuses_for(one.wamid, one.to.lstrip("+"), one.callback, now_s)]
        strange = statuses_for("wamid.NOBODYKNOWS", "919800000009", None, now_s)
        copies = [status for status in known + strange for _ in range(rng.randint(1, self.size.most_copies))]
        rng.shuffle(copies)
        deliveries = [meta.deliver(statuses_body(rng, batch)) for batch in _in_batches(rng, copies)]
        await _through_kills(rng, box, deliveries, max(1, self.size.kills // 2))

    def _count(self, meta: Meta, graph: GraphStub) -> None:
        ordered = sorted(meta.latencies_s)
        p95 = ordered[int(len(ordered) * 0.95)]
        self.figures |= {"deliveries": len(ordered), "p95_ms": round(p95 * 1000), "answers": dict(meta.answers), "graph": dict(graph.outcomes)}
        if p95 > 1.5:
            self.problems.append(f"95 of 100 deliveries were answered within {p95:.2f} s; the limit is 1.5 s")


def _in_batches(rng: random.Random, items: Sequence[Any]) -> list[Sequence[Any]]:
    """One to five at a time."""
    batches, at = [], 0
    while at < len(items):
        size = rng.randint(1, 5)
        batches.append(items[at : at + size])
        at += size
    return batches


async def _through_kills(rng: random.Random, box: BoxProcess, work: Sequence[Awaitable[None]], kills: int) -> None:
    """Do all of it, and kill -9 the box whenever a random part of it is done."""
    done = 0
    fatal = sorted(rng.sample(range(1, max(len(work), kills + 1)), kills))

    async def counted(one: Awaitable[None]) -> None:
        nonlocal done
        await one
        done += 1

    async def killer() -> None:
        for at in fatal:
            while done < at:
                await asyncio.sleep(0.005)
            box.kill()
            await asyncio.to_thread(box.start)

    await asyncio.gather(killer(), *(counted(one) for one in work))
