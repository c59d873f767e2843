"""The composer in a real browser: voice, files, canned replies, buttons, later, drafts, and two who answer at once."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from ..patience import BUSY
from .demo import Demo
from .people import Inbox
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

# Puts files where a person would drop or paste them.
_GIVE = """
(node, [kind, files]) => {
  const data = new DataTransfer();
  for (const [name, type, bytes] of files) data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
  const made = kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : null;
  if (made) node.dispatchEvent(made);
  else for (const name of ['dragover', 'drop']) node.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
}
"""

# What is stored, decoded by the browser itself: the form of the file, and how long it sounds.
_HEAR = """
async () => {
  const found = document.querySelector('[role=log] audio[src^="/api"]');
  const bytes = await (await fetch(found.src)).arrayBuffer();
  const sign = String.fromCharCode(...new Uint8Array(bytes, 0, 4)) + String.fromCharCode(...new Uint8Array(bytes, 28, 8));
  const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
  return [sign, sound.duration];
}
"""

_LINK = """
async () => {
  const json = async (path, init) => (await fetch('/api/v1' + path, init)).json();
  const { csrf_token } = await json('/session');
  const ravi = (await json('/users')).items.find((one) => one.name === 'Ravi Kumar');
  const { url } = await json(`/users/${ravi.id}/password-link`, { method: 'POST', headers: { 'X-CSRF-Token': csrf_token } });
  return url;
}
"""


def message_box(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_label("Message", exact=True)


def adds(page: Page, what: str) -> None:
    page.get_by_role("button", name="Add to the message").click()
    page.get_by_role("menuitem", name=what).click()


def lets_ravi_in(asha: Page, window: Page) -> None:
    """Asha hands him a link; he chooses his password with it and is in."""
    window.goto(asha.evaluate(_LINK))
    window.get_by_label("New password").fill("marigold on the 7th stair")
    window.get_by_role("button", name="Save and sign in").click()
    expect(window.get_by_role("navigation").first).to_be_visible()


def gives(page: Page, kind: str, *files: tuple[str, str]) -> None:
    node = message_box(page) if kind == "paste" else page.get_by_role("log")
    node.evaluate(_GIVE, [kind, [[name, media_type, base64.b64encode(PNG).decode()] for name, media_type in files]])


@pytest.mark.feature("IN-07")
def test_a_voice_message_leaves_as_ogg_and_is_heard_on_the_phone(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.context.grant_permissions(["microphone"])
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")

    began = time.monotonic()
    page.get_by_role("button", name="Record a voice message").click()
    # Each second is shown for a second only: who looks late sees a later one.
    expect(page.get_by_text(re.compile(r"^0:(0[2-9]|[1-5]\d)$"))).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send the voice message").click()
    most = time.monotonic() - began

    bubble = page.get_by_role("log").locator("article[data-dir=out]").last
    expect(bubble.locator("[role=img][data-state=read]")).to_be_visible(timeout=15_000)
    expect(bubble.locator("audio[src^='/api']")).to_have_count(1)
    sign, seconds = page.evaluate(_HEAR)
    assert sign == "OggSOpusHead"
    assert 1.0 < seconds < most
    inbox.phone.belongs_to("Kabir")
    expect(inbox.phone.frame.locator("#thread").get_by_role("button", name="Play voice message")).to_be_visible()


@pytest.mark.feature("IN-06")
def test_files_are_pasted_dropped_captioned_and_refused(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")

    gives(page, "paste", ("red.png", "image/png"))
    message_box(page).fill("the red one")
    message_box(page).press("Enter")
    expect(inbox.shows("the red one").locator("img")).to_be_visible(timeout=15_000)
    gives(page, "drop", ("blue.png", "image/png"), ("green.png", "image/png"), ("evil.svg", "image/svg+xml"))
    expect(page.get_by_text("WhatsApp does not take files like evil.svg.")).to_be_visible()
    page.get_by_role("textbox", name="Caption for blue.png").fill("blue")
    page.get_by_role("textbox", name="Caption for green.png").fill("green")
    page.get_by_role("button", name="Send", exact=True).click()

    inbox.phone.belongs_to("Kabir")
    for words in ("the red one", "blue", "green"):
        inbox.phone.expects(words)
    expect(page.get_by_role("list").filter(has_text="blue.png")).to_have_count(0)


@pytest.mark.feature("IN-22")
def test_a_canned_reply_is_made_found_filled_and_held_back_when_something_is_missing(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/replies")
    for shortcut, words in (("thanks", "Thank you, {{contact.first_name}}! *"), ("size", "Your size is {{contact.fields.size}}.")):
        page.get_by_role("button", name="New reply").first.click()
        page.get_by_role("textbox", name="Shortcut").fill(shortcut)
        page.get_by_role("textbox", name="Text").fill(words)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"/{shortcut} is saved.")).to_be_visible()
    page.goto(f"{demo.address}/inbox")
    inbox.opens("Kabir Mehta")

    message_box(page).press_sequentially("/tha")
    expect(page.get_by_role("option")).to_have_count(1)
    message_box(page).press("Enter")
    expect(message_box(page)).to_have_value("Thank you, Kabir! *")
    message_box(page).press("Enter")
    message_box(page).press_sequentially("/siz")
    expect(page.get_by_role("option")).to_have_count(1)
    message_box(page).press("Tab")
    expect(page.get_by_role("alert").filter(has_text="contact.fields.size")).to_be_visible()
    # The box takes its time to say what is missing; who corrects it meanwhile keeps their words, and they go.
    page.route("**/fill", lambda route: (page.wait_for_timeout(700), route.continue_()))
    message_box(page).press("Enter")
    expect(message_box(page)).to_have_value("Your size is {{contact.fields.size}}.")
    message_box(page).fill("Your size is 42.")
    message_box(page).press("Enter")

    inbox.phone.belongs_to("Kabir")
    inbox.phone.expects("Your size is 42.")
    expect(inbox.phone.frame.locator("#thread")).not_to_contain_text("{{")


@pytest.mark.feature("IN-10")
def test_buttons_are_put_together_within_the_limits_and_tapped(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")

    adds(page, "Reply buttons")
    page.get_by_role("textbox", name="Text").fill("Which colour?")
    page.get_by_role("textbox", name="Button 1").fill("Indigo, hand printed, 3 metres")
    expect(page.get_by_text("At most 20 characters; this is 30.")).to_be_visible()
    page.get_by_role("textbox", name="Button 1").fill("Indigo")
    page.get_by_role("button", name="Add a button").click()
    page.get_by_role("textbox", name="Button 2").fill("Madder")
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()

    expect(inbox.shows("Which colour?")).to_contain_text("Madder")
    inbox.phone.belongs_to("Kabir")
    inbox.phone.frame.get_by_role("button", name="Madder").click()
    expect(page.get_by_role("log").locator("article[data-dir=in]").last).to_contain_text("Madder", timeout=15_000)


@pytest.mark.feature("IN-10")
def test_a_list_a_link_a_place_and_a_card_reach_the_phone(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    log = page.get_by_role("log")

    adds(page, "List of choices")
    page.get_by_role("textbox", name="Text").fill("Pick a fabric")
    page.get_by_role("textbox", name="Button that opens the list").fill("Fabrics")
    page.get_by_role("textbox", name="Choice").fill("Silk")
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    adds(page, "Button with a link")
    page.get_by_role("textbox", name="Text").fill("Pay here")
    page.get_by_role("textbox", name="Words on the button").fill("Pay")
    page.get_by_role("textbox", name="Where it leads").fill("https://example.in/pay")
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    adds(page, "Location")
    page.get_by_role("textbox", name="Coordinates or a map link").fill("https://maps.google.com/?q=12.9716,77.5946")
    page.get_by_role("textbox", name="Name").fill("The shop")
    page.get_by_role("button", name="Send the location").click()
    adds(page, "Contact card")
    page.get_by_role("textbox", name="Name").fill("Tailor Joseph")
    page.get_by_role("textbox", name="Phone number").fill("+91 98123 45678")
    page.get_by_role("button", name="Send the card").click()

    for words in ("Pick a fabric", "Pay here", "The shop", "Tailor Joseph"):
        expect(log.locator("article[data-dir=out]").filter(has_text=words).locator("[role=img][data-state=read]")).to_be_visible(
            timeout=15_000
        )


@pytest.mark.feature("IN-24")
def test_a_message_is_scheduled_seen_by_the_colleague_changed_and_goes_at_its_time(
    demo: Demo, page: Page, second_window: Callable[[], Page]
) -> None:
    page.goto(demo.link)
    here, there = Inbox(page), Inbox(second_window())
    signs_in(there.page, demo)
    here.opens("Kabir Mehta")
    there.opens("Kabir Mehta")

    message_box(page).fill("We open at ten")
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("radio", name="In one hour").check()
    page.get_by_role("button", name="Schedule", exact=True).click()

    expect(message_box(page)).to_have_value("")
    bar = there.page.get_by_role("region", name="Scheduled messages")
    expect(bar).to_contain_text("1 scheduled message")
    bar.get_by_role("button", name=re.compile("1 scheduled message")).click()
    bar.get_by_role("button", name="Change").click()
    there.page.get_by_role("dialog").get_by_role("textbox", name="Message").fill("We open at nine")
    # A form knows minutes; the story cannot wait for one.
    there.page.route("**/api/v1/scheduled/*", in_two_seconds)
    there.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(there.shows("We open at nine")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("region", name="Scheduled messages")).to_have_count(0)
    here.phone.belongs_to("Kabir")
    here.phone.expects("We open at nine")


def in_two_seconds(route: Route) -> None:
    asked = {**json.loads(route.request.post_data or "{}"), "at": (datetime.now(UTC) + timedelta(seconds=2)).isoformat()}
    route.continue_(post_data=json.dumps(asked))


@pytest.mark.feature("IN-33")
def test_two_who_answer_at_once_see_each_other_and_are_asked_once(demo: Demo, page: Page, second_window: Callable[[], Page]) -> None:
    page.goto(demo.link)
    asha, ravi = Inbox(page), Inbox(second_window())
    lets_ravi_in(page, ravi.page)
    asha.opens("Kabir Mehta")
    ravi.opens("Kabir Mehta")
    expect(page.get_by_text("Ravi Kumar is looking at this conversation")).to_be_visible(timeout=8_000 * BUSY)

    message_box(page).press_sequentially("It is 900")
    message_box(ravi.page).press_sequentially("900 rupees")
    expect(page.get_by_text("Ravi Kumar is typing a reply")).to_be_visible(timeout=8_000 * BUSY)
    message_box(ravi.page).press("Enter")
    expect(asha.shows("900 rupees")).to_be_visible()
    message_box(page).press("Enter")
    asked = page.get_by_role("alert").filter(has_text="Ravi Kumar has just answered")
    expect(asked).to_contain_text("900 rupees")
    expect(asha.shows("It is 900")).to_have_count(0)
    message_box(page).press("Enter")

    expect(asha.shows("It is 900")).to_be_visible()
    expect(asked).to_have_count(0)
    ravi.page.close()
    expect(page.get_by_text(re.compile("Ravi Kumar is"))).to_have_count(0, timeout=8_000 * BUSY)


@pytest.mark.feature("DT-09")
def test_a_draft_follows_from_one_device_to_the_next_and_survives_being_offline(
    demo: Demo, page: Page, second_window: Callable[[], Page]
) -> None:
    page.goto(demo.link)
    shop, phone = Inbox(page), Inbox(second_window())
    signs_in(phone.page, demo)
    shop.opens("Kabir Mehta")
    phone.opens("Kabir Mehta")

    message_box(page).press_sequentially("Dear Kabir")
    expect(message_box(phone.page)).to_have_value("Dear Kabir")
    phone.page.context.set_offline(True)
    message_box(phone.page).press("End")
    message_box(phone.page).press_sequentially(", written in the train")
    phone.page.wait_for_timeout(1200)
    phone.page.context.set_offline(False)
    expect(message_box(page)).to_have_value("Dear Kabir, written in the train", timeout=15_000)
    message_box(page).press("Enter")

    expect(shop.shows("written in the train")).to_be_visible()
    expect(message_box(phone.page)).to_have_value("")
