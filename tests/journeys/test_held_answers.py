"""What changes while the first answer about it is still on its way, and what changes while one looks at another page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from .demo import Demo
from .people import Inbox
from .test_contacts import WIDE, panel
from .test_offline import until
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow


@contextmanager
def held_up(page: Page, address: str) -> Iterator[Callable[[], None]]:
    """The box answers there at once, and what is yielded waits for it; the window hears the first answer only at the end."""
    held: list[tuple[Route, APIResponse]] = []
    page.route(address, lambda route: held.append((route, route.fetch())), times=1)

    def has_answered() -> None:
        until(page, lambda: bool(held))

    yield has_answered
    has_answered()
    [(route, answer)] = held
    route.fulfill(response=answer)


@pytest.fixture
def windows(demo: Demo, page: Page, second_window: Callable[[], Page]) -> tuple[Inbox, Inbox]:
    here, there = Inbox(page), Inbox(second_window())
    for window in (here, there):
        window.page.set_viewport_size(WIDE)
    page.goto(demo.link)
    signs_in(there.page, demo)
    return here, there


@pytest.mark.feature("IN-36")
def test_a_customer_changed_while_the_first_answer_about_them_is_on_its_way_is_asked_for_again(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    here.opens("Kabir Mehta")
    with held_up(there.page, "**/api/v1/contacts/*") as has_answered:
        there.opens("Kabir Mehta")
        has_answered()
        panel(here).get_by_role("button", name="Block", exact=True).click()
        here.page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
        expect(there.page.get_by_text("Kabir Mehta is blocked")).to_be_visible()

    expect(panel(there).get_by_role("button", name="Unblock")).to_be_visible()


@pytest.mark.feature("IN-27")
def test_a_promise_made_before_the_line_of_a_window_stands_is_seen_there(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    with held_up(there.page, "**/api/v1/socket-ticket") as has_answered:
        there.page.reload()
        has_answered()
        expect(there.row("Kabir Mehta").get_by_role("img", name="Waits for an answer since")).to_be_visible()
        promises_an_hour(here.page)

    expect(there.row("Kabir Mehta").get_by_role("img", name="An answer is promised by")).to_be_visible()


@pytest.mark.feature("IN-27")
def test_a_promise_made_while_one_is_on_another_page_is_seen_on_the_way_back(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    expect(there.row("Kabir Mehta").get_by_role("img", name="Waits for an answer since")).to_be_visible()
    main = there.page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Templates").click()
    expect(there.page.get_by_role("heading", name="Templates")).to_be_visible()

    promises_an_hour(here.page)
    main.get_by_role("link", name="Inbox").click()

    expect(there.row("Kabir Mehta").get_by_role("img", name="An answer is promised by")).to_be_visible()


def promises_an_hour(page: Page) -> None:
    page.goto(f"{page.url.split('/inbox')[0]}/settings/service")
    everybody = page.get_by_role("form", name="Everybody")
    everybody.get_by_label("Answered within").fill("60")
    everybody.get_by_role("button", name="Save promises").click()
    expect(page.get_by_role("region", name="News")).to_contain_text("Promises saved")
