"""The fake Graph alone on a bare HTTP/1.1 server: several times lighter, so that a bench measures the box.

It knows keep-alive and bodies with a length, which is what Graph clients send, and can really hang up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote

from wablast_box.simulator.graph import FakeGraph
from wablast_box.simulator.wire import Request, Response

LARGEST_HEAD = 64 * 1024
REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}


class GraphProtocol(asyncio.Protocol):
    """One connection: requests are answered one after the other."""

    def __init__(self, graph: FakeGraph, on_answer: Callable[[Request, Response], None]):
        self._graph = graph
        self._on_answer = on_answer
        self._transport: asyncio.Transport
        self._received = b""
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is here."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """More of a request."""
        self._received += data
        if not self._busy:
            self._next()

    def _next(self) -> None:
        while not self._busy and (request := self._take()) is not None:
            if request.path.endswith("/messages"):
                self._finish(request, self._graph.handle(request))
            else:
                # It may call out: a callback is checked by asking it.
                self._busy = True
                self._task = asyncio.ensure_future(self._elsewhere(request))

    async def _elsewhere(self, request: Request) -> None:
        response = await asyncio.to_thread(self._graph.handle, request)
        self._busy = False
        self._finish(request, response)
        self._next()

    def _take(self) -> Request | None:
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            if len(head) > LARGEST_HEAD:
                self._transport.abort()
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        try:
            method, target, _ = first.split(" ")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            length = int(headers.get("content-length", 0))
        except ValueError:
            self._transport.abort()
            return None
        if len(rest) < length:
            return None
        self._received = rest[length:]
        path, _, query = target.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        return Request(method, unquote(path.removeprefix("/graph")), asked, headers, rest[:length])

    def _finish(self, request: Request, response: Response) -> None:
        if response.delay_s:
            self._busy = True
            asyncio.get_running_loop().call_later(response.delay_s, self._after_delay, request, response)
        else:
            self._write(request, response)

    def _after_delay(self, request: Request, response: Response) -> None:
        self._busy = False
        self._write(request, response)
        self._next()

    def _write(self, request: Request, response: Response) -> None:
        self._on_answer(request, response)
        if response.cut:
            self._transport.abort()
            return
        head = f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Answer')}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in response.headers.items())
        head += f"content-length: {len(response.body)}\r\n\r\n"
        self._transport.write(head.encode("latin-1", "replace") + response.body)


async def serve_graph(
    graph: FakeGraph,
    *,
    port: int,
    host: str = "127.0.0.1",
    on_answer: Callable[[Request, Response], None] = lambda *_: None,
) -> asyncio.Server:
    """Listen; the Graph answers with and without `/graph` in front of the version."""
    return await asyncio.get_running_loop().create_server(lambda: GraphProtocol(graph, on_answer), host, port)
