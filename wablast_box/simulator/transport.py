"""Lets an httpx client talk to the fake Graph without a socket: one transport for each of httpx's two worlds."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

import httpx

from wablast_box.simulator.graph import FakeGraph
from wablast_box.simulator.wire import Request, Response


class GraphTransport(httpx.BaseTransport):
    """For `httpx.Client(transport=…)`."""

    def __init__(self, graph: FakeGraph):
        self._graph = graph

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the fake Graph does, delays and cut connections included."""
        request.read()
        response = self._graph.handle(_asked(request, self._graph))
        time.sleep(min(response.delay_s, _patience(request)))
        return _answered(response, request)


class AsyncGraphTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient(transport=…)`."""

    def __init__(self, graph: FakeGraph):
        self._graph = graph

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the fake Graph does, delays and cut connections included."""
        await request.aread()
        response = self._graph.handle(_asked(request, self._graph))
        if response.delay_s:
            await asyncio.sleep(min(response.delay_s, _patience(request)))
        return _answered(response, request)


def _asked(request: httpx.Request, graph: FakeGraph) -> Request:
    prefix = urlsplit(graph.graph_url).path.rstrip("/")
    return Request(
        method=request.method,
        path=request.url.path.removeprefix(prefix),
        query=dict(request.url.params),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.content,
    )


def _answered(response: Response, request: httpx.Request) -> httpx.Response:
    if response.delay_s > _patience(request):
        raise httpx.ReadTimeout("The fake Graph takes its time.", request=request)
    if response.cut:
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
    return httpx.Response(response.status, headers=dict(response.headers), content=response.body, request=request)


def _patience(request: httpx.Request) -> float:
    allowed = request.extensions.get("timeout", {}).get("read")
    return float("inf") if allowed is None else float(allowed)
