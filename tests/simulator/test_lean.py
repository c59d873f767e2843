"""The bare server that benches use."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import httpx
import orjson
import pytest

from tests.patience import BUSY
from wablast_box.simulator.lean import serve_graph

from .desk import ACCOUNT, SEND, TOKEN
from .test_server import free_port

PATH = f"/v24.0/{ACCOUNT.phone_number_id}"
ASK = f"GET {PATH} HTTP/1.1\r\nauthorization: {TOKEN['authorization']}\r\n\r\n".encode()


@asynccontextmanager
async def lean(meta):
    port = free_port()
    server = await serve_graph(meta.graph, port=port)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=TOKEN, timeout=3 * BUSY) as client:
        try:
            yield client, port
        finally:
            server.close()


def test_many_sends_go_over_one_connection(meta, kabir):
    async def story():
        async with lean(meta) as (client, _):
            answers = [await client.post(PATH + "/messages", json=SEND) for _ in range(5)]
            assert {answer.status_code for answer in answers} == {200}
            assert len({answer.json()["messages"][0]["id"] for answer in answers}) == 5

    asyncio.run(story())


def test_the_graph_answers_with_and_without_its_prefix(meta):
    async def story():
        async with lean(meta) as (client, _):
            assert (await client.get("/graph" + PATH)).json() == (await client.get(PATH)).json()

    asyncio.run(story())


def test_a_request_in_pieces_and_two_at_once_are_both_understood(meta, kabir):
    async def story():
        async with lean(meta) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            body = orjson.dumps(SEND)
            post = (
                f"POST {PATH}/messages HTTP/1.1\r\nauthorization: {TOKEN['authorization']}\r\ncontent-length: {len(body)}\r\n\r\n".encode()
            )
            for piece in (post[:20], post[20:] + body[:5], body[5:] + ASK + ASK):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
            got = b""
            while got.count(b"HTTP/1.1 200") < 3:
                got += await asyncio.wait_for(reader.read(65536), 3)
            writer.close()
            assert got.index(b"wamid.") < got.index(b"verified_name")

    asyncio.run(story())


def test_a_cut_is_a_real_hang_up(meta, kabir):
    async def story():
        async with lean(meta) as (client, _):
            meta.faults.add("cut_after")
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
                await client.post(PATH + "/messages", json=SEND)
            assert meta.state.accepted_count == 1

    asyncio.run(story())


def test_a_slow_answer_holds_back_the_next_on_its_connection_only(meta, kabir):
    async def story():
        async with lean(meta) as (client, _):
            meta.faults.add("delay", delay_s=1.5)
            slow = asyncio.create_task(client.post(PATH + "/messages", json=SEND))
            while meta.faults.planned():
                await asyncio.sleep(0.01)
            quick = await client.post(PATH + "/messages", json=SEND)
            assert (quick.status_code, slow.done()) == (200, False)
            assert (await slow).status_code == 200

    asyncio.run(story())


def test_what_is_not_http_is_hung_up_on(meta):
    async def story():
        async with lean(meta) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"hello\r\n\r\n")
            with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
                await asyncio.wait_for(reader.readexactly(1), 3)
            writer.close()

    asyncio.run(story())
