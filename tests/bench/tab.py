"""What a tab holds on to while somebody works in it for hours: chat after chat, the flow editor, the pages of the settings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..journeys.browser import FLAGS, browser_path
from ..storm.box import BoxProcess
from .browser import shown, signed_in, window
from .editor import draw
from .figures import Figure, skipped
from .frontend import STATIC
from .lived import PROMISED, lived

# The engine compiles what runs often, keeps that code in the same heap and throws it away as it likes: three quarters of what a
# tab gains in its first two hundred chats. Without its compilers the heap is what the page itself holds.
_NOT_COMPILED = "--js-flags=--no-sparkplug,--no-maglev,--no-turbofan"
# Until the caches hold as much as they ever may.
_WARM, _LAPS, _OPENED = 30, 3, 20
# What is put away in calm moments has been put away by then.
_CALM_MS = 4_000
_SCROLL = """
(to) => {
  let one = document.querySelector('a[href*="c="]:has(time)');
  while (!['auto', 'scroll'].includes(getComputedStyle(one).overflowY)) one = one.parentElement;
  const was = one.scrollTop;
  one.scrollTop = to;
  return was;
}
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is left when everything that nobody holds is gone."""

    heap: float
    nodes: int
    listeners: int


def measure(*, quick: bool) -> list[Figure]:
    """A window of its own for each; what is compared was weighed on the same screen."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return [skipped("tab", "Playwright is not installed")]
    if browser_path() is None or not (STATIC / "index.html").is_file():
        return [skipped("tab", "no Chromium, or the web interface is not built")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        box = lived(10_000 if quick else PROMISED).copy(Path(folder) / "data")
        key = box.api_key()
        box.start()
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=[*FLAGS, _NOT_COMPILED])
        try:
            draw(box, key, "Three hundred", 300)
            state = signed_in(chromium, box)
            with window(chromium, state) as page:
                figures = _chats(page, box, 40 if quick else 200)
            for part in () if quick else (_editor, _settings):
                with window(chromium, state) as page:
                    figures += part(page, box)
            return figures
        finally:
            chromium.close()
            box.end()


def _chats(page: Any, box: BoxProcess, chats: int) -> list[Figure]:
    """Lap after lap of chats that nobody has opened before; weighed with the first chat on the screen."""
    # The smaller box has fewer open chats than are walked through.
    page.goto(f"{box.url}/inbox?view=all")
    page.locator('a[href*="c="]:has(time)').nth(5).wait_for()
    shown(page, {"key": "j"})
    first, held = _open_chat(page), []
    for count in (_WARM, *[chats] * _LAPS):
        for _ in range(count):
            shown(page, {"key": "j"})
        here, top = _open_chat(page), page.evaluate(_SCROLL, 0)
        _press(page, first)
        held.append(_held(page))
        page.evaluate(_SCROLL, top)
        _press(page, here)
    before, *after = held
    return [
        Figure(f"memory of the tab, {_WARM} chats opened, without compiled code", "MB", before.heap, note="for the ratio"),
        *(
            Figure(f"memory of the tab after {chats * lap} chats more, times before", "×", one.heap / before.heap, 1.15)
            for lap, one in enumerate(after, 1)
        ),
        *(
            Figure(f"memory of the tab after {chats * (lap + 1)} chats, times after {chats * lap}", "×", after[lap].heap / after[lap - 1].heap, 1.05)
            for lap in range(1, _LAPS)
        ),
        *_flat(f"after {chats * _LAPS} chats more", before, after[-1]),
    ]  # fmt: skip


def _editor(page: Any, box: BoxProcess) -> list[Figure]:
    """A flow of 300 steps, opened and left for the list of flows."""
    page.goto(f"{box.url}/flows")
    held = []
    for count in (_OPENED // 5, _OPENED):
        for _ in range(count):
            page.get_by_role("link", name="Three hundred", exact=True).click()
            page.locator(".react-flow__node").nth(3).wait_for()
            page.wait_for_timeout(500)
            page.locator('a[href="/flows"]').first.click()
            page.get_by_role("link", name="Three hundred", exact=True).wait_for()
        held.append(_held(page))
    return _compared(f"after the flow editor was opened {_OPENED} times more", *held)


def _settings(page: Any, box: BoxProcess) -> list[Figure]:
    """Every page of the settings in turn."""
    page.goto(f"{box.url}/settings/account")
    page.locator('a[href^="/settings/"]').nth(5).wait_for()
    pages = page.locator('nav a[href^="/settings/"]').evaluate_all("(links) => [...new Set(links.map((one) => one.getAttribute('href')))]")
    held = []
    for laps in (1, 4):
        for place in [*pages * laps, pages[0]]:
            page.locator(f'nav a[href="{place}"]').first.click()
            page.wait_for_timeout(300)
        held.append(_held(page))
    return _compared(f"after {len(pages)} settings pages were opened 4 times more", *held)


def _compared(when: str, before: Held, after: Held) -> list[Figure]:
    return [Figure(f"memory of the tab {when}, times before", "×", after.heap / before.heap, 1.15), *_flat(when, before, after)]


def _flat(when: str, before: Held, after: Held) -> Iterable[Figure]:
    """Nodes that left the page and are still held are counted too."""
    yield Figure(f"nodes of the tab {when}, times before", "×", after.nodes / before.nodes, 1.05)
    yield Figure(f"listeners of the tab {when}, times before", "×", after.listeners / before.listeners, 1.05)


def _open_chat(page: Any) -> str:
    return str(page.evaluate("new URL(location).searchParams.get('c')"))


def _press(page: Any, chat: str) -> None:
    page.locator(f'a[href*="c={chat}"]:has(time)').click()
    page.locator("[role=log] [data-index]").first.wait_for()
    page.evaluate("document.activeElement.blur()")


def _held(page: Any) -> Held:
    page.mouse.move(0, 0)
    page.wait_for_timeout(_CALM_MS)
    session = page.context.new_cdp_session(page)
    # One collection finds what the one before has let go.
    for _ in range(5):
        session.send("HeapProfiler.collectGarbage")
    used, counted = session.send("Runtime.getHeapUsage")["usedSize"], session.send("Memory.getDOMCounters")
    session.detach()
    return Held(used / 1e6, counted["nodes"], counted["jsEventListeners"])
