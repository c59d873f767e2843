"""Two people have the same flow open: each sees the other, and neither loses work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .demo import Demo
from .staff import asks, both_sign_in

pytestmark = pytest.mark.slow

MENU = ".react-flow__node-step[data-id=menu]"


def renames_the_menu(page: Page, name: str) -> None:
    page.locator(MENU).click()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.url.endswith("/draft")):
        page.get_by_label("Name on the canvas").fill(name)


@pytest.fixture
def both(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> tuple[Page, Page]:
    """Asha and Ravi, who may draw too, each with the same new flow open."""
    asha, ravi = page_without_errors, second_window()
    asha.goto(demo.link)
    person = next(one for one in asks(asha, "GET", "/users")["items"] if one["name"] == "Ravi Kumar")
    asks(asha, "PATCH", f"/users/{person['id']}", {"role": "ADMIN"})
    both_sign_in(asha, ravi, demo)
    asha.goto(f"{demo.address}/flows")
    asha.get_by_role("button", name="New flow").first.click()
    asha.get_by_role("button", name=re.compile("Welcome menu")).click()
    expect(asha.locator(".react-flow__node-step").first).to_be_visible()
    assert asha.get_by_text("has this flow open too").count() == 0
    ravi.goto(asha.url)
    expect(ravi.locator(".react-flow__node-step").first).to_be_visible()
    return asha, ravi


@pytest.mark.feature("FE-01")
def test_two_who_draw_the_same_flow_see_each_other_and_decide_whose_draft_stays(demo: Demo, both: tuple[Page, Page]) -> None:
    asha, ravi = both
    expect(asha.get_by_text("Ravi Kumar has this flow open too")).to_be_visible()
    expect(ravi.get_by_text("Asha Rao has this flow open too")).to_be_visible()

    # Who saves first is saved; the other decides, and until then nothing is lost.
    renames_the_menu(asha, "Menu of Asha")
    expect(asha.locator(MENU)).to_contain_text("Menu of Asha")
    expect(asha.get_by_text("Saved", exact=True)).to_be_visible()
    renames_the_menu(ravi, "Menu of Ravi")
    expect(ravi.get_by_text("Somebody else changed this draft")).to_be_visible()
    expect(ravi.get_by_role("button", name="Take theirs")).to_be_visible()
    ravi.get_by_role("button", name="Keep mine").click()
    expect(ravi.get_by_text("Somebody else changed this draft")).to_be_hidden()
    expect(ravi.get_by_text("Saved", exact=True)).to_be_visible()

    renames_the_menu(asha, "Menu of both")
    asha.get_by_role("button", name="Take theirs").click()
    expect(asha.locator(MENU)).to_contain_text("Menu of Ravi")

    ravi.goto(f"{demo.address}/flows")
    expect(asha.get_by_text("has this flow open too")).to_have_count(0)


@pytest.mark.feature("FE-02")
def test_what_a_colleague_drew_is_published_by_nobody_who_has_not_seen_it(both: tuple[Page, Page]) -> None:
    asha, ravi = both
    renames_the_menu(asha, "Menu of Asha")

    ravi.get_by_role("button", name="Publish", exact=True).click()
    ravi.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()

    expect(ravi.get_by_text("Somebody else changed this draft")).to_be_visible()
    expect(ravi.get_by_role("dialog")).to_have_count(0)
    expect(ravi.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    ravi.get_by_role("button", name="Take theirs").click()
    expect(ravi.locator(MENU)).to_contain_text("Menu of Asha")
    ravi.get_by_role("button", name="Publish", exact=True).click()
    ravi.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()

    for window in both:
        expect(window.get_by_text("Live: 1", exact=True)).to_be_visible()
