"""Longer hardships for `make torture`: fifty starts and stops under load, and an hour of webhooks all at once."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import psutil

from . import verdict
from .box import BoxProcess
from .client import Client
from .meta import Meta
from .payloads import OUR_RECORDINGS, invent, recordings
from .repack import messages_body

READY_S, STOP_S = 5.0, 10.0
BACKLOG_WITHIN_S, MORE_MEMORY_MB = 600.0, 150.0


async def start_and_stop(folder: Path, seed: int, *, rounds: int = 50) -> list[str]:
    """SIGTERM and SIGKILL in turn while Meta delivers; nothing acknowledged may be lost, nothing may be left running."""
    rng, problems = random.Random(seed), []
    box = BoxProcess(folder, graph_url="http://127.0.0.1:9")
    box.prepare()
    key = box.api_key()
    said = invent(rng, rounds * 12, recordings(OUR_RECORDINGS), prefix="TURN", now_s=int(time.time()))
    box.start()
    try:
        async with Meta(box.url, rng, connections=8) as meta, Client(box.url, key) as client:
            deliveries = [asyncio.create_task(_steadily(meta, messages_body(rng, [one]), number * 0.05)) for number, one in enumerate(said)]
            for number in range(rounds):
                await asyncio.sleep(rng.random() * 0.6)
                problems += await asyncio.to_thread(_turn, box, kindly=number % 2 == 0)
            await asyncio.gather(*deliveries)
            await client.until("/diagnostics", lambda found: found["webhook_events"]["pending"] == 0)
            problems += await verdict.of_the_inbox(client, said) + meta.problems
        box.stop()
        problems += verdict.of_the_file(folder / "box.db")
    finally:
        box.end()
    return problems


async def _steadily(meta: Meta, body: bytes, after_s: float) -> None:
    await asyncio.sleep(after_s)
    await meta.deliver(body)


def _turn(box: BoxProcess, *, kindly: bool) -> list[str]:
    """One stop and one start; what took too long or stayed behind."""
    assert box.process is not None
    family = [psutil.Process(box.process.pid), *psutil.Process(box.process.pid).children(recursive=True)]
    took = box.stop(STOP_S) if kindly else (box.kill() or 0.0)
    left = [one.pid for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    ready = box.start()
    return (
        [f"a stop took {took:.1f} s"] * (took > STOP_S)
        + [f"a start took {ready:.1f} s"] * (ready > READY_S)
        + [f"processes were left running: {left}"] * bool(left)
    )


async def backlog(folder: Path, seed: int, *, count: int = 20_000, per_second: int = 200) -> list[str]:
    """What Meta has kept for an hour comes at 200 a second, a third of it twice; new messages must not wait for it."""
    rng, problems = random.Random(seed), []
    box = BoxProcess(folder, graph_url="http://127.0.0.1:9")
    box.prepare()
    key = box.api_key()
    said = invent(rng, count, recordings(OUR_RECORDINGS), prefix="LATE", now_s=int(time.time()) - 3600)
    deliveries = said + rng.sample(said, count * 3 // 10)
    rng.shuffle(deliveries)
    box.start()
    try:
        async with Meta(box.url, rng, connections=48) as meta, Client(box.url, key) as client:
            before = (await client.get("/diagnostics"))["memory_mb"]
            began = time.monotonic()
            tasks = []
            for number, one in enumerate(deliveries):
                await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
                tasks.append(asyncio.create_task(meta.deliver(messages_body(rng, [one]))))
                if number % (per_second * 5) == 0:
                    problems += await _lag(client, time.monotonic() - began)
            await asyncio.gather(*tasks)
            found = await client.until("/diagnostics", lambda shown: shown["webhook_events"]["pending"] == 0, within_s=BACKLOG_WITHIN_S)
            problems += [f"{found['webhook_events']['pending']} webhooks are still not processed"] * bool(found["webhook_events"]["pending"])
            grown = found["memory_mb"] - before
            problems += [f"the box grew by {grown:.0f} MB"] * (grown > MORE_MEMORY_MB)
            problems += [f"{meta.answers[503]} deliveries met a 503"] * bool(meta.answers[503]) + meta.problems
            problems += await verdict.of_the_inbox(client, said)
    finally:
        box.end()
    return problems


async def _lag(client: Client, at_s: float) -> list[str]:
    age = (await client.get("/diagnostics"))["webhook_events"]["oldest_pending_age_s"]
    return [f"after {at_s:.0f} s a webhook had waited {age} s"] if age is not None and age > 30 else []
