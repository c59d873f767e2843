"""The inbox on a box that has lived: list, thread and search over HTTP, and how they and ingest grow with what is stored."""

from __future__ import annotations

import http.client
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from ..storm.box import BoxProcess
from . import seed
from .drain import drain
from .figures import Figure, median, quantile
from .lived import PROMISED, SIZES, lived

LIMITS_MS = {"list": 30.0, "thread": 30.0, "search": 80.0}
WAITING = 10_000
Ask = Callable[[random.Random], str]

COMMON = ("order", "please", "the", "saree", "is it in stock", "payment", "साड़ी", "கடை", "শাড়ি", "ભાવ", "₹", "photo")
BEGUN = ("or", "ord", "sa", "pl", "pay", "सा", "வி", "as", "as-4", "wher", "tha")
NARROW = ("order from:customer", "photo from:staff after:30d", "refund tag:vip", "kind:file receipt", "before:60d parcel", "in:kavita order", '"where is my order"', "from:me")
NAMES = ("kavita", "raj", "sharma", "pat", "मोहन", "செல்வி", "9812", "4567")


def measure(*, quick: bool) -> list[Figure]:
    """A box of each size, asked by an owner's program and by an agent's."""
    figures: list[Figure] = []
    for size in SIZES:
        if quick and size > 100_000:
            break
        filled = lived(size)
        if size == PROMISED:
            figures.append(Figure("seed, up to a million messages", "messages/s", filled.per_second, 20_000, "at least"))
        with tempfile.TemporaryDirectory() as folder:
            box = filled.copy(Path(folder) / "data")
            figures += _asked(box, [box.api_key("ADMIN"), box.api_key("AGENT")], size, 150 if quick else 600)
            figures += _drained(box.folder, size)
    return figures


def _asked(box: BoxProcess, keys: Sequence[str], size: int, count: int) -> list[Figure]:
    asks = questions(box.folder)
    try:
        box.start()
        with_keys = [Asking(box.port, key) for key in keys]
        took = {name: _times(with_keys, ask, count) for name, ask in asks.items()}
    finally:
        box.end()
    smallest = median(took.pop("smallest"))
    figures = []
    for name, times in took.items():
        limit = LIMITS_MS[name] if size == PROMISED else None
        figures.append(Figure(f"{name}, {size:,} messages stored, p50", "ms", median(times) * 1000))
        figures.append(Figure(f"{name}, {size:,} messages stored, p99", "ms", quantile(times, 0.99) * 1000, limit))
        figures.append(Figure(f"{name}, {size:,} messages stored, times the smallest answer of the same server", "×", median(times) / smallest))
    return figures


def _times(asking: Sequence[Asking], ask: Ask, count: int) -> list[float]:
    rng = random.Random(7)
    times = []
    for number in range(count + 40):
        took = asking[number % len(asking)].get(ask(rng))
        if number >= 40:  # the first ones warm up
            times.append(took)
    return times


def _drained(data: Path, size: int) -> list[Figure]:
    tag = f"W{size}M"
    seed.waiting_webhooks(data, WAITING, tag)
    limit = 5000 if size <= PROMISED else None
    return [Figure(f"backlog drain beside a search index, {size:,} messages stored", "messages/s", drain(data, WAITING, tag), limit, "at least")]


class Asking:
    """A program with a key and a line that stays open."""

    def __init__(self, port: int, key: str):
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Authorization": f"Bearer {key}"}

    def get(self, path: str) -> float:
        """How long the whole answer took."""
        began = time.perf_counter()
        self._line.request("GET", path, headers=self._headers)
        answer = self._line.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        assert answer.status == 200, f"{path}: {answer.status} {body[:300]!r}"
        return took

def questions(data: Path) -> dict[str, Ask]:
    """What is asked: pages of the list, of threads of every length, and searches for rare and very common words."""
    conversations, places, orders = _known(data)
    searches = [*COMMON, *BEGUN, *NARROW, *NAMES]

    def the_list(rng: random.Random) -> str:
        cursor = {"cursor": str(rng.choice(places))} if rng.random() < 0.5 else {}
        return "/api/v1/conversations?" + urlencode({"filter": rng.choice(("all", "unread", "unassigned")), "limit": "60", **cursor})

    def thread(rng: random.Random) -> str:
        return f"/api/v1/conversations/{rng.choice(conversations)}/timeline?limit=60"

    def search(rng: random.Random) -> str:
        words = rng.choice(orders) if rng.random() < 0.3 else rng.choice(searches)
        return "/api/v1/search?" + urlencode({"q": words, "limit": "30"})

    return {"smallest": lambda _: "/api/v1/number", "list": the_list, "thread": thread, "search": search}


def _known(data: Path) -> tuple[list[int], list[int], list[str]]:
    with sqlite3.connect(data / "box.db") as database:
        # The longest conversations and any others: both must be quick to open. Only what an agent may see.
        longest = "SELECT conversation_id FROM message GROUP BY conversation_id ORDER BY count(*) DESC LIMIT 2000"
        free = "SELECT id FROM conversation WHERE assignee_id IS NULL"
        rows = database.execute(f"SELECT id FROM conversation WHERE id IN ({longest}) AND id IN ({free})").fetchall()[:60]
        rows += database.execute(f"{free} LIMIT 400").fetchall()
        places = [row[0] for row in database.execute("SELECT sort_id FROM conversation WHERE sort_id > 0 ORDER BY random() LIMIT 400")]
        texts = database.execute("SELECT text FROM message WHERE text LIKE '%AS-%' LIMIT 4000")
        orders = [found[0] for row in texts if (found := re.search(r"AS-\d{5}", row[0]))][::10]
    return [row[0] for row in rows], places, orders
