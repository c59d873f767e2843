"""What a person waits for, in a headless Chromium on a box with a million messages: the first screen, a chat, the next chat, scrolling."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..journeys.browser import FLAGS, browser_path
from ..storm.box import BoxProcess
from .figures import Figure, median, quantile, skipped
from .frontend import STATIC
from .lived import EMAIL, PASSWORD, PROMISED, lived

# When the list stands there and the main thread has nothing long to do any more.
_WATCH_START = """
window.wbLong = 0; window.wbShown = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.wbLong = Math.max(window.wbLong, one.startTime + one.duration); }).observe({ type: 'longtask', buffered: true });
const look = () => { if (document.querySelector('a[href*="c="]')) { window.wbShown = performance.now(); } else requestAnimationFrame(look); };
requestAnimationFrame(look);
"""
# From an act of the user to the frame that shows the other chat with its messages.
_UNTIL_SHOWN = """
(act) => new Promise((resolve) => {
  const before = document.querySelector('[role=log]');
  const began = performance.now();
  const look = (frame) => {
    const log = document.querySelector('[role=log]');
    if (log && log !== before && log.querySelector('[data-index]')) resolve(performance.now() - began);
    else if (performance.now() - began > 5000) resolve(5000);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  if (act.key) window.dispatchEvent(new KeyboardEvent('keydown', { key: act.key, bubbles: true, cancelable: true }));
  else document.elementFromPoint(act.x, act.y).closest('a').click();
})
"""
# The middle of a row of the list that is not open.
_PLACE = """
(number) => {
  const others = [...document.querySelectorAll('a[href*="c="]')].filter((row) => row.querySelector('time') && row.ariaCurrent !== 'true');
  const box = others[number % others.length].getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
"""
# From pointing to pressing; people take longer.
_HAND_S = 0.1
_FRAMES = """
(seconds) => new Promise((resolve) => {
  let element = [...document.querySelectorAll('a[href*="c="]')].find((row) => row.querySelector('time'));
  while (element && !(element.scrollHeight > element.clientHeight + 50 && getComputedStyle(element).overflowY !== 'visible')) element = element.parentElement;
  const times = []; const began = performance.now();
  const step = (frame) => {
    times.push(performance.now());
    if (element) element.scrollTop += 40;
    if (times.at(-1) - began < seconds * 1000) requestAnimationFrame(step);
    else resolve({ times: times.map((one) => one - began), reached: element ? element.scrollTop : 0 });
  };
  requestAnimationFrame(step);
})
"""


def measure(*, quick: bool) -> list[Figure]:
    """One box, fresh windows for every start, then one window for a day's work."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [skipped("browser", "Playwright is not installed")]
    if browser_path() is None or not (STATIC / "index.html").is_file():
        return [skipped("browser", "no Chromium, or the web interface is not built")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        box = lived(10_000 if quick else PROMISED).copy(Path(folder) / "data")
        box.start()
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=[*FLAGS, "--js-flags=--expose-gc"])
        try:
            state = signed_in(chromium, box)
            return [*_starts(chromium, box, state, 3 if quick else 9), *_work(chromium, box, state, 60 if quick else 200)]
        finally:
            chromium.close()
            box.end()


def signed_in(chromium: Any, box: BoxProcess) -> Any:
    with window(chromium, None) as page:
        page.goto(box.url)
        page.get_by_role("textbox", name="E-mail").fill(EMAIL)
        page.get_by_role("textbox", name="Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.locator('a[href*="c="]').first.wait_for()
        return page.context.storage_state()


def _starts(chromium: Any, box: BoxProcess, state: Any, rounds: int) -> list[Figure]:
    """Each in a window with an empty cache, beside the smallest page of the same server."""
    smallest, ready = [], []
    for _ in range(rounds):
        with window(chromium, state) as page:
            page.goto(f"{box.url}/icon.svg")
            smallest.append(page.evaluate("performance.getEntriesByType('navigation')[0].duration"))
        with window(chromium, state) as page:
            page.add_init_script(_WATCH_START)
            page.goto(f"{box.url}/inbox")
            page.locator('a[href*="c="]').first.wait_for()
            page.wait_for_timeout(1_500)
            ready.append(page.evaluate("Math.max(window.wbShown, window.wbLong)"))
    return [
        Figure("smallest page of the same server, loaded", "ms", median(smallest), note="for the ratio"),
        Figure("inbox, time to interactive, median", "ms", median(ready), 1500),
        Figure("inbox, time to interactive, slowest", "ms", max(ready)),
        Figure("inbox, time to interactive, times the smallest page", "×", median(ready) / max(1.0, median(smallest))),
    ]


def _work(chromium: Any, box: BoxProcess, state: Any, chats: int) -> list[Figure]:
    with window(chromium, state) as page:
        page.goto("about:blank")
        still = per_second(page.evaluate(_FRAMES, 3)["times"])
        page.goto(f"{box.url}/inbox")
        page.locator('a[href*="c="]').nth(5).wait_for()
        page.wait_for_timeout(1_000)
        opened = [_pressed(page, row % 9) for row in range(1, 28)]
        page.evaluate("document.activeElement.blur()")
        shown(page, {"key": "j"})
        weight = _weight(page)
        moved = [shown(page, {"key": "j"}) for _ in range(chats)]
        heavier = _weight(page)
        back = [shown(page, {"key": "k"}) for _ in range(30)]
        scrolled = page.evaluate(_FRAMES, 8)
    gaps = [b - a for a, b in zip(scrolled["times"], scrolled["times"][1:], strict=False)]
    return [
        Figure("opening a chat with the mouse, p50", "ms", median(opened)),
        Figure("opening a chat with the mouse, p95", "ms", quantile(opened, 0.95), 100),
        Figure("j and k to the next chat, p50", "ms", median(moved + back)),
        Figure("j and k to the next chat, p95", "ms", quantile(moved + back, 0.95), 50),
        Figure("frames of an empty page", "/s", still, note="for the limit"),
        Figure("frames while the list scrolls", "/s", per_second(scrolled["times"]), still * 0.95, "at least", note=f"{scrolled['reached']:,.0f} pixels"),
        Figure("frames while the list scrolls, the longest between two", "ms", max(gaps)),
        # What the page itself holds is weighed in tab.py.
        Figure("memory of the tab with its compiled code, before", "MB", weight, note="for the ratio"),
        Figure(f"memory of the tab with its compiled code, after {chats} chats, times before", "×", heavier / weight, 1.15),
    ]


def _pressed(page: Any, row: int) -> float:
    """A row is pointed at, then pressed."""
    place = page.evaluate(_PLACE, row)
    page.mouse.move(place["x"], place["y"], steps=3)
    page.wait_for_timeout(_HAND_S * 1000)
    return shown(page, place)


def shown(page: Any, act: dict[str, Any]) -> float:
    took = float(page.evaluate(_UNTIL_SHOWN, act))
    # As long as a person looks before the next one.
    page.wait_for_timeout(180)
    return took


def _weight(page: Any) -> float:
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6


def per_second(times: list[float]) -> float:
    return (len(times) - 1) / (times[-1] - times[0]) * 1000


@contextmanager
def window(chromium: Any, state: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, storage_state=state, service_workers="block")
    try:
        yield context.new_page()
    finally:
        context.close()
