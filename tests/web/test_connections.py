"""Below the requests: which protocol is spoken, and how many connections one stranger may hold."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import hypercorn.asyncio.run as hypercorn_run
import hypercorn.protocol as hypercorn_protocol
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config

from wablast_box.app_server import listen
from wablast_box.web import connections
from wablast_box.web.connections import Crowd, make_strict

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
STRANGER, OTHER = "203.0.114.7", "198.41.0.4"


@pytest.fixture(autouse=True)
def _lenient_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hypercorn_protocol, "H11Protocol", hypercorn_protocol.H11Protocol)
    monkeypatch.setattr(hypercorn_run, "TCPServer", hypercorn_run.TCPServer)


async def greets(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": scope["http_version"].encode().ljust(5)})


@contextlib.asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[int]:
    make_strict(crowd)
    listener, stop, config = listen("127.0.0.1", 0), asyncio.Event(), Config()
    port = listener.getsockname()[1]
    config.graceful_timeout = 0.1
    config.bind, config.errorlog = [f"fd://{listener.detach()}"], None
    task = asyncio.create_task(serve(greets, config, shutdown_trigger=stop.wait))  # type: ignore[arg-type]
    yield port
    stop.set()
    await task


async def answer(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        return await asyncio.wait_for(reader.read(), 3)
    finally:
        writer.close()


def test_who_begins_with_http_2_is_refused_and_the_connection_is_over() -> None:
    async def story() -> bytes:
        async with serving(Crowd()) as port:
            return await answer(port, PREFACE)

    said = asyncio.run(story())

    assert said.startswith(b"HTTP/1.1 505 ")
    assert b"connection: close" in said.lower()
    assert b"\r\n\r\n" in said and said.endswith(b"\r\n\r\n"), "nothing of HTTP/2 comes back"


def test_a_wish_for_http_2_is_answered_in_http_1_1() -> None:
    wish = b"GET / HTTP/1.1\r\nHost: box\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"

    async def story() -> bytes:
        async with serving(Crowd()) as port:
            return await answer(port, wish)

    said = asyncio.run(story())

    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"1.1  ")


def test_a_connection_too_many_is_cut_and_there_is_room_again_when_one_ends() -> None:
    async def story() -> tuple[bytes, bytes]:
        crowd = Crowd(most=2, is_near=lambda address: False)

        async def until_open(count: int) -> None:
            async with asyncio.timeout(5):
                while crowd._open.total() != count:
                    await asyncio.sleep(0.01)

        async with serving(crowd) as port:
            held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
            await until_open(2)
            try:
                refused = await answer(port, b"GET / HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n")
            except ConnectionError:
                refused = b""
            held[0][1].close()
            await until_open(1)
            allowed = await answer(port, b"GET / HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n")
            held[1][1].close()
            return refused, allowed

    refused, allowed = asyncio.run(story())

    assert refused == b""
    assert allowed.startswith(b"HTTP/1.1 200 ")


def test_a_stranger_has_a_hundred_connections_and_another_stranger_their_own() -> None:
    crowd = Crowd()

    keys = [crowd.enter(STRANGER) for _ in range(101)]

    assert keys[:100] == [STRANGER] * 100
    assert keys[100] is None
    assert crowd.enter(OTHER) == OTHER


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "192.168.1.9", "172.17.0.1", "fd00::7", "::ffff:127.0.0.1", STRANGER, None, "nonsense"]
)
def test_proxies_this_machine_and_its_own_network_are_not_counted(address: str | None) -> None:
    crowd = Crowd(["203.0.114.0/24"], most=0)

    key = crowd.enter(address)

    assert key == ""


def test_one_customer_of_a_provider_is_one_stranger_whichever_of_their_addresses_they_use() -> None:
    crowd = Crowd(most=1)
    first = crowd.enter("2a01:4f8:1:2::1")

    second, mapped = crowd.enter("2a01:4f8:1:2:ffff::9"), crowd.enter(f"::ffff:{OTHER}")

    assert first
    assert second is None
    assert mapped == OTHER


def test_who_has_left_is_not_remembered() -> None:
    crowd = Crowd(most=1)

    for _ in range(3):
        key = crowd.enter(STRANGER)
        assert key == STRANGER
        crowd.leave(key)

    assert not crowd._open


def posting(size: int, *, declared: int | None = None) -> bytes:
    return f"POST / HTTP/1.1\r\nHost: box\r\nContent-Length: {size if declared is None else declared}\r\n\r\n".encode() + b"x" * size


@pytest.mark.parametrize("size", [1, 65_536, 600_000, 650_000, 700_000, 8_000_000])
def test_who_is_answered_before_the_body_was_read_hears_the_answer_and_may_go_on(size: int) -> None:
    async def story() -> list[bytes]:
        async with serving(Crowd()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            said = []
            async with asyncio.timeout(10):
                for _ in range(2):
                    writer.write(posting(size))
                    await writer.drain()  # most clients write all they have before they listen
                    said.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(5))
            writer.close()
            return said

    assert [answer.split(b"\r\n")[0].strip() for answer in asyncio.run(story())] == [b"HTTP/1.1 200"] * 2


def test_who_never_stops_sending_or_sends_nothing_more_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LINGER_BYTES", 1_000_000)
    monkeypatch.setattr(connections, "LINGER_S", 0.2)

    async def sends(port: int, sent: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        with contextlib.suppress(ConnectionError):
            writer.write(sent)
            await writer.drain()
            return await reader.read()
        return b""

    async def story() -> list[bytes]:
        async with serving(Crowd()) as port, asyncio.timeout(10):
            return [await sends(port, posting(20_000_000, declared=10**12)), await sends(port, posting(10, declared=1000))]

    endless, silent = asyncio.run(story())

    assert endless == b"" or endless.startswith(b"HTTP/1.1 200")
    assert silent.startswith(b"HTTP/1.1 200") and silent.endswith(b"1.1  ")


def test_the_server_stops_while_somebody_is_still_sending() -> None:
    async def story() -> bytes:
        async with asyncio.timeout(4), serving(Crowd()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(posting(10, declared=1000))
            return await reader.readexactly(12)

    assert asyncio.run(story()) == b"HTTP/1.1 200"
