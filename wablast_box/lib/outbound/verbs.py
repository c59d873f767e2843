"""One request on a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin

from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound.guard import checked_url
from wablast_box.lib.outbound.wire import MAX_ANSWER, TOTAL_S, Answer, Deadline, Given, dial, exchange, on_the_way, whole


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    redirects: int = 0,
    max_bytes: int = MAX_ANSWER,
    total_s: float = TOTAL_S,
) -> Answer:
    """Ask once. Refused when the address is not for us; Upstream when nobody answers in time or too much comes back."""
    until, given = time.monotonic() + total_s, dict(headers or {})
    for _ in range(redirects + 1):
        target = checked_url(url)
        with (
            on_the_way(until),
            dial(target, Deadline(until)) as connection,
            exchange(connection, method, target, given, content, len(content)) as (status, found, pieces),
        ):
            answer = Answer(status, found, whole(pieces, max_bytes))
        if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers or redirects == 0:
            return answer
        url = urljoin(str(target), answer.headers["location"])
        if checked_url(url).netloc != target.netloc:
            given = {}  # what was meant for one origin is not for another
        if answer.status in (301, 302, 303) and method != "GET":
            method, content = "GET", b""
    raise Upstream("The server sends us round in circles.", permanent=True)


@contextmanager
def stream(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes | Iterator[bytes] = b"",
    size: int = 0,
    near: bool = False,
    total_s: float = TOTAL_S,
) -> Iterator[Given]:
    """Ask once with a body of `size` bytes, and read the answer piece by piece: status, headers, pieces.

    `near`: the owner has said that this server stands in their own network, on whichever port.
    """
    until = time.monotonic() + total_s
    target = checked_url(url, any_port=near)
    with (
        on_the_way(until),
        dial(target, Deadline(until), near=near) as connection,
        exchange(connection, method, target, headers, content, size) as answer,
    ):
        yield answer
