"""A customer writes: who sits at another page is called, who looks at the chat is not, and a phone in a pocket rings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from .demo import Demo
from .people import Inbox
from .test_offline import say, until
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow

# The page's own loudspeaker, counted instead of heard.
_COUNT_TONES = "window.tones = 0; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };"


def news(page: Page) -> Any:
    return page.get_by_role("region", name="News")


def is_calm(page: Page) -> None:
    """The demo's own story is told, and nobody is called any more."""
    until(page, lambda: "live" in page.get_by_role("contentinfo").inner_text().lower())
    page.wait_for_timeout(4000)
    # All that are there now: each may go by itself in this very moment.
    news(page).get_by_role("button", name="Close").evaluate_all("(all) => { for (const one of all) one.click(); }")
    page.wait_for_timeout(1600)
    page.evaluate("window.tones = 0")


@pytest.mark.feature("DT-04")
def test_who_sits_at_another_page_is_called_and_one_press_leads_there(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.add_init_script(_COUNT_TONES)
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.opens("Dev Patel")
    is_calm(page)

    say(demo, "kabir", "is it ready?")

    expect(news(page)).to_contain_text("Kabir Mehta")
    expect(news(page)).to_contain_text("is it ready?")
    until(page, lambda: page.evaluate("window.tones") == 2)
    until(page, lambda: page.title().startswith("("))
    assert page.locator("link[rel=icon]").get_attribute("href") == "/icon-unread.svg"
    news(page).get_by_role("button", name="Open").click()
    expect(inbox.shows("is it ready?")).to_be_visible()
    expect(news(page).get_by_text("Kabir Mehta")).to_have_count(0)


@pytest.mark.feature("DT-04")
def test_who_looks_at_the_chat_is_not_called_and_quiet_hours_are_quiet(demo: Demo, page: Page) -> None:
    page.add_init_script(_COUNT_TONES)
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.opens("Kabir Mehta")
    is_calm(page)

    say(demo, "kabir", "you see this as it comes")
    expect(inbox.shows("you see this as it comes")).to_be_visible()
    page.wait_for_timeout(600)
    assert (news(page).inner_text().strip(), page.evaluate("window.tones")) == ("", 0)

    page.goto(f"{demo.address}/settings/alerts")
    page.get_by_role("switch", name="Leave me alone for part of the day").click()
    now = datetime.now(ZoneInfo("Asia/Kolkata"))
    for label, moment in (("From", now - timedelta(hours=1)), ("Until", now + timedelta(hours=1))):
        page.get_by_label(label, exact=True).fill(f"{moment:%H:%M}")
    is_calm(page)
    say(demo, "kabir", "in the middle of the night")
    page.wait_for_timeout(1200)
    assert (news(page).inner_text().strip(), page.evaluate("window.tones")) == ("", 0)


@pytest.mark.feature("DT-04")
def test_only_what_is_mine_or_nobodys_calls_me(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/alerts")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.url.endswith("/me/alerts")):
        page.get_by_role("switch", name="Chats that nobody answers yet").click()
    other = second_window()
    signs_in(other, demo)
    other.goto(f"{demo.address}/settings/account")
    page.goto(f"{demo.address}/settings/account")
    is_calm(page)

    say(demo, "kabir", "anybody there?")
    page.wait_for_timeout(1500)

    assert news(page).inner_text().strip() == ""


@pytest.mark.feature("DT-03")
def test_a_push_shows_who_wrote_and_a_press_opens_the_chat(demo: Demo, page: Page) -> None:
    page.context.grant_permissions(["notifications"], origin=demo.address)
    page.goto(demo.link)
    Inbox(page).row("Kabir Mehta").wait_for()
    until(page, lambda: bool(page.evaluate("navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))")))
    page.goto("about:blank")

    pushes(page, demo.address, {"kind": "message", "conversation_id": "7", "name": "Kabir Mehta", "type": "text", "text": None})
    pushes(page, demo.address, {"kind": "message", "conversation_id": "7", "name": "Kabir Mehta", "type": "image", "text": None})

    page.goto(f"{demo.address}/settings/account")
    shown = "navigator.serviceWorker.getRegistration().then((one) => one.getNotifications()).then((all) => all.map((each) => [each.title, each.body, each.data]))"
    until(page, lambda: page.evaluate(shown) == [["Kabir Mehta", "Photo", "/inbox?c=7"]])


def pushes(page: Page, origin: str, payload: dict[str, Any]) -> None:
    """What a push service does to a browser."""
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(one["registrationId"] for one in told["registrations"]))
    session.send("ServiceWorker.enable")
    until(page, lambda: bool(registrations))
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registrations[-1], "data": json.dumps(payload)})
    page.wait_for_timeout(500)
    session.detach()
