"""SIGTERM while messages go out: what left is settled, what did not is queued again, and nothing is unconfirmed."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path

import cysqlite
import pytest

from wablast_box.engine.settings import store

from ..bench.seed import opened
from .box import BoxProcess, free_port
from .client import Client
from .graph_stub import GraphStub
from .meta import Meta
from .payloads import OUR_RECORDINGS, invent, recordings
from .repack import messages_body

SENDS, PACE, QUICK = 60, 4, 80  # slow enough that the stop comes in the middle, however long a busy machine asks


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="process groups need POSIX")
def test_a_stop_in_the_middle_of_sending_leaves_nothing_unconfirmed(tmp_path: Path) -> None:
    at_the_stop, at_the_end, accepted = asyncio.run(_stop_while_sending(tmp_path / "shop"))

    assert set(at_the_stop) == {"sent", "queued"}, "nothing was interrupted, or something was left on its way"
    assert at_the_stop["sent"] == accepted
    assert at_the_end == {"sent": SENDS}


async def _stop_while_sending(folder: Path) -> tuple[Counter[str], Counter[str], int]:
    """How the messages stood after the SIGTERM, how in the end, and how many Graph had accepted at the SIGTERM."""
    graph, port, rng = GraphStub(random.Random(2), bad_days=False), free_port(), random.Random(4)
    await graph.start(port)
    box = BoxProcess(folder, graph_url=f"http://127.0.0.1:{port}")
    await asyncio.to_thread(box.prepare)
    key = await asyncio.to_thread(box.api_key)
    with opened(folder):
        store.put("send_rate", PACE)
    await asyncio.to_thread(box.start)
    try:
        said = invent(rng, 5, recordings(OUR_RECORDINGS), prefix="BYE", now_s=int(time.time()))
        async with Meta(box.url, rng) as meta, Client(box.url, key) as client:
            await meta.deliver(messages_body(rng, said))
            await client.until("/diagnostics", lambda found: found["webhook_events"]["pending"] == 0)
            phones = [one.phone for one in said]
            await asyncio.gather(*(client.send_text(phones[n % len(phones)], f"answer {n}", key=f"bye-{n}") for n in range(SENDS)))
        async with asyncio.timeout(30):
            while not graph.accepted:
                await asyncio.sleep(0.02)
        await asyncio.to_thread(box.stop)
        at_the_stop, accepted = _states(folder), len(graph.accepted)
        with opened(folder):
            store.put("send_rate", QUICK)
        await asyncio.to_thread(box.start)
        async with Client(box.url, key) as client:
            await client.until("/diagnostics", lambda found: found["outbox"]["queued"] + found["outbox"]["sending"] == 0)
        await asyncio.to_thread(box.stop)
        assert max(Counter(one.text for one in graph.accepted).values()) == 1, "sent twice"
        return at_the_stop, _states(folder), accepted
    finally:
        box.end()
        await graph.stop()


def _states(folder: Path) -> Counter[str]:
    connection = cysqlite.connect(str(folder / "box.db"))
    try:
        return Counter(row[0] for row in connection.execute("SELECT state FROM message WHERE direction = 'out'").fetchall())
    finally:
        connection.close()
