"""The thread in a real browser: notes between colleagues, what customers change, the way back, and hostile words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from ..patience import BUSY
from .demo import Demo
from .hostile import EVERYTHING
from .people import Act, Inbox
from .test_two_windows import signs_in
from .webhook import delivers, message, text

pytestmark = pytest.mark.slow
# No story of the demo is hers.
ZOYA = {"wa_id": "919811111111", "name": "Zoya Khan"}
KABIR = {"wa_id": "919845012345", "name": "Kabir Mehta"}

# Everything in the page that somebody's words could have made, and how things stand that they must not move.
_LOOK = r"""
() => {
  const log = document.querySelector('[role=log]');
  const words = [...document.querySelectorAll('[role=log] article, [role=status], h2, a[href*="c="]')].map((one) => one.innerText).join('\n');
  const rows = [...document.querySelectorAll('a[href*="inbox?"]')].filter((one) => one.querySelector('time')).map((one) => Math.round(one.getBoundingClientRect().height));
  return {
    hacked: window.hacked ?? null,
    foreign: [...document.querySelectorAll('[role=log] :is(script, iframe, style, template, object, embed, form, h1), [role=log] img:not([src^="/"]):not([src^="blob:"])')].map((one) => one.outerHTML),
    handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((attribute) => attribute.name.startsWith('on'))).length,
    links: [...log.querySelectorAll('a')].map((one) => one.getAttribute('href')).filter((href) => !/^(https?:|mailto:|tel:|\/|blob:)/.test(href)),
    turns: /[\u202a-\u202e\u2066-\u2069]/.test(words),
    piles: /\p{M}{4}/u.test(words),
    heights: [...new Set(rows)],
    head: Math.round(document.querySelector('section header').getBoundingClientRect().height),
    wide: document.documentElement.scrollWidth > innerWidth || log.scrollWidth > log.clientWidth + 1,
  };
}
"""


@pytest.mark.feature("IN-20", "IN-21")
def test_a_note_reaches_the_colleague_and_never_the_customer(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    here, there = Inbox(page), Inbox(second_window())
    signs_in(there.page, demo)
    here.opens("Kabir Mehta")
    there.opens("Kabir Mehta")

    here.page.get_by_role("log").focus()
    here.page.keyboard.press("n")
    note = here.page.get_by_role("textbox", name="Internal note")
    note.press_sequentially("Ask @ra")
    expect(here.page.get_by_role("option")).to_have_text(re.compile("Ravi"))
    note.press("Enter")
    note.press_sequentially("for the ribbon")
    note.press("Enter")

    for window in (here, there):
        expect(window.page.get_by_role("article", name=re.compile("^Note of Asha"))).to_contain_text("Ask @Ravi Kumar for the ribbon")
    here.phone.belongs_to("Kabir")
    expect(here.phone.frame.locator("#thread")).not_to_contain_text("ribbon")
    note.press("Escape")
    expect(here.page.get_by_label("Message", exact=True)).to_be_focused()


@pytest.mark.feature("CN-22", "IN-08")
def test_what_the_customer_changes_changes_and_what_was_said_stays_readable(demo: Demo, page_without_errors: Page, kabir: Act) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    order, secret = kabir(type="text", text="Three metres"), kabir(type="text", text="my card is 4111")
    expect(inbox.shows("my card is 4111")).to_be_visible()

    kabir(type="edit", message_id=order["wamid"], text="Five metres")
    kabir(type="revoke", message_id=secret["wamid"])
    kabir(type="reaction", message_id=order["wamid"], emoji="🙏")
    kabir(type="reaction", message_id=order["wamid"], emoji="👍")

    expect(inbox.shows("Five metres")).to_contain_text("👍")
    expect(inbox.shows("Five metres")).not_to_contain_text("🙏")
    expect(inbox.shows("Three metres")).to_have_count(0)
    inbox.shows("Five metres").get_by_role("button", name=re.compile("Edited by the customer")).click()
    expect(inbox.shows("Three metres")).to_be_visible()
    gone = inbox.shows("Deleted by the customer")
    expect(gone).not_to_contain_text("4111")
    gone.get_by_role("button", name="Show what it said").click()
    expect(gone).to_contain_text("my card is 4111")


@pytest.mark.feature("IN-09")
def test_one_goes_far_back_by_a_quote_and_is_told_what_came_meanwhile(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    first = message(text("the very first question"), **ZOYA)
    delivers(demo, first, *(message(text(f"line {number}"), **ZOYA) for number in range(300)))
    quoting = {**text("about my first question"), "context": {"id": first["messages"][0]["id"]}}
    delivers(demo, message(quoting, **ZOYA))
    page.goto(demo.link)
    inbox.opens("Zoya Khan")
    expect(inbox.shows("line 299")).to_be_visible()
    expect(inbox.shows("line 100")).to_have_count(0)

    inbox.shows("about my first question").get_by_role("button", name="Go to the quoted message").click()
    found = inbox.shows("the very first question").filter(has_not_text="about")
    expect(found).to_be_in_viewport()
    delivers(demo, message(text("are you there?"), **ZOYA), message(text("hello?"), **ZOYA))

    expect(found).to_be_in_viewport()
    expect(inbox.shows("hello?")).to_have_count(0)
    page.get_by_role("region", name="Conversation with Zoya Khan").get_by_role("button", name="2 new").click()
    expect(inbox.shows("hello?")).to_be_in_viewport()


def test_one_goes_to_a_day_from_anywhere_in_the_thread(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    delivers(demo, *(message(text(f"line {number:03}"), **ZOYA) for number in range(200)))
    page.goto(demo.link)
    inbox.opens("Zoya Khan")
    expect(inbox.shows("line 199")).to_be_in_viewport()

    page.get_by_role("log").evaluate("(log) => { log.scrollTop -= 600; }")
    page.get_by_role("button", name="Today: go to another day").click()
    page.get_by_role("button", name="Go there").click()

    expect(inbox.shows("line 000")).to_be_in_viewport()


def test_a_thread_scrolls_on_from_the_middle_to_both_ends(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    middle = message(text("the middle"), **ZOYA)
    lines = [message(text(f"line {number:03}"), **ZOYA) for number in range(300)]
    delivers(demo, *lines[:150], middle, *lines[150:])
    delivers(demo, message({**text("look there"), "context": {"id": middle["messages"][0]["id"]}}, **ZOYA))
    page.goto(demo.link)
    inbox.opens("Zoya Khan")
    inbox.shows("look there").get_by_role("button", name="Go to the quoted message").click()
    expect(inbox.shows("the middle").filter(has_not_text="look")).to_be_in_viewport()

    seen = set(_scrolled(page, -1, page.get_by_text("The conversation begins here"))) | set(_scrolled(page, 1, inbox.shows("look there")))

    assert not {f"line {number:03}" for number in range(300)} - seen
    expect(inbox.shows("look there")).to_be_in_viewport()


def _scrolled(page: Page, direction: int, end: Locator) -> list[str]:
    """Every line that is shown on the way to one end, and what stands there."""
    found: list[str] = []
    still, until = 0, time.monotonic() + 15 * BUSY
    while still < 8:
        assert time.monotonic() < until, "the thread has no end"
        now = page.evaluate(
            "(by) => { const log = document.querySelector('[role=log]'); const before = log.scrollTop; log.scrollTop += by * log.clientHeight * 0.7;"
            " return { words: log.innerText, moved: Math.abs(log.scrollTop - before) > 1 }; }",
            direction,
        )
        found += re.findall(r"line \d{3}", now["words"])
        still = 0 if now["moved"] or not end.count() else still + 1
        page.wait_for_timeout(60)
    return found


def test_hostile_words_change_nothing_but_themselves(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.on("dialog", lambda dialog: pytest.fail(f"a stranger opened a window: {dialog.message}"))
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    calm: dict[str, Any] = page.evaluate(_LOOK)
    assert len(calm["heights"]) == 1

    for start in range(0, len(EVERYTHING), 8):
        batch = EVERYTHING[start : start + 8]
        delivers(demo, *(message(_kind(words, at), **KABIR) for at, words in enumerate(batch)))
        delivers(demo, message(text("this batch is over"), **KABIR))
        expect(inbox.shows("this batch is over").last).to_be_in_viewport()
        assert page.evaluate(_LOOK) == calm, [ascii(words)[:60] for words in batch]


def _kind(words: str, at: int) -> dict[str, Any]:
    """The same words in one place of a message after another."""
    kinds: list[dict[str, Any]] = [
        text(words),
        {"type": "document", "document": {"id": "1", "mime_type": "application/pdf", "filename": words, "caption": words}},
        {"type": "location", "location": {"latitude": 12.9, "longitude": 77.5, "name": words, "address": words}},
        {"type": "contacts", "contacts": [{"name": {"formatted_name": words}, "phones": [{"phone": words}], "org": {"company": words}}]},
        {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": words, "description": words}}},
        {
            "type": "order",
            "order": {
                "catalog_id": "1",
                "text": words,
                "product_items": [{"product_retailer_id": words, "quantity": 1, "item_price": 1, "currency": words}],
            },
        },
        {**text(words), "referral": {"source_url": words, "headline": words, "body": words, "source_id": words, "source_type": words}},
        {"type": words[:60] or "nothing", "whatever": {"words": words}, "errors": [{"code": 131051, "title": words}]},
    ]
    return kinds[at % len(kinds)]


def test_a_hostile_name_stays_in_its_place(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    calm = page.evaluate(_LOOK)

    for number, name in enumerate(EVERYTHING):
        delivers(demo, message(text(name), wa_id=f"9198450{number:05}", name=name))
    delivers(demo, message(text("the last of them"), wa_id="919845099990", name="Meera"))
    page.goto(f"{demo.address}/inbox")
    expect(inbox.row("Meera")).to_contain_text("the last of them")
    inbox.opens("Meera")
    assert page.evaluate(_LOOK) == calm

    opened = set()
    for _ in EVERYTHING:
        page.get_by_role("log").focus()
        before = page.url
        page.keyboard.press("j")
        expect(page).not_to_have_url(before)
        expect(page.get_by_role("log").get_by_role("article").last).to_be_visible()
        opened.add(page.url)
        assert page.evaluate(_LOOK) == calm
    assert len(opened) == len(EVERYTHING)
