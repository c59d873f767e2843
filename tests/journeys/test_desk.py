"""A day at the desk: who gets the next customer, what was promised, several steps by one press, and how it was."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ..patience import BUSY
from .demo import Demo, running_demo
from .people import Inbox
from .staff import both_sign_in, sets
from .test_list import serious
from .test_thread import ZOYA
from .test_two_windows import signs_in
from .webhook import delivers, message, text

pytestmark = pytest.mark.slow


def news(page: Page) -> Locator:
    return page.get_by_role("region", name="News")


@pytest.mark.feature("IN-16", "IN-17", "TM-10")
def test_a_customer_goes_to_who_is_there_and_a_team_is_made_in_a_minute(
    demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]
) -> None:
    asha, ravi = page_without_errors, second_window()
    both_sign_in(asha, ravi, demo)
    asha.goto(f"{demo.address}/settings/teams")
    asha.get_by_role("button", name="New team").click()
    asha.get_by_role("textbox", name="Name").fill("Sarees")
    asha.get_by_role("combobox", name="People").click()
    asha.get_by_role("option", name="Ravi Kumar").click()
    asha.keyboard.press("Escape")
    asha.get_by_role("button", name="Save team").click()
    expect(asha.get_by_role("table", name="Teams")).to_contain_text("Ravi Kumar")
    asha.get_by_role("switch", name="Away: Asha Rao").click()
    expect(asha.get_by_role("row", name=re.compile("Asha Rao"))).to_contain_text("Away")

    sets(asha, routing="round_robin")
    delivers(demo, message(text("do you have the green one?"), **ZOYA))

    expect(Inbox(ravi).row("Zoya Khan")).to_be_visible()
    Inbox(ravi).opens("Zoya Khan")
    expect(ravi.get_by_role("log")).to_contain_text("Given to Ravi Kumar automatically")
    asha.goto(f"{demo.address}/inbox")
    Inbox(asha).opens("Zoya Khan")
    expect(asha.get_by_role("log")).to_contain_text("Given to Ravi Kumar automatically")


@pytest.mark.feature("IN-19")
def test_two_who_take_the_next_get_two_and_one_hands_back(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> None:
    asha, ravi = page_without_errors, second_window()
    both_sign_in(asha, ravi, demo)
    Inbox(ravi).row("Kabir Mehta").wait_for()
    waiting = int(ravi.get_by_role("button", name="Take next").inner_text().split()[-1])

    for window in (ravi, asha):
        window.get_by_role("button", name="Take next").click()
        expect(window.get_by_role("log")).to_contain_text("took the conversation")
    taken = [window.get_by_role("heading", level=2).first.inner_text() for window in (ravi, asha)]

    assert len(set(taken)) == 2
    asha.keyboard.press("Control+k")
    asha.get_by_role("combobox", name="Search and commands").fill("hand off to the queue")
    asha.get_by_role("option", name="Hand off to the queue", exact=True).click()
    expect(asha.get_by_role("log")).to_contain_text("handed the conversation off to the queue")
    expect(asha.get_by_role("button", name="Take next")).to_contain_text(str(waiting - 1))


@pytest.mark.feature("IN-23")
def test_a_macro_answers_tags_and_resolves_by_one_press(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> None:
    asha, ravi = page_without_errors, second_window()
    both_sign_in(asha, ravi, demo)
    asha.goto(f"{demo.address}/settings/macros")
    asha.get_by_role("button", name="New macro").click()
    asha.get_by_role("textbox", name="Name").fill("Thanks, done")
    asha.get_by_role("switch", name="For everybody").click()
    asha.get_by_role("textbox", name="Words").fill("Thank you, {{contact.name}}!")
    asha.get_by_role("button", name="Add step").click()
    asha.get_by_role("button", name="Save macro").click()
    expect(asha.get_by_role("table", name="Macros")).to_contain_text("Answer · Resolve")
    asha.goto(f"{demo.address}/inbox")
    Inbox(asha).opens("Kabir Mehta")

    ravi.reload()
    Inbox(ravi).opens("Kabir Mehta")
    ravi.get_by_role("button", name="Macros").click()
    ravi.get_by_role("menuitem", name=re.compile("Thanks, done")).wait_for()
    assert serious(ravi) == []
    ravi.get_by_role("menuitem", name=re.compile("Thanks, done")).click()

    expect(news(ravi)).to_contain_text("Thanks, done: done")
    for window in (asha, ravi):
        expect(Inbox(window).shows("Thank you, Kabir")).to_be_visible()
        expect(window.get_by_role("log")).to_contain_text("Ravi Kumar resolved the conversation")
    Inbox(asha).phone.belongs_to("Kabir")
    Inbox(asha).phone.expects("Thank you, Kabir Mehta!")


@pytest.mark.feature("IN-28")
def test_the_customer_says_how_it_was_by_a_tap_on_the_phone(
    demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]
) -> None:
    asha, other = page_without_errors, second_window()
    asha.goto(demo.link)
    inbox = Inbox(asha)
    inbox.row("Kabir Mehta").wait_for()
    signs_in(other, demo)
    sets(asha, survey_on=True)
    inbox.opens("Kabir Mehta")
    Inbox(other).opens("Kabir Mehta")
    inbox.phone.belongs_to("Kabir")

    asha.get_by_role("button", name="Resolve", exact=True).click()
    phone = inbox.phone.frame
    phone.locator("#thread").get_by_text("How happy are you with our help?").wait_for()
    phone.get_by_role("button", name="Choose").last.click()
    phone.get_by_role("button", name="Happy", exact=True).click()

    expect(other.get_by_role("log")).to_contain_text("The customer gave 4 of 5")
    asha.goto(f"{demo.address}/settings/service")
    expect(asha.get_by_role("main")).to_contain_text("4.0 of 5")
    assert serious(asha) == []


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Demo, Path]]:
    """A demo, and the database that it keeps."""
    with running_demo(tmp_path / "data") as started:
        yield started, tmp_path / "data" / "box.db"


@pytest.mark.feature("IN-27")
def test_a_promise_runs_out_before_everybodys_eyes_and_calls(
    kept: tuple[Demo, Path], page_without_errors: Page, second_window: Callable[[], Page]
) -> None:
    (demo, database), asha, ravi = kept, page_without_errors, second_window()
    both_sign_in(asha, ravi, demo)
    asha.goto(f"{demo.address}/settings/service")
    everybody = asha.get_by_role("form", name="Everybody")
    everybody.get_by_label("Answered within").fill("1")
    everybody.get_by_role("button", name="Save promises").click()
    expect(news(asha)).to_contain_text("Promises saved")
    delivers(demo, message(text("hello?"), **ZOYA))
    row = Inbox(ravi).row("Zoya Khan")
    expect(row.get_by_role("img", name=re.compile("An answer is promised by"))).to_have_text("1 m")

    # His window listens before the minute is over: a call is not said twice.
    ravi.goto(f"{demo.address}/contacts")
    expect(ravi.get_by_role("contentinfo")).to_contain_text("Live")
    wrote_long_ago(database, "Zoya Khan", seconds=56)
    ravi.get_by_role("link", name="Inbox").first.click()

    # The call goes by itself after a while; the row stays late.
    for window in (asha, ravi):
        expect(news(window).filter(has_text="An answer is late")).to_contain_text("In the chat with Zoya Khan", timeout=14_000 * BUSY)
    news(ravi).get_by_role("button", name="Open").last.click()
    expect(ravi.get_by_role("log")).to_contain_text("The customer has waited longer than promised")
    expect(row.get_by_role("img", name=re.compile("Late: an answer was promised by"))).to_have_text("Late", timeout=10_000 * BUSY)


def wrote_long_ago(database: Path, customer: str, *, seconds: int) -> None:
    """As if they had written that long ago: nobody wants to watch a minute pass."""
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute(
            "UPDATE conversation SET waiting_since_at = ? WHERE contact_id = (SELECT id FROM contact WHERE name = ?)",
            (int((time.time() - seconds) * 1000), customer),
        )


@pytest.mark.feature("IN-20")
def test_a_note_is_changed_and_taken_back_in_every_window(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> None:
    asha, ravi = page_without_errors, second_window()
    both_sign_in(asha, ravi, demo)
    for window in (asha, ravi):
        Inbox(window).opens("Kabir Mehta")
    ravi.get_by_role("log").focus()
    ravi.keyboard.press("n")
    ravi.get_by_role("textbox", name="Internal note").fill("give him 5 %")
    ravi.keyboard.press("Enter")
    notes = [window.get_by_role("article", name=re.compile("^Note of Ravi")) for window in (asha, ravi)]
    expect(notes[0].get_by_role("button", name="Change the note")).to_have_count(0)

    notes[1].get_by_role("button", name="Change the note").click()
    notes[1].get_by_role("textbox", name="Change the note").fill("give him 10 %")
    ravi.keyboard.press("Enter")
    for note in notes:
        expect(note).to_contain_text("give him 10 %")
    notes[0].get_by_role("button", name="edited").click()
    expect(notes[0].get_by_role("list", name="What it said before")).to_contain_text("give him 5 %")

    notes[0].get_by_role("button", name="Take back the note").click()
    asha.get_by_role("dialog").get_by_role("button", name="Take back the note").click()
    for note in notes:
        expect(note).to_contain_text("Note taken back by Asha Rao")
        expect(note).not_to_contain_text("10 %")


@pytest.mark.feature("IN-29")
def test_two_tags_become_one_on_the_page_and_in_the_list(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> None:
    asha, other = page_without_errors, second_window()
    asha.goto(demo.link)
    Inbox(asha).opens("Ananya Rao")
    signs_in(other, demo)
    for tag in ("vip", "big spender"):
        asha.get_by_role("log").focus()
        asha.keyboard.press("l")
        asha.get_by_role("combobox", name="Tags").fill(tag)
        expect(asha.get_by_role("option", name=f"New tag “{tag}”")).to_be_visible()
        asha.keyboard.press("Enter")
        expect(Inbox(other).row("Ananya Rao").get_by_text(tag)).to_be_visible()
        asha.keyboard.press("Escape")

    asha.goto(f"{demo.address}/settings/tags")
    asha.get_by_role("button", name="big spender").click()
    asha.get_by_role("combobox", name="Merge with another tag").click()
    asha.get_by_role("option", name="vip").click()
    asha.get_by_role("button", name="Merge into").click()
    expect(asha.get_by_role("dialog").last).to_contain_text("1 conversation and 0 customers get the tag vip")
    asha.get_by_role("dialog").last.get_by_role("button", name="Merge into").click()

    expect(news(asha)).to_contain_text("big spender is part of vip now")
    expect(Inbox(other).row("Ananya Rao").get_by_text("big spender")).to_have_count(0)
    asha.get_by_role("button", name="vip").click()
    asha.get_by_role("textbox", name="Name").fill("Best customers")
    asha.get_by_role("radio", name="Teal").check()
    asha.get_by_role("button", name="Save tag").click()
    expect(Inbox(other).row("Ananya Rao").get_by_text("Best customers")).to_be_visible()
    assert serious(asha) == []


@pytest.mark.feature("IN-09")
def test_a_finger_that_draws_a_message_aside_quotes_it(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-IN")
    page = context.new_page()
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.opens("Kabir Mehta")
    drawn = inbox.shows("Is the indigo block print still in stock?")
    expect(drawn).to_be_in_viewport()

    draws_aside(page, drawn, by=30)
    expect(page.get_by_role("button", name="Do not quote")).to_have_count(0)
    draws_aside(page, drawn, by=110)

    expect(page.get_by_role("button", name="Do not quote")).to_be_visible()
    inbox.answers("Yes, it is.")
    expect(inbox.shows("Yes, it is.").get_by_role("button", name="Go to the quoted message")).to_be_visible()
    context.close()


def draws_aside(page: Page, what: Locator, *, by: int) -> None:
    """A finger on the glass, moved to the right and lifted."""
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + box["height"] / 2
    line = page.context.new_cdp_session(page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        line.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + by * step / 5, "y": y + 1}]})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
