"""The only crossing from the asynchronous edge into the synchronous engine.

`await in_engine(verb, …)` runs the verb on a small pool of threads, each with a database connection of its own.
More threads would only fight for the interpreter and the one writer.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
THREADS = 4
_pool: list[ThreadPoolExecutor] = []


async def in_engine(verb: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Call an engine verb and wait for it without holding up the loop."""
    loop = asyncio.get_running_loop()
    # The context goes along: it knows where the request came from.
    context = contextvars.copy_context()
    return await loop.run_in_executor(_engine_pool(), context.run, lambda: _called(verb, *args, **kwargs))


def close_pool() -> None:
    """Let the running verbs end and give back their connections."""
    while _pool:
        _pool.pop().shutdown(wait=True)


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


def _engine_pool() -> ThreadPoolExecutor:
    if not _pool:
        _pool.append(ThreadPoolExecutor(THREADS, thread_name_prefix="engine", initializer=_prepare))
    return _pool[0]


def _prepare() -> None:
    for connect in _setup:
        connect()
