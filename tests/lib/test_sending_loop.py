"""The loop with a transport that says what the wire would: what is taken, what is settled, what a stop leaves."""

from __future__ import annotations

import asyncio
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest

from tests.patience import BUSY
from wablast_box.lib import sending_loop
from wablast_box.lib.errors import Unavailable
from wablast_box.lib.rate import CREDIT
from wablast_box.lib.sending_http import Answer, Job, NotSent, Request, Result, Unclear, Unprepared, Untried
from wablast_box.lib.sending_loop import SendingLoop

URL = "http://graph.test/messages"


class Outbox:
    """Jobs in memory: `take` gives each once, `settle` remembers."""

    def __init__(self, count: int = 0) -> None:
        self.waiting = [Job(n, Request(URL, {}, str(n).encode())) for n in range(count)]
        self.settled: dict[int, object] = {}
        self.taken: list[int] = []
        self.threads: set[int] = set()
        self.broken = False

    def take(self, limit: int) -> Sequence[Job]:
        self.threads.add(threading.get_ident())
        jobs, self.waiting = self.waiting[:limit], self.waiting[limit:]
        self.taken += [job.key for job in jobs]
        return jobs

    def settle(self, results: Sequence[Result]) -> None:
        if self.broken:
            raise Unavailable("The disk is full.")
        self.settled |= {result.key: result.outcome for result in results}


class Wire(httpx.AsyncBaseTransport):
    """Answers each request after a while, or does what the test says."""

    def __init__(self, answer: Callable[[bytes], object] = lambda _: httpx.Response(200, content=b"{}"), delay_s: float = 0.0):
        self.answer, self.delay_s = answer, delay_s
        self.at: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.at.append(time.monotonic())
        await asyncio.sleep(self.delay_s)
        answer = self.answer(request.content)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, httpx.Response)
        return answer


Start = Callable[..., SendingLoop]


@pytest.fixture
def start() -> Iterator[Start]:
    loops: list[SendingLoop] = []

    def begin(outbox: Outbox, wire: Wire, **how: object) -> SendingLoop:
        loop = SendingLoop(outbox.take, outbox.settle, transport=lambda: wire, **how)  # type: ignore[arg-type]
        loop.start()
        loops.append(loop)
        return loop

    yield begin
    for loop in loops:
        loop.stop(5)


def until(done: Callable[[], bool], seconds: float = 5.0 * BUSY) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.002)


def test_everything_that_is_taken_is_settled_once(start: Start) -> None:
    outbox = Outbox(300)

    start(outbox, Wire(), rate=10_000)
    until(lambda: len(outbox.settled) == 300)

    assert sorted(outbox.taken) == list(range(300))
    assert all(isinstance(outcome, Answer) and outcome.body == b"{}" for outcome in outbox.settled.values())
    assert len(outbox.threads) == 1


@pytest.fixture
def only_bells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks unasked."""
    monkeypatch.setattr(sending_loop, "POLL_S", 60.0)


def test_new_work_goes_out_at_once_when_somebody_rings(only_bells: None, start: Start) -> None:
    outbox = Outbox()
    loop = start(outbox, Wire())
    time.sleep(0.1)

    outbox.waiting.append(Job(1, Request(URL, {}, b"1")))
    loop.wake()
    until(lambda: 1 in outbox.settled)


def test_work_that_is_announced_while_nothing_may_go_goes_as_soon_as_it_may(only_bells: None, start: Start) -> None:
    outbox = Outbox(1)
    loop = start(outbox, Wire(), rate=10)
    until(lambda: 0 in outbox.settled)

    outbox.waiting.append(Job(1, Request(URL, {}, b"1")))
    loop.wake()
    until(lambda: 1 in outbox.settled)


def test_work_that_nobody_announced_is_found_within_a_second_or_so(start: Start) -> None:
    outbox = Outbox()
    start(outbox, Wire())
    time.sleep(0.1)

    outbox.waiting.append(Job(1, Request(URL, {}, b"1")))

    until(lambda: 1 in outbox.settled, 2.5 * BUSY)


def test_requests_run_side_by_side_but_never_more_than_allowed(start: Start) -> None:
    flying, most = 0, 0
    outbox = Outbox(60)

    class Counting(Wire):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal flying, most
            flying += 1
            most = max(most, flying)
            await asyncio.sleep(0.03)
            flying -= 1
            return httpx.Response(200)

    start(outbox, Counting(), rate=10_000, concurrency=8)
    until(lambda: len(outbox.settled) == 60)

    assert 4 <= most <= 8


def test_the_pace_is_kept_and_little_is_taken_ahead(start: Start) -> None:
    outbox = Outbox(500)

    loop = start(outbox, wire := Wire(), rate=100)
    began = time.monotonic()
    ahead, kept_back = [], []
    for _ in range(150):
        time.sleep(0.01)
        # In this order: who is held up between the two counts too few.
        taken = len(outbox.taken)
        ahead.append(taken - len(wire.at))
        kept_back.append(len(loop._ready))
    sent = len(wire.at)
    took = time.monotonic() - began

    # How exactly it is kept is proved on a clock of its own; here only that a busy machine makes it slower, never faster.
    assert 100 * took / BUSY <= sent <= 100 * took + CREDIT
    assert statistics.median(ahead) <= 2 and max(kept_back) <= 8


@pytest.mark.parametrize(
    "answer,expected",
    [
        (httpx.ConnectError("refused"), NotSent),
        (httpx.ConnectTimeout("nobody there"), NotSent),
        (httpx.PoolTimeout("no slot"), NotSent),
        (httpx.ReadTimeout("silence"), Unclear),
        (httpx.ReadError("reset"), Unclear),
        (httpx.WriteError("reset while writing"), Unclear),
        (httpx.RemoteProtocolError("garbage"), Unclear),
        (httpx.Response(500, content=b"<html>"), Answer),
        (httpx.Response(200, content=b"x" * (2 << 20)), Unclear),
    ],
)
def test_what_the_wire_does_is_told_apart_by_whether_anything_was_sent(start: Start, answer: object, expected: type) -> None:
    outbox = Outbox(1)

    start(outbox, Wire(lambda _: answer))
    until(lambda: 0 in outbox.settled)

    assert isinstance(outbox.settled[0], expected)


def test_slow_preparation_holds_up_nobody_else(start: Start) -> None:
    gate = threading.Event()
    outbox = Outbox(5)

    def prepare() -> Request:
        gate.wait(20)
        return Request(URL, {}, b"prepared")

    outbox.waiting.insert(0, Job(99, prepare))
    start(outbox, Wire())
    until(lambda: len(outbox.settled) == 5)
    gate.set()

    until(lambda: 99 in outbox.settled)


def test_a_preparation_that_fails_is_a_result_like_any_other(start: Start) -> None:
    def prepare() -> Request:
        raise ValueError("no such file")

    outbox = Outbox()
    outbox.waiting.append(Job(7, prepare))

    start(outbox, Wire())
    until(lambda: 7 in outbox.settled)

    assert isinstance(outbox.settled[7], Unprepared)


def test_answers_are_remembered_until_the_database_takes_them(start: Start) -> None:
    outbox = Outbox(3)
    outbox.broken = True

    loop = start(outbox, wire := Wire())
    until(lambda: len(wire.at) >= 1)
    time.sleep(0.1)
    assert len(wire.at) < 3, "whose fate cannot be written down is not sent"
    outbox.broken = False
    loop.wake()

    until(lambda: len(outbox.settled) == 3)


def test_a_stop_lets_requests_in_flight_end_and_settles_them(start: Start) -> None:
    outbox = Outbox(4)
    loop = start(outbox, wire := Wire(delay_s=0.5), rate=10_000)
    until(lambda: len(wire.at) == 4)
    time.sleep(0.1)
    outbox.waiting = [Job(50, Request(URL, {}, b""))]

    clean = loop.stop(4)

    assert clean
    assert sorted(outbox.settled) == [0, 1, 2, 3]
    assert outbox.waiting, "nothing new is taken"


def test_what_a_stop_cuts_off_gets_no_result(start: Start) -> None:
    outbox = Outbox(2)
    loop = start(outbox, wire := Wire(delay_s=30))
    until(lambda: len(wire.at) == 2)

    began = time.monotonic()
    clean = loop.stop(1.5)

    assert not clean
    assert time.monotonic() - began < 2 * BUSY
    assert outbox.settled == {}


def test_what_is_still_being_prepared_at_a_stop_goes_back(start: Start) -> None:
    outbox, began, gate = Outbox(), threading.Event(), threading.Event()

    def prepare() -> Request:
        began.set()
        gate.wait(20)
        return Request(URL, {}, b"too late")

    outbox.waiting.append(Job(7, prepare))
    loop = start(outbox, wire := Wire())
    assert began.wait(5)

    # A quarter of it is for what comes after the wait.
    clean = loop.stop(1 * BUSY)
    gate.set()

    assert clean
    assert isinstance(outbox.settled[7], Untried)
    assert wire.at == []


def test_what_was_taken_but_not_handed_over_goes_back_at_a_stop(start: Start) -> None:
    outbox = Outbox(30)
    loop = start(outbox, wire := Wire(), rate=10)
    until(lambda: len(wire.at) >= 1)
    time.sleep(0.05)

    loop.stop(3)

    assert set(outbox.settled) == set(outbox.taken)
    returned = [key for key, outcome in outbox.settled.items() if isinstance(outcome, Untried)]
    assert len(wire.at) + len(returned) == len(outbox.taken)
