"""One request on a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin

from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound.guard import checked_url
from wablast_box.lib.outbound.wire import MAX_ANSWER, TOTAL_S, Answer, Deadline, Given, dial, exchange, on_the_way, origin_of, whole


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    redirects: int = 0,
    stays: bool = False,
    max_bytes: int = MAX_ANSWER,
    total_s: float = TOTAL_S,
) -> Answer:
    """Ask once. Refused when the address is not for us; Upstream when nobody answers in time or too much comes back.

    `stays`: what is asked holds a credential, so no redirect to another origin is followed.
    """
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
        # Without TLS a server of the same name is another origin.
        if origin_of(checked_url(url)) != origin_of(target):
            if stays:
                raise Upstream("The server sends us to another one, which must not get this request.", permanent=True, code="led_away")
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
