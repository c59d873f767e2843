"""`make screenshots`: the pictures of docs/screens, taken from a running demo in light, dark and phone width."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ..storm.box import ROOT
from .browser import FLAGS, browser_path
from .demo import Demo, running_demo
from .flow_screens import furnish_flow, take_flows
from .people import Inbox

SCREENS = ROOT / "docs" / "screens"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2, "has_touch": True},
}
# Screen → where it is; the sign-in, the inbox and what opens over it are reached on the way.
PAGES = {
    "contacts": "/contacts",
    "templates": "/templates",
    "ai-models": "/settings/ai",
    "flow-secrets": "/settings/flow-secrets",
    "settings": "/settings",
    **{
        name: f"/settings/{name}"
        for name in (
            "alerts", "email", "storage", "keyboard", "business", "number", "whatsapp-profile", "link", "forwarding", "replies",
            "contact-fields", "account", "teams", "service", "macros", "tags", "people", "roles", "security", "audit", "api-keys",
            "status", "webhooks",
        )
    },
}  # fmt: skip

# What a shop has made after its first weeks, so that the pages show their work: path → bodies.
FURNISHED: dict[str, list[dict[str, Any]]] = {
    "tags": [{"name": name, "color": color} for name, color in (("VIP", "amber"), ("Wholesale", "indigo"), ("Diwali", "orange"))],
    "teams": [{"name": "Sales"}, {"name": "Accounts"}],
    "macros": [{"name": "Sold", "shared": True, "steps": [{"do": "reply", "text": "Thank you!"}, {"do": "resolve"}]}],
    "canned-replies": [
        {"shortcut": "hours", "text": "We are open from 10 to 8, on Sundays until 2.", "shared": True},
        {"shortcut": "address", "text": "12 Sayyaji Rao Road, Mysuru, beside the clock tower.", "shared": True},
    ],
    "contact-fields": [{"name": "City", "kind": "text"}, {"name": "Member since", "kind": "date"}],
    "api-keys": [{"name": "Till", "role": "AGENT"}],
}
_POST = """
async ([path, body]) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token };
  const answer = await fetch('/api/v1/' + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.ok ? null : await answer.text();
}
"""


def main() -> None:
    """Every screen in every look."""
    program = browser_path()
    if program is None:
        raise SystemExit("no Chromium found: install one, or name it in WABLAST_CHROMIUM")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder) / "data") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        _furnish(browser, demo)
        for look, options in LOOKS.items():
            _take(browser, demo, look, options)
        browser.close()


def _furnish(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(base_url=demo.address)
    page = context.new_page()
    page.goto(demo.link)
    Inbox(page).row("Kabir Mehta").wait_for()
    for path, bodies in FURNISHED.items():
        for body in bodies:
            refused = page.evaluate(_POST, [path, body])
            assert refused is None, f"{path}: {refused}"
    furnish_flow(page, demo)
    context.close()


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
    _over_the_inbox(page, look)
    take_flows(page, look, _save)
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
    # The list keeps still under a pointer, and for a while after a chat was opened.
    page.get_by_role("log").hover()
    expect(page.get_by_role("button", name="1 new")).to_have_count(0, timeout=15_000)
    if look == "light":
        _save(page, "demo", look)
    hide = page.get_by_role("button", name="Hide the pretend phone")
    if hide.is_visible():
        hide.click()
    _save(page, "inbox", look)


def _over_the_inbox(page: Page, look: str) -> None:
    """The templates for the open conversation, and what the command bar finds."""
    field = page.get_by_role("textbox", name="Message")
    field.blur()
    page.keyboard.press("t")
    page.get_by_role("button", name="hello_world").or_(page.get_by_text("hello_world")).first.wait_for()
    _save(page, "template-picker", look)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").or_(page.get_by_role("dialog").get_by_role("textbox")).first.fill("indigo")
    page.wait_for_timeout(800)
    _save(page, "search", look)
    page.keyboard.press("Escape")


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
    # 256 colours are enough for an interface, at a third of the bytes.
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
