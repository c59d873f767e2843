"""Without the box: the shell opens, the last chats are read, what is written waits, and each message goes out once."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from ..patience import BUSY
from .demo import Demo
from .people import Inbox

pytestmark = pytest.mark.slow
Reads = Callable[[], list[str]]

# True once the service worker is in charge of the next visit and the last chats lie in the browser.
_READY = """
async (threads) => {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.active) return false;
  const rows = await new Promise((resolve) => {
    const opening = indexedDB.open('wablast');
    opening.onsuccess = () => {
      const asking = opening.result.transaction('kept').objectStore('kept').getAll();
      asking.onsuccess = () => { resolve(asking.result); opening.result.close(); };
    };
    opening.onerror = () => { resolve([]); };
  });
  const kinds = rows.map((row) => row.kind);
  return kinds.includes('session') && kinds.includes('lists') && kinds.filter((kind) => kind === 'threads').length >= threads;
}
"""
_STORED = """
async () => {
  const database = await new Promise((resolve) => { const o = indexedDB.open('wablast'); o.onsuccess = () => resolve(o.result); });
  const count = (store) => new Promise((resolve) => { const c = database.transaction(store).objectStore(store).count(); c.onsuccess = () => resolve(c.result); });
  const cached = (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat();
  const found = { kept: await count('kept'), waiting: await count('waiting'), cached };
  database.close();
  return found;
}
"""


@pytest.fixture
def kabir_reads(demo: Demo) -> Reads:
    """What is on Kabir's phone, by the simulator's own door."""

    def read() -> list[str]:
        with urllib.request.urlopen(f"{demo.address}/simulator/control/customers/kabir/messages", timeout=10) as answer:
            return [json.dumps(one) for one in json.loads(answer.read())["items"]]

    return read


def on_phone(reads: Reads, words: str) -> int:
    return sum(words in one for one in reads())


def until(page: Page, holds: Callable[[], bool], seconds: float = 15) -> None:
    for _ in range(int(seconds * 5)):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not come to that in time")


def opens_kabir(page: Page, demo: Demo, *, threads: int = 1) -> Inbox:
    """An inbox that has been open for long enough to be read without the box."""
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.opens("Kabir Mehta")
    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    until(page, lambda: bool(page.evaluate(_READY, threads)), 20 * BUSY)
    return inbox


@pytest.mark.feature("DT-01", "DT-02", "DT-09")
def test_without_the_box_the_last_chats_are_read_and_an_answer_waits(demo: Demo, page_without_errors: Page, kabir_reads: Reads) -> None:
    page = page_without_errors
    inbox = opens_kabir(page, demo, threads=5)

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    inbox.opens("Lakshmi Iyer")
    expect(inbox.shows("Thank you")).to_be_visible()
    inbox.opens("Kabir Mehta")
    expect(page.get_by_text("The box is out of reach", exact=False).first).to_be_visible()
    inbox.answers("written without the line")
    expect(inbox.shows("written without the line")).to_contain_text("sent as soon as it answers")
    page.context.set_offline(False)

    until(page, lambda: on_phone(kabir_reads, "written without the line") > 0)
    arrives(inbox, "written without the line")
    page.wait_for_timeout(1000)
    assert on_phone(kabir_reads, "written without the line") == 1
    expect(inbox.shows("written without the line")).to_have_count(1)


@pytest.mark.feature("DT-09")
def test_two_tabs_that_come_back_at_once_send_once(demo: Demo, page: Page, kabir_reads: Reads) -> None:
    here = opens_kabir(page, demo)
    there = Inbox(page.context.new_page())
    there.page.goto(page.url)
    expect(there.shows("Please keep 3 metres")).to_be_visible()
    sent = sends(page.context)

    page.context.set_offline(True)
    here.answers("from the first tab")
    expect(here.shows("from the first tab")).to_contain_text("sent as soon as it answers")
    expect(there.shows("from the first tab")).to_contain_text("sent as soon as it answers")
    there.answers("from the second tab")
    expect(there.shows("from the second tab")).to_contain_text("sent as soon as it answers")
    sent.clear()
    page.context.set_offline(False)

    for words in ("from the first tab", "from the second tab"):
        until(page, lambda words=words: on_phone(kabir_reads, words) > 0)
        arrives(here, words)
        arrives(there, words)
    page.wait_for_timeout(1500)
    assert [on_phone(kabir_reads, words) for words in ("from the first tab", "from the second tab")] == [1, 1]
    assert len(sent) == len(set(sent)), "each was handed to the box by one tab only"


@pytest.mark.feature("DT-09")
def test_what_waits_survives_closing_the_tab(demo: Demo, page: Page, kabir_reads: Reads) -> None:
    inbox = opens_kabir(page, demo)
    page.context.set_offline(True)
    inbox.answers("and then I closed the tab")
    expect(inbox.shows("and then I closed the tab")).to_contain_text("sent as soon as it answers")
    address = page.url
    context = page.context
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    until(again, lambda: on_phone(kabir_reads, "and then I closed the tab") > 0)
    expect(Inbox(again).shows("and then I closed the tab")).to_have_count(1)
    again.wait_for_timeout(1000)
    assert on_phone(kabir_reads, "and then I closed the tab") == 1


@pytest.mark.feature("DT-01")
def test_signing_out_leaves_nothing_to_read_and_the_api_is_never_kept(demo: Demo, page: Page) -> None:
    opens_kabir(page, demo)
    before: dict[str, Any] = page.evaluate(_STORED)
    assert before["kept"] > 0
    assert before["cached"] and not [path for path in before["cached"] if path.startswith(("/api", "/simulator"))]

    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    after = page.evaluate(_STORED)
    assert (after["kept"], after["waiting"]) == (0, 0)
    page.context.set_offline(True)
    page.goto(f"{demo.address}/inbox")
    expect(page.get_by_text("Please keep 3 metres")).to_have_count(0)


@pytest.mark.feature("AP-14")
def test_what_happens_patches_the_screen_and_a_return_asks_only_for_what_was_missed(demo: Demo, page: Page, kabir_reads: Reads) -> None:
    inbox = opens_kabir(page, demo)
    asked = reads(page.context)
    # What a window keeps for later it asks for when it has time: not here, where each question is counted.
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.reload()
    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("Live")
    page.wait_for_timeout(1500)
    assert len([path for path in asked if path.endswith("/conversations")]) == 1, "the list is loaded once, not again when the line stands"
    asked.clear()

    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("a patch, not a fetch")
    expect(inbox.shows("a patch, not a fetch")).to_be_visible()
    page.wait_for_timeout(400)
    assert not [path for path in asked if path.endswith(("/timeline", "/conversations"))], asked

    page.context.set_offline(True)
    expect(page.get_by_text("out of reach", exact=False).first).to_be_visible(timeout=15_000)
    say(demo, "kabir", "while you were away")
    asked.clear()
    page.context.set_offline(False)
    expect(inbox.shows("while you were away")).to_be_visible(timeout=15_000)

    assert [path for path in asked if path.endswith("/events")], "it asked what it had missed"
    assert not [path for path in asked if path.endswith(("/timeline", "/conversations"))], asked


def arrives(inbox: Inbox, words: str) -> None:
    """Two ticks, grey or blue."""
    ticks = inbox.shows(words).locator("[role=img][data-state=delivered], [role=img][data-state=read]")
    expect(ticks).to_be_visible(timeout=15_000)


def sends(context: BrowserContext) -> list[str]:
    """The keys of the messages that are handed to the box, by whichever tab."""
    keys: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/messages"):
            keys.append(request.headers["idempotency-key"])

    context.on("request", note)
    return keys


def reads(context: BrowserContext) -> list[str]:
    """What is asked of the API, without its parameters; the count of the unread is a question of its own."""
    paths: list[str] = []

    def note(request: Request) -> None:
        if request.method == "GET" and "/api/" in request.url and "filter=unread" not in request.url and "/counts" not in request.url:
            paths.append(request.url.split("?")[0])

    context.on("request", note)
    return paths


def say(demo: Demo, customer: str, words: str) -> None:
    request = urllib.request.Request(
        f"{demo.address}/simulator/control/customers/{customer}/acts", data=json.dumps({"type": "text", "text": words}).encode()
    )
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request, timeout=10):
        pass
