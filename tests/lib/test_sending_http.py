"""The real transport against a real socket: a refusal before the first byte is one thing, everything later another."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.patience import BUSY
from tests.talking import close_door
from wablast_box.lib import sending_http
from wablast_box.lib.sending_http import Answer, NotSent, Outcome, Request, Unclear, call, open_client

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
Behave = Callable[[socket.socket], None]


class Server:
    """Listens on a port and treats each connection as told."""

    def __init__(self, behave: Behave) -> None:
        self.behave = behave
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/messages"
        self.doorkeeper = threading.Thread(target=self._serve, daemon=True)
        self.doorkeeper.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        try:
            self.behave(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def close(self) -> None:
        close_door(self.socket, self.doorkeeper)


@pytest.fixture
def serve() -> Iterator[Callable[[Behave], Server]]:
    servers: list[Server] = []

    def begin(behave: Behave) -> Server:
        servers.append(Server(behave))
        return servers[-1]

    yield begin
    for server in servers:
        server.close()


def read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data or not data.endswith(b"hello"):
        chunk = connection.recv(4096)
        if not chunk:
            break
        data += chunk
    return data


def post(*urls: str, pause_s: float = 0.0) -> list[Outcome]:
    async def run() -> list[Outcome]:
        outcomes = []
        async with open_client(4) as client:
            for url in urls:
                outcomes.append(await call(client, Request(url, {"content-type": "text/plain"}, b"hello")))
                await asyncio.sleep(pause_s)
        return outcomes

    return asyncio.run(run())


def test_a_closed_port_means_nothing_was_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

        [outcome] = post(f"http://127.0.0.1:{port}/messages")

    assert isinstance(outcome, NotSent)


def test_a_name_that_nobody_knows_means_nothing_was_sent() -> None:
    [outcome] = post("http://no-such-host.invalid/messages")

    assert isinstance(outcome, NotSent)


def test_an_answer_is_an_answer_whatever_its_status(serve: Callable[[Behave], Server]) -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 503 Down\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\ndown")

    [outcome] = post(serve(behave).url)

    assert isinstance(outcome, Answer)
    assert (outcome.status, outcome.body, outcome.headers["retry-after"]) == (503, b"down", "7")


def close_after_reading(connection: socket.socket) -> None:
    read_request(connection)


def reset_after_reading(connection: socket.socket) -> None:
    read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_within_the_answer(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(OK[:-1])


def talk_nonsense(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"220 smtp.example.com ready\r\n")


@pytest.mark.parametrize("behave", [close_after_reading, reset_after_reading, cut_within_the_answer, talk_nonsense])
def test_a_connection_lost_after_the_request_is_never_taken_for_a_refusal(serve: Callable[[Behave], Server], behave: Behave) -> None:
    [outcome] = post(serve(behave).url)

    assert isinstance(outcome, Unclear)


def test_a_kept_connection_that_is_lost_under_the_next_request_is_unclear(serve: Callable[[Behave], Server]) -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK)
        read_request(connection)

    server = serve(behave)

    first, second = post(server.url, server.url)

    assert isinstance(first, Answer)
    assert isinstance(second, Unclear)


def test_a_kept_connection_that_was_closed_meanwhile_is_replaced(serve: Callable[[Behave], Server]) -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK)

    server = serve(behave)

    outcomes = post(server.url, server.url, pause_s=0.1)

    assert all(isinstance(outcome, Answer) for outcome in outcomes)


def test_an_answer_that_trickles_is_given_up_by_the_clock_on_the_wall(
    serve: Callable[[Behave], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_http, "ANSWER_WITHIN_S", 0.6)

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + b" " * 200:
            connection.send(bytes([byte]))
            time.sleep(0.05)

    began = time.monotonic()
    [outcome] = post(serve(behave).url)

    assert isinstance(outcome, Unclear)
    assert time.monotonic() - began < 2 * BUSY
