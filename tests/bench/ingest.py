"""Durable ingest beside the same server's hello-world, by processor time of the server."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from .figures import Figure, median, quantile
from .load import Result, burst, messages, post
from .process import Running, running

CONNECTIONS = 64


KINDS = ("hello", "door", "naive")


def measure(*, quick: bool) -> list[Figure]:
    """All three servers run at once and are asked in turn, so that a noisy neighbour meets all of them alike.

    Every other round asks them in the opposite order: what grows or shrinks meanwhile favours none of them.
    """
    rounds, count = (8, 1000) if quick else (40, 2000)
    cost: dict[str, list[float]] = {kind: [] for kind in KINDS}
    waits: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers = {kind: stack.enter_context(_server(kind, Path(folder) / kind)) for kind in KINDS}
        for number in range(rounds + 1):
            for kind, server in list(servers.items())[:: 1 if number % 2 else -1]:
                result, cpu_us = _ask(server, count if kind != "naive" else count // 3, f"{kind}{number}")
                if number:  # the first round warms up
                    cost[kind].append(cpu_us)
                    waits[kind] += result.latencies_s
    return [
        Figure("hello-world on the same server", "µs CPU", median(cost["hello"]), note="the limit"),
        Figure("durable ingest", "µs CPU", median(cost["door"])),
        Figure(
            "durable ingest, throughput for its CPU as a share of hello-world's", "", _ratio(cost["hello"], cost["door"]), 0.85, "at least"
        ),
        Figure("durable ingest, 64 connections, p99", "ms", quantile(waits["door"], 0.99) * 1000, 100),
        Figure("naive handler, a transaction per request", "µs CPU", median(cost["naive"]), note="for the ratio"),
        Figure("durable ingest, times cheaper than the naive handler", "×", _ratio(cost["naive"], cost["door"])),
        Figure("naive handler, 64 connections, p99", "ms", quantile(waits["naive"], 0.99) * 1000, note="for the ratio"),
    ]


def _ratio(one: list[float], other: list[float]) -> float:
    """The median of the rounds' own ratios: both sides of each were measured in the same second."""
    return median([a / b for a, b in zip(one, other, strict=True)])


def _server(kind: str, folder: Path) -> AbstractContextManager[Running]:
    folder.mkdir()
    return running("-m", "tests.bench.servers", kind, "{port}", str(folder))


def _ask(server: Running, count: int, tag: str) -> tuple[Result, float]:
    requests = [post(body) for body in messages(count, tag=tag)]
    before = server.cpu_s()
    result = asyncio.run(burst(server.port, requests, connections=CONNECTIONS))
    cpu_us = (server.cpu_s() - before) / count * 1e6
    if result.refused:
        raise RuntimeError(f"{tag}: {result.refused} of {count} were refused")
    return result, cpu_us
