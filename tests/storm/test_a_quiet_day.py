"""A real process on a quiet day: how soon a message is in the inbox, and that two boxes leave each other alone."""

from __future__ import annotations

import asyncio
import os
import random
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from .box import APP_SECRET, BoxProcess
from .client import Client
from .meta import Meta
from .payloads import OUR_RECORDINGS, invent, recordings
from .repack import messages_body, signed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="process groups need POSIX")]
SOON_S = 1.0


@pytest.fixture
def box(tmp_path: Path) -> Iterator[BoxProcess]:
    process = BoxProcess(tmp_path / "shop", graph_url="http://127.0.0.1:9")
    process.prepare()
    yield process
    process.end()


@pytest.mark.feature("CN-16")
def test_a_message_is_in_the_inbox_within_a_second_of_metas_post(box: BoxProcess) -> None:
    key = box.api_key()
    box.start()

    waits = asyncio.run(_waits(box, key, 30))

    assert sorted(waits)[int(len(waits) * 0.95)] < SOON_S, waits


async def _waits(box: BoxProcess, key: str, count: int) -> list[float]:
    rng, waits = random.Random(3), []
    said = invent(rng, count, recordings(OUR_RECORDINGS), prefix="SOON", now_s=int(time.time()))
    async with Meta(box.url, rng) as meta, Client(box.url, key) as client:
        for one in said:
            began = time.monotonic()
            await meta.deliver(messages_body(rng, [one]))
            wamid = one.wamid
            await client.until("/messages?direction=in&limit=1", lambda page, wamid=wamid: page["items"] and page["items"][0]["wamid"] == wamid, within_s=10)
            waits.append(time.monotonic() - began)
    return waits


@pytest.mark.feature("CN-10")
def test_two_boxes_on_one_machine_have_doors_and_secrets_of_their_own(box: BoxProcess, tmp_path: Path) -> None:
    other = BoxProcess(tmp_path / "other shop", graph_url="http://127.0.0.1:9")
    other.prepare()
    other.command("setup", "--app-secret", "other-shop-app-secret-0123456789", "--no-check")
    body = messages_body(random.Random(5), invent(random.Random(5), 1, recordings(OUR_RECORDINGS), prefix="MINE", now_s=int(time.time())))
    try:
        box.start()
        other.start()

        assert knock(box, body, APP_SECRET) == 200
        assert knock(other, body, "other-shop-app-secret-0123456789") == 200
        assert knock(box, body, "other-shop-app-secret-0123456789") == 401

        other.kill()
        assert knock(box, body, APP_SECRET) == 200
    finally:
        other.end()


def knock(box: BoxProcess, body: bytes, secret: str) -> int:
    """Deliver once; the status."""
    request = urllib.request.Request(box.url + "/hooks/meta", data=body, headers=signed(body, secret))
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
