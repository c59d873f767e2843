"""`make screenshots`: the pictures of docs/screens, taken from a running demo in light, dark and phone width."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from ..storm.box import ROOT
from .browser import FLAGS, browser_path
from .demo import Demo, running_demo
from .people import Inbox

SCREENS = ROOT / "docs" / "screens"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2, "has_touch": True},
}
# Screen → where it is; the sign-in and the inbox are reached on the way.
PAGES = {
    "number": "/settings/number",
    "people": "/settings/people",
    "alerts": "/settings/alerts",
    "email": "/settings/email",
    "webhooks": "/settings/webhooks",
    "status": "/settings/status",
}


def main() -> None:
    """Every screen in every look."""
    program = browser_path()
    if program is None:
        raise SystemExit("no Chromium found: install one, or name it in WABLAST_CHROMIUM")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder) / "data") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for look, options in LOOKS.items():
            _take(browser, demo, look, options)
        browser.close()


def _take(browser: Browser, demo: Demo, look: str, options: dict[str, Any]) -> None:
    context = browser.new_context(base_url=demo.address, reduced_motion="reduce", locale="en-IN", timezone_id="Asia/Kolkata", **options)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("textbox", name="E-mail").wait_for()
    _save(page, "sign-in", look)
    page.get_by_role("textbox", name="E-mail").fill(demo.email)
    page.get_by_role("textbox", name="Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    _conversation(page, look)
    for name, path in PAGES.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        _save(page, name, look)
    context.close()


def _conversation(page: Page, look: str) -> None:
    inbox = Inbox(page)
    inbox.row("Kabir Mehta").wait_for()
    page.wait_for_timeout(1500)
    if look == "phone":
        _save(page, "list", look)
    inbox.opens("Kabir Mehta")
    expect(inbox.shows("Is the indigo block print still in stock?")).to_be_visible()
    words = {"light": "Done: 3 metres are yours until Saturday.", "dark": "We open at ten.", "phone": "See you then!"}[look]
    inbox.answers(words)
    inbox.expects_ticks(words, "read" if look != "phone" else "delivered")
    _save(page, "inbox", look)


def _save(page: Page, name: str, look: str) -> None:
    path = SCREENS / f"{name}-{look}.png"
    # The demo's customers go on writing: what calls from the corner is not the screen's own.
    news = page.get_by_role("region", name="News").get_by_role("button", name="Close")
    while news.count():
        news.first.click()
    # Fonts and pictures settle; a caret would blink.
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    page.screenshot(path=path, caret="hide")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
