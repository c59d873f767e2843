"""A day at the list: resolve, snooze, tag, mark and take back by keys, while a colleague looks on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .demo import Demo
from .people import Inbox
from .test_two_windows import signs_in

pytestmark = pytest.mark.slow

EVERYBODY = ["Kabir Mehta", "Ananya Rao", "Dev Patel", "Imran Sheikh", "Lakshmi Iyer"]
_SNOOZE = """
async ([name, seconds, reminder]) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const [{ id }] = (await (await fetch('/api/v1/conversations?q=' + encodeURIComponent(name))).json()).items;
  const until = new Date(Date.now() + seconds * 1000).toISOString();
  const body = JSON.stringify({ until, reminder });
  return (await fetch(`/api/v1/conversations/${id}/snooze`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token }, body })).status;
}
"""


def opens_inbox(page: Page, demo: Demo) -> Inbox:
    page.goto(demo.link)
    inbox = Inbox(page)
    inbox.row("Kabir Mehta").wait_for()
    return inbox


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Conversations").locator("li b")


def view(page: Page, name: str) -> None:
    """Open a view from the column, or from the menu where there is no room for it."""
    if page.get_by_role("button", name="Choose a view").is_visible():
        page.get_by_role("button", name="Choose a view").click()
    page.get_by_role("navigation", name="Views").get_by_role("link", name=name).click()


def opens_by_key(page: Page, name: str) -> None:
    """Walk with J until the conversation is open."""
    current = page.locator("li a[aria-current=true] b")
    for number in range(len(EVERYBODY)):
        page.keyboard.press("j")
        expect(current).not_to_have_text(EVERYBODY[number - 1] if number else "")
        if current.inner_text() == name:
            break
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()


@pytest.mark.feature("IN-26", "IN-32", "IN-41")
def test_what_is_resolved_in_one_window_leaves_the_other_and_comes_back_with_z(
    demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]
) -> None:
    page = page_without_errors
    opens_inbox(page, demo)
    other = second_window()
    signs_in(other, demo)
    Inbox(other).row("Dev Patel").wait_for()
    opens_by_key(page, "Dev Patel")

    page.keyboard.press("e")
    expect(Inbox(other).row("Dev Patel")).to_have_count(0)
    expect(page.get_by_role("heading", level=2, name="Imran Sheikh")).to_be_visible()
    page.keyboard.press("z")
    expect(Inbox(other).row("Dev Patel")).to_be_visible()
    expect(Inbox(page).row("Dev Patel")).to_be_visible()
    # Opened, it is read; what is marked before the box knows that would be read after all.
    expect(Inbox(other).row("Imran Sheikh").get_by_text("unread message")).to_have_count(0)

    page.keyboard.press("u")
    expect(Inbox(other).row("Imran Sheikh").get_by_text("unread message")).to_be_attached()
    expect(Inbox(page).row("Imran Sheikh").get_by_text("unread message")).to_be_attached()


@pytest.mark.feature("IN-38", "IN-41")
def test_several_are_resolved_at_once_and_taken_back(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    opens_inbox(page, demo)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("toolbar").get_by_text("3 selected")).to_be_visible()

    page.get_by_role("toolbar").get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("3 resolved")).to_be_visible()
    view(page, "Resolved")
    expect(rows(page)).to_have_count(3)
    page.get_by_role("region", name="News").get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Nothing is resolved yet")).to_be_visible()
    view(page, "All open")
    expect(rows(page)).to_have_count(5)


@pytest.mark.feature("IN-26")
def test_another_view_shows_all_of_its_own_although_somebody_points_at_the_list(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    inbox = opens_inbox(page, demo)
    opens_by_key(page, "Kabir Mehta")
    page.keyboard.press("e")
    expect(inbox.row("Kabir Mehta")).to_have_count(0)
    rows(page).first.hover()

    view(page, "Everything")

    expect(rows(page)).to_have_count(5)
    expect(rows(page).first).to_have_text("Kabir Mehta")


@pytest.mark.feature("IN-25")
def test_what_is_snoozed_comes_back_on_top_when_it_is_due_or_the_customer_writes(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    inbox = opens_inbox(page, demo)
    opens_by_key(page, "Kabir Mehta")
    page.keyboard.press("s")
    page.get_by_role("option", name="When they reply").click()
    expect(inbox.row("Kabir Mehta")).to_have_count(0)
    assert page.evaluate(_SNOOZE, ["Lakshmi", 3600, "call about the border"]) == 200
    expect(inbox.row("Lakshmi Iyer")).to_have_count(0)
    assert page.evaluate(_SNOOZE, ["Lakshmi", 2, "call about the border"]) == 200

    inbox.phone.belongs_to("Kabir")
    inbox.phone.says("one more question")

    expect(inbox.row("Kabir Mehta")).to_be_visible()
    expect(inbox.row("Lakshmi Iyer")).to_be_visible(timeout=15_000)
    expect(inbox.row("Lakshmi Iyer").get_by_role("img", name="Reminder: call about the border")).to_be_visible()


@pytest.mark.feature("IN-29", "IN-30")
def test_a_tag_is_made_filtered_by_and_kept_as_a_view(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    inbox = opens_inbox(page, demo)
    opens_by_key(page, "Ananya Rao")
    page.keyboard.press("l")
    page.get_by_role("combobox", name="Tags").fill("big spender")
    expect(page.get_by_role("option", name="New tag “big spender”")).to_be_visible()
    page.keyboard.press("Enter")
    expect(inbox.row("Ananya Rao").get_by_text("big spender")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("f")
    expect(page.get_by_label("Filter the list")).to_be_focused()
    page.keyboard.type("tag:big")
    page.get_by_role("option", name="big spender").click()
    expect(rows(page)).to_have_text(["Ananya Rao"])
    page.keyboard.type("state:opn ")
    expect(page.get_by_text("Did you mean state:open?")).to_be_visible()
    expect(rows(page)).to_have_text(["Ananya Rao"])
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+A")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Save as a view").click()
    page.get_by_role("textbox", name="Name").fill("Best customers")
    page.get_by_role("button", name="Save", exact=True).click()

    views = page.get_by_role("navigation", name="Views")
    if page.get_by_role("button", name="Choose a view").is_visible():
        page.get_by_role("button", name="Choose a view").click()
    expect(views.get_by_role("link", name="Best customers")).to_be_visible()
    expect(page.get_by_label("Filter the list")).to_have_value("")
    expect(rows(page)).to_have_text(["Ananya Rao"])


@pytest.mark.feature("IN-41")
def test_keys_can_be_changed_and_never_fire_while_somebody_writes(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/keyboard")
    page.get_by_role("button", name="Change the keys of: Next conversation").click()
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Change the keys of: Next conversation")).to_have_text("N")
    inbox = opens_inbox(page, demo)

    page.keyboard.press("j")
    expect(page.get_by_role("log")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_role("log")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_label("Filter the list")).to_be_focused()
    page.keyboard.type("nex")

    expect(page.get_by_label("Filter the list")).to_have_value("nex")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(inbox.row("Kabir Mehta")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_list(demo: Demo, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    opens_inbox(page, demo)
    found = [serious(page)]
    page.keyboard.press("x")
    page.get_by_role("toolbar").wait_for()
    found.append(serious(page))
    page.keyboard.press("s")
    page.get_by_role("option").first.wait_for()
    found.append(serious(page))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.get_by_role("listbox").wait_for()
    found.append(serious(page))

    assert found == [[], [], [], []]


def serious(page: Page) -> list[str]:
    """What axe holds against the screen, without the pretend phone, which is another page."""
    violations = Axe().run(page, context={"exclude": [["iframe"]]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations if v["impact"] in ("serious", "critical")]
