"""Many requests to one server, one after the other, on a connection that is kept: half of a distant request is getting there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpcore
import httpx

from wablast_box.lib.outbound.guard import checked_url
from wablast_box.lib.outbound.wire import MAX_ANSWER, TOTAL_S, Answer, Deadline, dial, exchange, on_the_way, origin_of, whole

# A kept connection stays with the address that was looked at when it was made, so a name that changes its answer cannot lead
# it anywhere else. But who moves a server changes its name's answer, and so may who refuses an address: after half a minute
# the name is asked again, and the new answer looked at.
KEPT_S = 30.0
# Servers hang up on who is silent, many after five seconds. Better not to meet them in the door.
IDLE_S = 4.0
# Some servers send more than they announce, and no second answer on a connection can be read. They get a new one each time.
BREAKS = 3
_HUNG_UP = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)


class Line:
    """For one thread. A place among the requests on their way is held by each request, not by the line between them."""

    def __init__(self, clock: Callable[[], float]):
        self._clock = clock
        self._deadline = Deadline(0.0)
        self._connection: httpcore.HTTPConnection | None = None
        self._dialled_at = self._used_at = 0.0
        self._is_answered = False
        self._breaks = 0

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        max_bytes: int = MAX_ANSWER,
        total_s: float = TOTAL_S,
        may_repeat: bool = False,
    ) -> Answer:
        """As `outbound.request`, without redirects. Another origin gets a connection of its own.

        `may_repeat`: the receiver can take the same twice. Only then is it sent once more, on a new connection, when the kept one
        breaks before an answer begins: the server may have hung up just then, or may have read it first.
        """
        until, target = time.monotonic() + total_s, checked_url(url)
        with on_the_way(until):
            self._hang_up_unless_good_for(target)
            was_kept = self._connection is not None
            try:
                answer = self._ask(method, target, headers or {}, content, max_bytes, until)
            except _HUNG_UP:
                if not was_kept or self._is_answered:
                    raise
                self._breaks += 1
                if not may_repeat:
                    raise
            else:
                self._breaks = 0 if was_kept else self._breaks
                return answer
            return self._ask(method, target, headers or {}, content, max_bytes, until)

    def close(self) -> None:
        """Hang up; the next request makes a new connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask(self, method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes, max_bytes: int, until: float) -> Answer:
        self._deadline.until, self._deadline.heard, self._is_answered = until, False, False
        if self._connection is None:
            self._connection, self._dialled_at = dial(url, self._deadline), self._clock()
        try:
            with exchange(self._connection, method, url, headers, content, len(content)) as (status, found, pieces):
                if not self._deadline.heard:
                    raise httpcore.RemoteProtocolError("this answer was there before its request")
                self._is_answered = True
                answer = Answer(status, found, whole(pieces, max_bytes))
        except BaseException:
            self.close()
            raise
        self._used_at = self._clock()
        return answer

    def _hang_up_unless_good_for(self, url: httpx.URL) -> None:
        kept, moment = self._connection, self._clock()
        if kept is None:
            return
        is_old = moment - self._dialled_at >= KEPT_S or moment - self._used_at >= IDLE_S or self._breaks >= BREAKS
        # Expired: the server hung up, or it says something that nobody asked for.
        if is_old or kept.is_closed() or kept.has_expired() or not kept.can_handle_request(origin_of(url)):
            self.close()


@contextmanager
def kept_line(clock: Callable[[], float] = time.monotonic) -> Iterator[Line]:
    """A line to ask on until the block ends."""
    line = Line(clock)
    try:
        yield line
    finally:
        line.close()
