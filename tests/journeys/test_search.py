"""Asha looks for what was said: from anywhere, in any script, and lands on the message."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .demo import Demo
from .people import Inbox

pytestmark = pytest.mark.slow


@pytest.mark.feature("IN-31")
def test_what_kabir_wrote_is_found_in_his_script_and_opens_where_it_was_said(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.opens("Kabir Mehta")
    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("क्या लाल <b>बनारसी</b> साड़ी मिलेगी?")
    expect(inbox.shows("बनारसी")).to_be_visible()
    page.goto(f"{demo.address}/inbox")
    inbox.row("Kabir Mehta").wait_for()

    page.keyboard.press("/")
    hit = found(page, "बनारसी सा")
    expect(hit.locator("mark")).to_have_text(["बनारसी", "साड़ी"])
    expect(hit).to_contain_text("<b>")
    page.keyboard.press("Enter")

    expect(inbox.shows("बनारसी")).to_be_visible()
    assert "c=" in page.url and "m=" in page.url
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.feature("IN-31")
def test_the_command_bar_hands_words_to_the_search_and_the_search_remembers_them(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    Inbox(page).row("Kabir Mehta").wait_for()

    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search and commands").fill("3 metres")
    page.get_by_role("option", name="Search messages for “3 metres”").click()
    hit = found(page, "3 metres")
    expect(hit).to_contain_text("Please keep 3 metres")
    hit.click()
    expect(Inbox(page).shows("Please keep 3 metres")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")

    expect(page.get_by_role("dialog").get_by_role("button", name="3 metres")).to_be_visible()
    page.get_by_role("combobox", name="Search").fill("nobody ever said this")
    expect(page.get_by_text("Nothing found for")).to_be_visible()


def found(page: Page, words: str) -> Locator:
    """The first hit; the index follows a message within seconds, so the words are typed until then."""
    box, hit = page.get_by_role("combobox", name="Search"), page.get_by_role("dialog").get_by_role("option").first
    for number in range(12):
        # In quotes and without: the same question twice would be answered from memory.
        box.fill(f'"{words.split()[0]}" {words}' if number % 2 else words)
        page.wait_for_timeout(1_000)
        if hit.is_visible():
            return hit
    raise AssertionError(f"{words} was not found")
