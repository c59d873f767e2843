"""Serves the fake Graph straight on ASGI: the sends of a bench must not wait for a web framework."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

from wablast_box.simulator.graph import FakeGraph
from wablast_box.simulator.wire import Request, Response

LARGEST_BODY = 101 * 1024 * 1024
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


async def serve(graph: FakeGraph, path: str, scope: Any, receive: Receive, send: Send) -> None:
    """Answer one ASGI request; `path` is what stands after `/graph`."""
    body = await _body(receive)
    if body is None:
        return
    request = Request(
        method=scope["method"],
        path=unquote(path),
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
    )
    # Everything but a send may call out (a callback is checked by asking it), so it may not hold up the loop.
    if path.endswith("/messages"):
        response = graph.handle(request)
    else:
        response = await asyncio.to_thread(graph.handle, request)
    if response.delay_s:
        await asyncio.sleep(response.delay_s)
    await (_cut(send) if response.cut else _answer(response, send))


async def _body(receive: Receive) -> bytes | None:
    pieces: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        pieces.append(event.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST_BODY:
            return None
        if not event.get("more_body"):
            return b"".join(pieces)


async def _answer(response: Response, send: Send) -> None:
    headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in response.headers.items()]
    headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


async def _cut(send: Send) -> None:
    # ASGI knows no way to hang up. Promising more than is sent makes every server close the connection.
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})
