"""Calls out at speed: one thread with its own event loop, many requests in flight, never faster than its bucket.

It knows nothing of what it carries. `take(limit)` gives it jobs, `settle(results)` gets back what became of them, in
batches; both run in one worker thread, one after the other, so that they may hold a database connection. What was
taken and never settled was cut off by a crash: whoever takes decides what that means. That is why no more is taken
than can leave at once, when the taking is done. `let_go` runs last, in that same thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from wablast_box.lib.errors import BoxError
from wablast_box.lib.rate import Bucket
from wablast_box.lib.sending_http import Job, Outcome, Request, Result, Unprepared, Untried, call, open_client

logger = logging.getLogger(__name__)

POLL_S = 1.0  # nobody rings when a waiting time is over
LINGER_S = 0.004  # results that come in together are settled in one transaction
TICK_S = 0.0125  # taking costs a transaction: at high speed one takes this long's worth
MOST_TICKS = 4  # a rest has saved up more than that: it goes in pieces, so that the first are settled before the last are taken
LONGEST_LEAD_S = 0.05  # a slow disk makes the taking slow; no more is taken ahead than goes within this
SLOWER, FASTER = 0.5, 0.1  # how quickly the lead follows
HELPERS = 4  # preparations side by side
SETTLE_SHARE = 0.25  # of the time for a stop, kept free for settling

Take = Callable[[int], Sequence[Job]]
Settle = Callable[[Sequence[Result]], None]


class SendingLoop:
    """`start()`, `wake()` when there is work, `stop(timeout_s)`. All three may be called from any thread."""

    def __init__(
        self,
        take: Take,
        settle: Settle,
        *,
        rate: float = 80.0,
        concurrency: int = 256,
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
        let_go: Callable[[], None] | None = None,
        name: str = "sender",
    ):
        self._take, self._settle, self._let_go = take, settle, let_go
        self._concurrency, self._transport = concurrency, transport
        self._bucket = Bucket(rate)
        self._ready: deque[tuple[Job, Request]] = deque()
        self._done: list[Result] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._preparing: dict[asyncio.Task[None], Job] = {}
        self._in_flight = self._cut_off = 0
        self._lead_s = TICK_S  # what a turn's work takes at present: so much ahead of its time is taken
        self._is_more_waiting = True
        self._deadline: float | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; returns when it listens."""
        self._thread.start()
        self._started.wait(10)

    def wake(self) -> None:
        """There may be work now."""
        self._call(self._ring_now)

    def stop(self, timeout_s: float) -> bool:
        """Take nothing new, let requests in flight end within the limit, settle them. True when none was cut off."""
        if not self._thread.is_alive():
            return True
        self._call(self._begin_stop, time.monotonic() + timeout_s * (1 - SETTLE_SHARE))
        self._thread.join(timeout_s)
        return not self._thread.is_alive() and not self._cut_off

    def is_alive(self) -> bool:
        """Does the thread run?"""
        return self._thread.is_alive()

    def set_rate(self, rate: float) -> None:
        """Never more than so many a second from now on."""
        self._call(self._bucket.set_cap, rate)

    def slow_down(self) -> None:
        """Half as fast for a while."""
        self._call(self._bucket.slow_down)

    def _call(self, function: Callable[..., Any], *args: Any) -> None:
        if not self._thread.is_alive():
            return
        try:
            self._loop.call_soon_threadsafe(function, *args)
        except RuntimeError:
            logger.debug("the sending loop is closed")

    # -- inside the thread

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._bell, self._urgent, self._has_ready = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._clerk = ThreadPoolExecutor(1, thread_name_prefix="sender-clerk")
        self._helpers = asyncio.Semaphore(HELPERS)
        async with open_client(self._concurrency, self._transport) as self._client:
            pacer = asyncio.create_task(self._pace())
            self._started.set()
            while self._deadline is None:
                await self._turn()
            pacer.cancel()
            await self._end()
        if self._let_go:
            await self._loop.run_in_executor(self._clerk, self._let_go)
        self._clerk.shutdown()

    async def _turn(self) -> None:
        """Settle what came back, take what can leave now, then wait: for the next one's time, or until somebody rings."""
        self._is_more_waiting |= self._urgent.is_set()
        self._bell.clear()
        self._urgent.clear()
        limit = self._room()
        results, self._done = self._done, []
        if results or limit:
            began = time.monotonic()
            jobs = await self._loop.run_in_executor(self._clerk, self._work, results, limit)
            self._learn_lead(time.monotonic() - began)
            for job in jobs:
                self._accept(job)
            # What was settled may have let others become due: they are looked for once there is room.
            self._is_more_waiting = len(jobs) == limit if limit else True
        wait = self._until_room()
        if await _within(self._bell.wait(), wait) and not self._urgent.is_set():
            await _within(self._urgent.wait(), min(wait, LINGER_S))

    def _work(self, results: list[Result], limit: int) -> Sequence[Job]:
        try:
            if results:
                self._settle(results)
                results = []
            return self._take(limit) if limit else ()
        except BoxError as refused:
            logger.warning("the outbox cannot be written", extra={"why": refused.message})
        except Exception:
            logger.exception("the outbox cannot be written")
        # What Meta answered is remembered until the database takes it.
        self._done[:0] = results
        return ()

    def _room(self) -> int:
        """How many can leave as soon as they are taken."""
        if self._deadline is not None:
            return 0
        most = min(self._places(), self._batch() * MOST_TICKS)
        return max(0, self._bucket.room(self._lead_s, most=len(self._ready) + most) - len(self._ready)) if most > 0 else 0

    def _learn_lead(self, took_s: float) -> None:
        """A turn that came too late cannot be made up for within its second, so the longer ones count for more."""
        change = min(took_s, LONGEST_LEAD_S) - self._lead_s
        self._lead_s += change * (SLOWER if change > 0 else FASTER)

    def _until_room(self) -> float:
        """When to take again without being rung for."""
        if not self._is_more_waiting or self._places() <= 0:
            return POLL_S
        return min(POLL_S, max(0.0, self._bucket.due_in(len(self._ready) + self._batch()) - self._lead_s))

    def _batch(self) -> int:
        return max(1, round(self._bucket.rate * TICK_S))

    def _places(self) -> int:
        return self._concurrency - self._in_flight - len(self._preparing) - len(self._ready)

    def _accept(self, job: Job) -> None:
        if isinstance(job.request, Request):
            self._ready.append((job, job.request))
            self._has_ready.set()
        else:
            task = self._spawn(self._prepare(job, job.request))
            self._preparing[task] = job
            task.add_done_callback(self._preparing.pop)

    async def _prepare(self, job: Job, prepare: Callable[[], Request]) -> None:
        try:
            async with self._helpers:
                request = await _in_daemon(prepare)
        except Exception as failure:
            self._finish(job, Unprepared(failure))
        else:
            self._ready.append((job, request))
            self._has_ready.set()

    async def _pace(self) -> None:
        while True:
            while not self._ready:
                self._has_ready.clear()
                await self._has_ready.wait()
            wait = self._bucket.take()
            if wait:
                await asyncio.sleep(wait)
                continue
            job, request = self._ready.popleft()
            self._in_flight += 1
            self._spawn(self._carry(job, request))

    async def _carry(self, job: Job, request: Request) -> None:
        try:
            outcome = await call(self._client, request)
        finally:
            self._in_flight -= 1
        self._finish(job, outcome)

    def _finish(self, job: Job, outcome: Outcome) -> None:
        self._done.append(Result(job.key, outcome))
        self._bell.set()

    def _spawn(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _ring_now(self) -> None:
        self._bell.set()
        self._urgent.set()

    # -- the end

    def _begin_stop(self, deadline: float) -> None:
        self._deadline = deadline
        self._ring_now()

    async def _end(self) -> None:
        """Wait for what is in flight; what was not handed over goes back."""
        assert self._deadline is not None
        for job, _ in self._ready:
            self._finish(job, Untried())
        self._ready.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=max(0.0, self._deadline - time.monotonic()))
        unready = {task: job for task, job in self._preparing.items() if not task.done()}
        for job in [*(job for job, _ in self._ready), *unready.values()]:
            self._finish(job, Untried())
        # No result for the rest: nobody knows what became of them.
        self._cut_off = len(self._tasks - unready.keys())
        for task in self._tasks:
            task.cancel()
        results, self._done = self._done, []
        await self._loop.run_in_executor(self._clerk, self._work, results, 0)


async def _in_daemon(function: Callable[[], Request]) -> Request:
    """Run it in a thread that the end of the process does not wait for, as it would for an executor's."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Request] = loop.create_future()

    def tell(settle: Callable[[Any], None], value: Any) -> None:
        if not done.done():
            settle(value)

    def run() -> None:
        try:
            outcome: tuple[Callable[[Any], None], Any] = (done.set_result, function())
        except Exception as failure:
            outcome = (done.set_exception, failure)
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, *outcome)

    threading.Thread(target=run, name="sender-prepare", daemon=True).start()
    return await done


async def _within(what: Awaitable[Any], seconds: float) -> bool:
    try:
        await asyncio.wait_for(what, seconds)
    except TimeoutError:
        return False
    return True
