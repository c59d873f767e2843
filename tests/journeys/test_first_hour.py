"""The first hour of a newcomer: one command, an inbox beside a phone, "hi", an answer, blue ticks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .demo import Demo
from .people import Inbox

pytestmark = pytest.mark.slow
TICKS = ("sent", "delivered", "read")
MOMENTS = """async () => {
  const list = async (path) => (await (await fetch('/api/v1/conversations' + path)).json()).items;
  const { id } = (await list('')).find((one) => one.contact.name === 'Kabir Mehta');
  const [newest] = await list(`/${id}/messages?limit=1`);
  return [newest.sent_at, newest.delivered_at, newest.read_at]; }"""


@pytest.mark.feature("IN-01", "IN-02", "IN-14")
def test_a_newcomer_sees_her_first_conversation_come_alive(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)

    page.goto(demo.link)
    expect(page.get_by_role("complementary", name="Pretend phone")).to_be_visible()
    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("hi, is this the shop?")
    inbox.opens("Kabir Mehta")
    expect(inbox.shows("hi, is this the shop?")).to_be_visible()

    inbox.watches_ticks_of("Yes it is, welcome!")
    inbox.answers("Yes it is, welcome!")
    inbox.phone.expects("Yes it is, welcome!")
    inbox.expects_ticks("Yes it is, welcome!", "read")

    assert all(page.evaluate(MOMENTS)), "sent, delivered, read"
    # Two that come in one moment are drawn as one.
    seen = [state for state in inbox.ticks_seen() if state in TICKS]
    assert seen == [state for state in TICKS if state in seen], "grey, double, blue"


def test_what_arrives_in_another_conversation_shows_in_the_list_at_once(demo: Demo, page_without_errors: Page) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Dev Patel")

    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("one more thing")

    expect(inbox.row("Kabir Mehta")).to_contain_text("one more thing")
    expect(inbox.row("Kabir Mehta")).to_contain_text("unread")
