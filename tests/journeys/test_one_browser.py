"""Two tabs of one browser, and one that is signed out: nobody works with what was somebody else's, and nobody is disturbed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, Route, expect

from .demo import Demo
from .people import Inbox
from .staff import PASSWORD, asks

pytestmark = pytest.mark.slow


@pytest.mark.feature("DT-01")
def test_a_tab_of_the_one_before_is_of_whoever_signs_in_beside_it(demo: Demo, page: Page) -> None:
    page.goto(demo.link)
    Inbox(page).row("Kabir Mehta").wait_for()
    ravi = next(one["id"] for one in asks(page, "GET", "/users")["items"] if one["name"] == "Ravi Kumar")
    link = asks(page, "POST", f"/users/{ravi}/password-link")["url"]
    beside = page.context.new_page()
    beside.goto(f"{demo.address}/inbox")
    expect(beside.get_by_role("button", name="Account of Asha Rao")).to_be_visible()

    asks(beside, "DELETE", "/session")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    asks(beside, "POST", "/password", {"token": link.rpartition("=")[2], "password": PASSWORD})
    beside.goto(f"{demo.address}/inbox")

    expect(beside.get_by_role("button", name="Account of Ravi Kumar")).to_be_visible()
    expect(page.get_by_role("button", name="Account of Ravi Kumar")).to_be_visible()


@pytest.mark.feature("TM-01")
def test_who_types_a_password_is_not_disturbed_by_what_is_tried_again(demo: Demo, page: Page) -> None:
    page.goto(demo.link)
    Inbox(page).row("Kabir Mehta").wait_for()
    made = asks(page, "POST", "/flows", {"name": "Hours"})
    page.goto(f"{demo.address}/flows/{made['id']}")
    page.locator(".react-flow__node-step").first.wait_for()

    def signs_out(route: Route) -> None:
        page.context.clear_cookies()
        route.fulfill(status=401, json={"error": {"code": "signed_out", "message": "Sign in first."}})

    # The sign-in ends just when what was drawn is to be kept.
    page.route("**/draft", signs_out, times=1)
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Note").click()
    field = page.get_by_label("E-mail")
    field.fill("asha@")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url.rpartition('/')[2]}") if "/api/" in request.url else None)

    page.wait_for_event("response", is_refused_again)
    page.wait_for_event("response", is_refused_again)

    assert set(asked) == {"PUT draft"}
    page.keyboard.type("asha.example")
    expect(field).to_have_value("asha@asha.example")


def is_refused_again(answer: Response) -> bool:
    return answer.request.method == "PUT" and answer.status == 401
