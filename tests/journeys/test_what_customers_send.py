"""More than text: what a customer can send is readable in the thread. And the shop's own time, whatever the browser's."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from .demo import Demo
from .people import Act, Inbox
from .test_offline import arrives
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow


@pytest.mark.feature("IN-08")
def test_a_place_a_card_a_sticker_and_a_reaction_are_shown(demo: Demo, page_without_errors: Page, kabir: Act) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")

    kabir(type="location", latitude=12.97, longitude=77.59, name="My tailor", address="Church Street")
    kabir(type="contacts", contacts=[{"name": "Meera Iyer", "phone": "+919845099999"}])
    kabir(type="sticker")
    said = kabir(type="text", text="do you like it?")
    inbox.answers("I do!")
    arrives(inbox, "I do!")
    kabir(type="reaction", message_id=said["wamid"], emoji="🎉")

    expect(inbox.shows("My tailor")).to_contain_text("12.97000")
    expect(inbox.shows("Meera Iyer")).to_contain_text("98450 99999")
    expect(page.get_by_role("log").get_by_role("img", name="Sticker")).to_be_visible(timeout=15_000)
    expect(inbox.shows("do you like it?")).to_contain_text("🎉")


@pytest.mark.feature("OP-10")
def test_times_are_the_shops_own_in_any_browser(demo: Demo, browser: Browser, kabir: Act) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale="en-IN")
    inbox = Inbox(context.new_page())
    signs_in(inbox.page, demo)

    kabir(type="text", text="what time is it in the shop?")

    expect(inbox.row("Kabir Mehta")).to_contain_text("what time is it")
    shown = inbox.row("Kabir Mehta").locator("time").inner_text()
    now = datetime.now(UTC).astimezone(ZoneInfo("Asia/Kolkata"))
    minutes = (now.hour * 60 + now.minute - int(shown[:2]) * 60 - int(shown[3:5])) % 1440
    assert minutes <= 1, f"{shown} is not the time in India"
    context.close()
