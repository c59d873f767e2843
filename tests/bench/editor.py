"""The flow editor with 300 steps, in a headless Chromium: how soon it stands there, and whether it stays smooth."""

from __future__ import annotations

import json
import tempfile
import urllib.request
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..journeys.browser import FLAGS, browser_path
from ..storm.box import BoxProcess
from .browser import per_second, signed_in, window
from .figures import Figure, median, quantile, skipped
from .frontend import STATIC
from .lived import lived

STEPS, WIDE = 300, 20
# From the press on its name to the frame in which the cards in sight are drawn and the main thread has nothing long to do.
_UNTIL_OPEN = """
(name) => new Promise((resolve) => {
  const began = performance.now(); let long = began;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) long = Math.max(long, one.startTime + one.duration); }).observe({ type: 'longtask' });
  const look = () => {
    const cards = document.querySelectorAll('.react-flow__node');
    if (cards.length < 4) return requestAnimationFrame(look);
    const shown = performance.now();
    setTimeout(() => resolve(Math.max(shown, long) - began), 1500);
  };
  [...document.querySelectorAll('a[href^="/flows/"]')].find((link) => link.textContent === name).click();
  requestAnimationFrame(look);
})
"""
# Every frame a bit further: dragged across the rows and back, or out until all of it is in sight and in again.
_FRAMES = """
([seconds, how]) => new Promise((resolve) => {
  const pane = document.querySelector('.react-flow__pane'); const times = []; const began = performance.now(); let at = 0; let way = 1;
  const mouse = (kind, on, x) => on.dispatchEvent(new MouseEvent(kind, { clientX: x, clientY: 420 - x / 8, bubbles: true, cancelable: true, view: window, button: 0, buttons: 1 }));
  const act = {
    drag: () => {
      if (at % 60 === 0) mouse('mousedown', pane, 900);
      mouse('mousemove', window, 900 - at % 60 * 12 * way);
      if (at % 60 === 59) { mouse('mouseup', window, 900 - 708 * way); if (at % 360 === 359) way = -way; }
    },
    zoom: () => {
      if (at % 180 === 179) way = -way;
      pane.dispatchEvent(new WheelEvent('wheel', { deltaY: 12 * way, bubbles: true, cancelable: true, clientX: 700, clientY: 400, view: window }));
    },
  }[how];
  const step = () => {
    times.push(performance.now());
    if (pane) act();
    at += 1;
    if (times.at(-1) - began < seconds * 1000) requestAnimationFrame(step); else resolve(times.map((one) => one - began));
  };
  requestAnimationFrame(step);
})
"""


def measure(*, quick: bool) -> list[Figure]:
    """A box with one such flow; a fresh window for each opening."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [skipped("editor", "Playwright is not installed")]
    if browser_path() is None or not (STATIC / "index.html").is_file():
        return [skipped("editor", "no Chromium, or the web interface is not built")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        box = lived(10_000).copy(Path(folder) / "data")
        key = box.api_key()
        box.start()
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        try:
            draw(box, key, "Three hundred", STEPS)
            draw(box, key, "Three", 3)
            return _figures(chromium, box, signed_in(chromium, box), 3 if quick else 9)
        finally:
            chromium.close()
            box.end()


def _figures(chromium: Any, box: BoxProcess, state: Any, rounds: int) -> list[Figure]:
    first, again, small = [], [], []
    for _ in range(rounds):
        with window(chromium, state) as page:
            first.append(_open(page, box, "Three hundred"))
            again.append(_open(page, box, "Three hundred"))
            small.append(_open(page, box, "Three"))
    with window(chromium, state) as page:
        still = per_second(page.evaluate(_FRAMES, [3, "drag"]))
        _open(page, box, "Three hundred")
        dragged = page.evaluate(_FRAMES, [8, "drag"])
        zoomed = page.evaluate(_FRAMES, [8, "zoom"])
    return [
        Figure(f"opening a flow of {STEPS} steps, the window's first", "ms", median(first), 1000),
        Figure(f"opening a flow of {STEPS} steps, once more", "ms", median(again), 1000),
        Figure("opening a flow of 4 steps", "ms", median(small), note="for the ratio"),
        Figure("frames of an empty page", "/s", still, note="for the limit"),
        *_smooth("is dragged", dragged, still),
        *_smooth("is zoomed out and in", zoomed, still),
    ]


def _smooth(how: str, times: list[float], still: float) -> list[Figure]:
    gaps = [b - a for a, b in pairwise(times)]
    return [
        Figure(f"frames while a canvas of {STEPS} steps {how}", "/s", per_second(times), still * 0.95, "at least"),
        Figure(f"frames while a canvas of {STEPS} steps {how}, p99 between two", "ms", quantile(gaps, 0.99)),
    ]


def _open(page: Any, box: BoxProcess, name: str) -> float:
    page.goto(f"{box.url}/flows")
    page.get_by_role("link", name=name, exact=True).wait_for()
    page.wait_for_timeout(1_000)
    return float(page.evaluate(_UNTIL_OPEN, name))


def draw(box: BoxProcess, key: str, name: str, steps: int) -> None:
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    body = json.dumps({"name": name, "graph": _graph(steps)}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{box.url}/api/v1/flows", data=body, headers=headers), timeout=30).close()


def _graph(steps: int) -> dict[str, Any]:
    """Rows of messages with buttons, questions and conditions, each leading on."""
    nodes: list[dict[str, Any]] = [{"id": "start", "type": "start", "data": {"triggers": [{"id": "t", "kind": "keyword", "words": "hi"}]}}]
    edges = [{"from": "start", "output": "next", "to": "n0"}]
    layout = {"start": {"x": -300, "y": 0}}
    for at in range(steps):
        node, outputs = _node(at)
        nodes.append(node)
        layout[f"n{at}"] = {"x": at % WIDE * 300, "y": at // WIDE * 320}
        edges += [
            {"from": f"n{at}", "output": out, "to": f"n{at + 1 + ahead}"} for ahead, out in enumerate(outputs) if at + 1 + ahead < steps
        ]
    return {"nodes": nodes, "edges": edges, "layout": layout}


def _node(at: int) -> tuple[dict[str, Any], tuple[str, ...]]:
    kinds: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
        ("send_message", {"text": f"Step {at}: your saree is ready, {{{{contact.first_name}}}}. *Come any time.*"}, ("next",)),
        ("send_buttons", {"text": f"What next ({at})?", "buttons": [{"id": f"b{at}_{n}", "title": f"Way {n}"} for n in range(3)]}, tuple(f"b{at}_{n}" for n in range(3))),
        ("ask_text", {"question": "And your name?", "save_as": f"answer_{at}"}, ("next",)),
        ("condition", {"expression": "contains(message.text, 'yes')"}, ("yes", "no")),
    )  # fmt: skip
    kind, data, outputs = kinds[at % len(kinds)]
    return {"id": f"n{at}", "type": kind, "data": data}, outputs
