"""The only crossing from the asynchronous edge into the synchronous engine.

`await in_engine(verb, …)` runs the verb on a small pool of threads, each with a database connection of its own.
More threads would only fight for the interpreter and the one writer. What may take seconds goes by `in_engine_aside`.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from wablast_box.lib.errors import Unavailable

Given = ParamSpec("Given")
Result = TypeVar("Result")
THREADS = 4
# Who waits for a child process does so apart, and not with everybody else: three at once, and twenty behind them.
THREADS_ASIDE, MOST_ASIDE = 3, 23
_pools: dict[str, ThreadPoolExecutor] = {}
_aside = 0


async def in_engine(verb: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Call an engine verb and wait for it without holding up the loop."""
    return await _in(_pool("engine", THREADS), verb, *args, **kwargs)


async def in_engine_aside(verb: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """The same for a verb that may take seconds, such as a rehearsal that runs code: other requests do not wait behind it."""
    global _aside
    if _aside >= MOST_ASIDE:
        raise Unavailable("Too many rehearsals run at the moment.", code="busy", retry_after_s=5)
    _aside += 1
    try:
        return await _in(_pool("engine-aside", THREADS_ASIDE), verb, *args, **kwargs)
    finally:
        _aside -= 1


async def _in(pool: ThreadPoolExecutor, verb: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    loop = asyncio.get_running_loop()
    # The context goes along: it knows where the request came from.
    context = contextvars.copy_context()
    return await loop.run_in_executor(pool, context.run, lambda: _called(verb, *args, **kwargs))


def close_pool() -> None:
    """Let the running verbs end and give back their connections."""
    while _pools:
        _pools.popitem()[1].shutdown(wait=True)


def use_thread_setup(connect: Callable[[], Any]) -> None:
    """What each pool thread does first; the composition root connects it to the database."""
    _setup[:] = [connect]


def use_translation(translate: Callable[[Exception], Exception | None]) -> None:
    """How to say what a failure of the database means; the composition root knows the database."""
    _translation[:] = [translate]


_setup: list[Callable[[], Any]] = []
_translation: list[Callable[[Exception], Exception | None]] = []


def _called(verb: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    try:
        return verb(*args, **kwargs)
    except Exception as failed:
        for translate in _translation:
            meant = translate(failed)
            if meant is not None:
                raise meant from failed
        raise


def _pool(name: str, threads: int) -> ThreadPoolExecutor:
    if name not in _pools:
        _pools[name] = ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=_prepare)
    return _pools[name]


def _prepare() -> None:
    for connect in _setup:
        connect()
