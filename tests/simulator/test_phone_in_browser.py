"""The pretend phone in a real browser: what a customer types, taps and sees."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config

from wablast_box.simulator.meta import FakeMeta

from .desk import Caller, make_app
from .test_server import free_port

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright in this environment")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

BUTTONS = {
    "type": "button",
    "body": {"text": "How shall it reach you?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "home", "title": "Deliver to me"}}]},
}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, FakeMeta]]:
    """The simulator under a prefix, in a thread of its own."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    app = make_app(base)
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    config = Config.from_mapping(bind=[f"127.0.0.1:{port}"], graceful_timeout=0.2, errorlog=None)
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve(app, config, shutdown_trigger=stop.wait)), daemon=True)
    thread.start()
    yield base, app.meta
    app.meta.stop()
    loop.call_soon_threadsafe(stop.set)
    thread.join(5)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as runner:
        opened = runner.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def screen(browser, served):
    """Kabir's phone on the screen; complaints of the browser fail the test."""
    base, meta = served
    meta.clear()
    page = browser.new_page(viewport={"width": 360, "height": 720}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{base}/phone#kabir")
    page.get_by_text("Say hi to").wait_for()
    yield page
    page.close()
    assert not complaints


def business_sends(meta: FakeMeta, kind: str, content: dict, to: str = "919845012345") -> None:
    if not meta.customer(to).wrote_at:
        meta.phone(to).says("hi")
    assert Caller(meta).send(kind, content, to=to).status == 200


def test_what_is_typed_is_sent_with_enter(screen, served):
    screen.get_by_label("Message", exact=True).fill("hi")
    screen.keyboard.press("Enter")

    screen.locator(".message.mine", has_text="hi").wait_for()
    assert [m.content for m in served[1].customer("kabir").thread] == [{"body": "hi"}]


def test_an_answer_appears_and_is_read_because_it_is_on_the_screen(screen, served):
    meta = served[1]
    business_sends(meta, "text", {"body": "Yes, *in stock*"})

    screen.locator(".message:not(.mine) strong", has_text="in stock").wait_for()
    screen.wait_for_function("() => !document.querySelector('.badge')")
    assert [m.progress for m in meta.phone("kabir").received()] == ["read"]


def test_markup_is_shown_as_text_and_never_runs(screen, served):
    evil = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
    served[1].phone("kabir").says(evil)
    business_sends(served[1], "text", {"body": evil})

    screen.locator(".message:not(.mine)", has_text="<script>").wait_for()
    assert screen.locator(".thread img, .thread script").count() == 0
    assert "pwned" not in screen.title()


def test_a_button_can_be_tapped_once(screen, served):
    business_sends(served[1], "interactive", BUTTONS)

    tap = screen.get_by_role("button", name="Deliver to me")
    tap.click()

    screen.locator(".message.mine", has_text="Deliver to me").wait_for()
    playwright.expect(tap).to_be_disabled()


def test_a_message_for_somebody_else_raises_their_badge(screen, served):
    business_sends(served[1], "text", {"body": "On its way"}, to="919845067890")

    screen.get_by_role("tab", name="Ananya Rao, 1 new").click()
    screen.locator(".message", has_text="On its way").wait_for()
    screen.get_by_role("tab", name="Ananya Rao", exact=True).wait_for()


def test_an_offline_phone_says_so_and_gets_its_messages_later(screen, served):
    screen.get_by_label("Phone settings").first.click()
    screen.get_by_role("switch", name="Online").uncheck()
    screen.get_by_text("Kabir is offline").wait_for()
    business_sends(served[1], "text", {"body": "Are you there?"})
    assert screen.locator(".message", has_text="Are you there?").count() == 0

    screen.keyboard.press("Escape")
    screen.get_by_role("button", name="Go online").click()

    screen.locator(".message", has_text="Are you there?").wait_for()


def test_a_photo_is_attached_with_two_clicks(screen, served):
    screen.get_by_label("Attach", exact=True).first.click()
    screen.get_by_role("button", name="Photo of the shelf").click()

    screen.locator(".message.mine img").wait_for()
    assert served[1].customer("kabir").thread[0].type == "image"


def test_an_emoji_on_a_message_reaches_the_business(screen, served):
    business_sends(served[1], "text", {"body": "See you on Saturday"})

    screen.locator(".bubble", has_text="See you on Saturday").click()
    screen.get_by_role("button", name="React with 🙏").click()

    screen.locator(".reactions", has_text="🙏").wait_for()


@pytest.mark.parametrize(
    ("address", "shown"),
    [("", "02:15"), ("?zone=Europe/Berlin", "21:45"), ("?zone=Not/AZone", "02:15")],
)
def test_times_are_the_shops_wherever_the_browser_is(browser, served, address, shown):
    base, meta = served
    meta.clear()
    meta.phone("kabir").sends("text", {"body": "late"}, at=datetime(2026, 3, 9, 20, 45, tzinfo=UTC))
    page = browser.new_page(timezone_id="America/New_York")
    page.goto(f"{base}/phone{address}#kabir")

    page.locator(".message", has_text="late").locator(".meta", has_text=shown).wait_for()
    day = page.locator(".day").inner_text()
    page.close()

    assert day == ("March 9" if "Berlin" in address else "March 10")


@pytest.mark.parametrize("width", [320, 360, 400])
def test_nothing_is_wider_than_the_screen(screen, served, width):
    business_sends(served[1], "interactive", BUTTONS)
    business_sends(served[1], "text", {"body": "W" * 300})
    screen.set_viewport_size({"width": width, "height": 640})
    screen.locator(".message", has_text="WWW").wait_for()

    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert screen.evaluate("(() => { const t = document.getElementById('thread'); return t.scrollWidth <= t.clientWidth; })()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_known_barrier(browser, served, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe in this environment")
    base, meta = served
    business_sends(meta, "interactive", BUTTONS)
    context = browser.new_context(viewport={"width": 360, "height": 720}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{base}/phone#kabir")
    page.get_by_role("button", name="Deliver to me").first.wait_for()
    page.get_by_label("Attach", exact=True).first.click()

    violations = axe.Axe().run(page).response["violations"]
    context.close()

    assert not violations, [(v["id"], v["nodes"][0]["html"]) for v in violations]
