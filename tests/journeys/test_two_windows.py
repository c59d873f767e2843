"""Inbound → reply → ticks, seen by two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from .demo import Demo
from .people import Inbox
from .test_offline import until

pytestmark = pytest.mark.slow


@pytest.mark.feature("IN-01", "IN-02")
def test_a_reply_in_one_window_shows_in_the_other_with_its_ticks(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    here, there = Inbox(page), Inbox(second_window())
    signs_in(there.page, demo)
    here.opens("Kabir Mehta")
    there.opens("Kabir Mehta")

    here.phone.belongs_to("Kabir")
    here.phone.says("can two of you see this?")
    expect(here.shows("can two of you see this?")).to_be_visible()
    expect(there.shows("can two of you see this?")).to_be_visible()
    there.answers("Both of us can.")

    expect(here.shows("Both of us can.")).to_be_visible()
    here.expects_ticks("Both of us can.", "read")
    there.expects_ticks("Both of us can.", "read")


@pytest.mark.feature("IN-15")
def test_a_conversation_is_handed_to_a_colleague_and_both_windows_say_so(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    here, there = Inbox(page), Inbox(second_window())
    signs_in(there.page, demo)
    for one in (here, there):
        one.opens("Ananya Rao")

    page.get_by_role("button", name="Hand over").click()
    page.get_by_role("menuitem", name="Ravi Kumar").click()

    for one in (here, there):
        expect(one.page.get_by_role("button", name="With Ravi Kumar")).to_be_visible()
        expect(one.page.get_by_role("log").get_by_text("Asha Rao gave the conversation to Ravi Kumar")).to_be_visible()
    page.get_by_role("button", name="With Ravi Kumar").click()
    page.get_by_role("menuitem", name="Give back to everybody").click()
    expect(there.page.get_by_role("button", name="Hand over")).to_be_visible()


@pytest.mark.feature("IN-05")
def test_a_window_that_was_away_catches_up(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    here, away = Inbox(page), Inbox(second_window())
    signs_in(away.page, demo)
    away.opens("Kabir Mehta")
    away.page.context.set_offline(True)

    here.phone.belongs_to("Kabir")
    here.phone.says("said while you were away")
    expect(here.row("Kabir Mehta")).to_contain_text("said while you were away")
    away.page.context.set_offline(False)

    expect(away.shows("said while you were away")).to_be_visible(timeout=15_000)


def signs_in(page: Page, demo: Demo) -> None:
    """With e-mail and password, as on every day but the first."""
    page.goto(demo.address)
    page.get_by_role("textbox", name="E-mail").fill(demo.email)
    page.get_by_role("textbox", name="Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation").first).to_be_visible()


@pytest.mark.feature("IN-05")
def test_what_arrives_while_a_conversation_is_being_loaded_is_not_lost(demo: Demo, page: Page) -> None:
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.row("Kabir Mehta").wait_for()
    held: list[tuple[Route, APIResponse]] = []
    # The box has answered; the answer is held up on its way to the browser.
    page.route(re.compile(r"/conversations/\d+/timeline\?"), lambda route: held.append((route, route.fetch())))
    inbox.row("Kabir Mehta").click()
    until(page, lambda: bool(held))

    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("in the very moment you opened this")
    expect(inbox.row("Kabir Mehta")).to_contain_text("in the very moment")
    for route, answer in held:
        route.fulfill(response=answer)

    expect(inbox.shows("Please keep 3 metres")).to_be_visible()
    expect(inbox.shows("in the very moment you opened this")).to_be_visible()
