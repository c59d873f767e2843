"""Who the customer is: changed beside the chat, seen by both windows, asked for the number, blocked, merged, taken along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from .demo import Demo
from .people import Inbox
from .test_accessibility import barriers
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow
# The customer stands beside the conversation, and the pretend phone beside both.
WIDE = {"width": 1760, "height": 950}


def panel(window: Inbox) -> Locator:
    return window.page.get_by_role("complementary", name="Customer")


@pytest.fixture
def windows(demo: Demo, page: Page, second_window: Callable[[], Page]) -> tuple[Inbox, Inbox]:
    """Two of the team, each with room for the customer."""
    here, there = Inbox(page), Inbox(second_window())
    for window in (here, there):
        window.page.set_viewport_size(WIDE)
    page.goto(demo.link)
    signs_in(there.page, demo)
    return here, there


@pytest.mark.feature("IN-36")
def test_what_is_known_of_a_customer_is_changed_in_place_and_seen_by_the_other_window(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    for window in windows:
        window.opens("Kabir Mehta")

    panel(here).get_by_role("button", name="Change the name").click()
    name = panel(here).get_by_role("textbox", name="Name")
    name.fill("Kabir, wholesale")
    name.press("Enter")
    panel(here).get_by_role("button", name="Set the language").click()
    here.page.get_by_role("combobox", name="Set the language").fill("Hindi")
    here.page.get_by_role("option", name="हिन्दी").click()
    panel(here).get_by_role("button", name="Stop").click()

    expect(there.row("Kabir, wholesale")).to_be_visible()
    expect(panel(there).get_by_role("heading", name="Kabir, wholesale")).to_be_visible()
    expect(panel(there).get_by_text("On WhatsApp: Kabir Mehta")).to_be_visible()
    expect(panel(there).get_by_role("button", name="Set the language")).to_have_text("हिन्दी")
    expect(panel(there).get_by_text("stopped marketing messages")).to_be_visible()


@pytest.mark.feature("CN-25", "CN-24")
def test_a_customer_without_a_number_is_answered_and_shares_it_when_asked(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    for window in windows:
        window.opens("Dev Patel")
    here.answers("We do ship to Pune.")
    here.phone.belongs_to("dev")
    here.phone.expects("We do ship to Pune.")
    expect(panel(here).get_by_text("This customer hides their number")).to_be_visible()

    panel(here).get_by_role("button", name="Ask for the number").click()
    here.page.get_by_role("button", name="Send", exact=True).last.click()
    here.phone.frame.get_by_role("button", name="Share phone number").click()

    for window in windows:
        expect(panel(window).get_by_text("+91 98450 98765", exact=True)).to_be_visible(timeout=15_000)
        expect(window.page.get_by_role("log").get_by_text("The customer shared the number +91 98450 98765")).to_be_visible()
    expect(there.page.get_by_role("region", name="Conversations").locator("li b").filter(has_text="Dev Patel")).to_have_count(1)


@pytest.mark.feature("IN-42")
def test_a_blocked_customer_cannot_write_nor_be_written_to_until_somebody_unblocks_them(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    for window in windows:
        window.opens("Kabir Mehta")

    panel(here).get_by_role("button", name="Block", exact=True).click()
    here.page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
    for window in windows:
        expect(window.page.get_by_text("Kabir Mehta is blocked")).to_be_visible()
    here.phone.belongs_to("Kabir")
    here.phone.says("can you hear me?")
    here.phone.expects("can you hear me?")
    panel(there).get_by_role("button", name="Unblock").click()
    expect(here.page.get_by_label("Message", exact=True)).to_be_visible()
    here.phone.says("and now?")

    expect(there.shows("and now?")).to_be_visible()
    assert there.shows("can you hear me?").count() == 0


@pytest.mark.feature("IN-45", "CN-26")
def test_two_numbers_of_one_person_become_one_conversation_and_the_other_window_is_led_to_it(windows: tuple[Inbox, Inbox]) -> None:
    here, there = windows
    here.opens("Kabir Mehta")
    there.opens("Ananya Rao")

    panel(here).get_by_role("button", name="Merge with another contact").click()
    here.page.get_by_role("textbox", name="Who is the same person").fill("Ananya")
    here.page.get_by_role("button", name="Ananya Rao").click()
    expect(here.page.get_by_text("What becomes of them")).to_be_visible()
    here.page.get_by_role("button", name="Merge them").click()

    expect(here.shows("Do you have this")).to_be_visible()
    expect(there.page.get_by_role("region", name="Conversation with Kabir Mehta")).to_be_visible()
    expect(there.row("Ananya Rao")).to_have_count(0)
    here.phone.belongs_to("Ananya")
    here.phone.says("it is me again")
    expect(there.shows("it is me again")).to_be_visible()


@pytest.mark.feature("IN-40")
def test_a_conversation_is_taken_along_as_pdf_after_the_password(windows: tuple[Inbox, Inbox], demo: Demo, tmp_path: Path) -> None:
    _, there = windows
    there.opens("Lakshmi Iyer")

    panel(there).get_by_role("button", name="Export the conversation").click()
    with there.page.expect_download() as coming:
        there.page.get_by_role("button", name="Export", exact=True).click()
    coming.value.save_as(tmp_path / "transcript.pdf")

    words = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "transcript.pdf").pages)
    assert "Lakshmi Iyer" in words and "+919443311220" in words
    expect(there.page.get_by_role("log").get_by_text("exported the conversation as PDF")).to_be_visible()


@pytest.mark.feature("CT-01")
def test_people_are_found_by_filter_entered_from_a_pasted_list_and_opened_by_keyboard(demo: Demo, page: Page) -> None:
    page.goto(demo.link)
    page.goto(f"{demo.address}/contacts")
    expect(page.get_by_text("5 contacts")).to_be_visible()
    cells = page.get_by_role("button", name="Kabir Mehta").locator("> span")
    expect(cells.first).to_be_visible()
    middles = cells.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect()).map(({ y, height }) => y + height / 2)")
    assert len(middles) > 3 and max(middles) - min(middles) < 3, f"a contact is not one line: {middles}"

    page.get_by_role("button", name="New contact").click()
    page.get_by_role("textbox", name="Phone number").fill("98450 12399\n12345\n+91 98860 44556")
    page.get_by_role("button", name="Save 3 contacts").click()
    expect(page.get_by_text("Line 2: “12345” has too few digits.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("7 contacts")).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("menuitem", name="Without a number").click()
    expect(page.get_by_text("1 contact", exact=True)).to_be_visible()
    page.get_by_role("button", name="Dev Patel").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog").get_by_role("heading", name="Dev Patel").first).to_be_visible()


# What there is to see on a card: a field of each kind, tags, somebody who may be the same person.
_FILL = """async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const call = async (method, path, body) => (await fetch('/api/v1' + path, { method, headers: { 'content-type': 'application/json', 'x-csrf-token': csrf_token }, body: body && JSON.stringify(body) })).json();
  const kinds = ['text', 'number', 'date', 'choice', 'yes_no', 'phone', 'email', 'link'];
  for (const kind of kinds) await call('POST', '/contact-fields', { name: `A ${kind}`, kind, ...(kind === 'choice' ? { choices: ['Gold', 'Silver'] } : {}) });
  const tag = await call('POST', '/tags', { name: 'vip', color: 'amber' });
  const kabir = (await call('GET', '/contacts?q=Kabir')).items[0];
  await call('POST', '/contacts', { phone: '98450 12399', name: 'Kabir Mehta' });
  await call('PATCH', `/contacts/${kabir.id}`, { tags: [tag.id], fields: { 'A text': 'silk', 'A number': 4.5, 'A date': '2026-11-22', 'A choice': 'Gold', 'A email': 'k@example.com', 'A link': 'example.com' } });
  return kabir.id;
}"""


@pytest.mark.feature("IN-36")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_the_table_and_the_sheets_have_no_barrier(
    demo: Demo, browser: Browser, browser_context_args: dict[str, Any], scheme: str
) -> None:
    context = browser.new_context(**{**browser_context_args, "viewport": WIDE}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(demo.link)
    Inbox(page).opens("Kabir Mehta")
    number = page.evaluate(_FILL)
    expect(panel(Inbox(page)).get_by_role("button", name="Compare")).to_be_visible()
    found = barriers(page)

    page.goto(f"{demo.address}/contacts")
    expect(page.get_by_role("button", name="Kabir Mehta").first).to_be_visible()
    found += barriers(page)
    page.goto(f"{demo.address}/contacts?id={number}")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("What becomes of them")).to_be_visible()
    found += barriers(page)
    context.close()

    assert found == []
