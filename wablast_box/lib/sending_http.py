"""One request of the sending loop and what can become of it. The difference that matters: was anything sent?"""

from __future__ import annotations

from asyncio import timeout
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

CONNECT_WITHIN_S = 5.0
ANSWER_WITHIN_S = 25.0  # of wall clock, however slowly the answer trickles in
LONGEST_ANSWER = 1 << 20
IDLE_CONNECTION_S = 15.0


@dataclass(frozen=True, slots=True)
class Request:
    """One POST."""

    url: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Job:
    """A request, or slow work that makes one: that runs in a thread of its own before the request is paced."""

    key: Any
    request: Request | Callable[[], Request]


@dataclass(frozen=True, slots=True)
class Answer:
    """The other side answered, whatever it said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not one byte of it left: it may be sent again."""

    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have arrived; nobody knows."""

    why: str


@dataclass(frozen=True, slots=True)
class Unprepared:
    """The slow work before the request failed; nothing was sent."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Untried:
    """The loop stopped before it was this job's turn."""


Outcome = Answer | NotSent | Unclear | Unprepared | Untried


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the job with this key."""

    key: Any
    outcome: Outcome


def open_client(concurrency: int, transport: Callable[[], httpx.AsyncBaseTransport] | None = None) -> httpx.AsyncClient:
    """httpx over aiohttp's connections: httpx's own pool looks at every open connection for every request."""
    return httpx.AsyncClient(
        transport=transport() if transport else _aiohttp_transport(concurrency),
        # No compression: an answer is a few hundred bytes, and what is not compressed cannot explode.
        headers={"accept-encoding": "identity", "user-agent": "wablast-box"},
        timeout=httpx.Timeout(ANSWER_WITHIN_S, connect=CONNECT_WITHIN_S, pool=CONNECT_WITHIN_S),
        trust_env=False,
    )


async def call(client: httpx.AsyncClient, request: Request) -> Outcome:
    """Send one request; never raises for what happens on the wire."""
    try:
        async with timeout(ANSWER_WITHIN_S):
            sending = client.build_request("POST", request.url, headers=request.headers, content=request.content)
            response = await client.send(sending, stream=True)
            try:
                body = await _read(response)
            finally:
                await response.aclose()
    except TimeoutError:
        return Unclear(f"no answer within {ANSWER_WITHIN_S:.0f} s")
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, aiohttp.ClientError, OSError) as failure:
        return _outcome_of(failure)
    if body is None:
        return Unclear("the answer is far too long")
    return Answer(response.status_code, response.headers, body)


async def _read(response: httpx.Response) -> bytes | None:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LONGEST_ANSWER:
            return None
    return bytes(body)


def _outcome_of(failure: Exception) -> Outcome:
    why = _words(failure.__cause__ or failure)
    return NotSent(why) if _before_any_byte(failure) else Unclear(why)


def _words(cause: BaseException) -> str:
    """The kind of failure, and the system's own words for it. Not the exception's: those may hold the whole address."""
    system = getattr(getattr(cause, "os_error", cause), "strerror", None)
    return f"{type(cause).__name__}: {system}" if system else type(cause).__name__


def _before_any_byte(failure: Exception) -> bool:
    """The transport calls every lost connection a ConnectTimeout, also one that was lost after sending.

    Only aiohttp's own exception below it tells which it was.
    """
    cause = failure.__cause__
    if isinstance(cause, aiohttp.ClientError | OSError):
        return isinstance(cause, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol | httpx.InvalidURL)


def _aiohttp_transport(concurrency: int) -> AiohttpTransport:
    transport = AiohttpTransport(trust_env=False)
    transport.client = lambda: aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=concurrency, keepalive_timeout=IDLE_CONNECTION_S, ssl=transport.ssl_context),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    return transport
