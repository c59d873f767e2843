"""No serious barrier on the screens that everybody meets, in light and in dark: what axe can see by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..process.conftest import Running, clean_environment
from ..storm.box import ROOT
from .demo import Demo, running_demo
from .people import Inbox

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe in this environment")
pytestmark = pytest.mark.slow

SCHEMES = ("light", "dark")
# Where it is, and the words that show that it is there.
SETTINGS = {
    "/settings/business": "Business",
    "/settings/number": "Number",
    "/settings/whatsapp-profile": "WhatsApp profile",
    "/settings/link": "Link and QR code",
    "/settings/forwarding": "Forwarding",
    "/settings/ai": "AI models",
    "/settings/storage": "Storage",
    "/settings/contact-fields": "Contact fields",
    "/settings/people": "People",
    "/settings/teams": "Teams",
    "/settings/service": "Service",
    "/settings/macros": "Macros",
    "/settings/tags": "Tags",
    "/settings/roles": "Roles",
    "/settings/security": "Security",
    "/settings/audit": "Audit log",
    "/settings/api-keys": "keys",
    "/settings/webhooks": "Webhooks",
    "/settings/status": "Status",
    "/settings/account": "account",
    "/settings/browser": "browser",
}
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for every look at it; nothing here changes it."""
    _need_interface()
    with running_demo(tmp_path_factory.mktemp("demo") / "data") as started:
        yield started


@pytest.fixture(scope="module")
def signed_in(shop: Demo, browser: Browser, browser_context_args: dict[str, Any]) -> Any:
    """The cookies of somebody who is signed in, once the story of the demo is over."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto(shop.link)
    expect(Inbox(page).row("Kabir Mehta")).to_contain_text("Please keep 3 metres", timeout=30_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def look(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Any]:
    """Open an address in a colour scheme, signed in or not. The policy is off, because axe is put into the page."""
    contexts = []

    def open_page(address: str, scheme: str, state: Any = None) -> Page:
        context = browser.new_context(**browser_context_args, color_scheme=scheme, bypass_csp=True, storage_state=state)
        contexts.append(context)
        page: Page = context.new_page()
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def fresh_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one-time link of a box that nobody has set up."""
    _need_interface()
    command = [sys.executable, "-m", "wablast_box", "serve", "--data", str(tmp_path_factory.mktemp("fresh") / "data"), "--bind", "127.0.0.1:0"]
    process = subprocess.Popen(command, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    box = Running(process, Path())
    yield box.says(r"(http://\S+/setup\?token=\S+)").group(1)
    box.stops()


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, each with its place."""
    # Fonts, pictures and lists settle first: a page half drawn has faults of its own.
    # Not the network: the pretend phone beside the page listens as long as it stands there.
    page.wait_for_function("document.querySelector('[aria-busy=true]') === null && document.fonts.status === 'loaded'")
    page.wait_for_timeout(500)
    page.evaluate("document.fonts.ready")
    found = axe.Axe().run(page).response["violations"]
    return [f"{each['impact']} {each['id']}: {node['html'][:160]}" for each in found if each["impact"] in GRAVE for node in each["nodes"][:3]]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_signing_in_has_no_barrier(shop: Demo, look: Any, scheme: str) -> None:
    page = look(shop.address, scheme)
    expect(page.get_by_role("textbox", name="E-mail")).to_be_visible()

    assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_inbox_has_no_barrier(shop: Demo, signed_in: Any, look: Any, scheme: str) -> None:
    page = look(shop.address, scheme, signed_in)
    Inbox(page).opens("Kabir Mehta")
    expect(Inbox(page).shows("Please keep 3 metres")).to_be_visible()

    assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", SETTINGS)
def test_the_settings_and_the_status_have_no_barrier(shop: Demo, signed_in: Any, look: Any, path: str, scheme: str) -> None:
    page = look(shop.address + path, scheme, signed_in)
    expect(page.get_by_role("main").get_by_role("heading", name=re.compile(SETTINGS[path], re.IGNORECASE)).first).to_be_visible()

    assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_set_up_has_no_barrier_at_its_beginning_and_at_its_end(
    shop: Demo, signed_in: Any, fresh_box: str, look: Any, scheme: str
) -> None:
    begins, is_over = look(fresh_box, scheme), look(f"{shop.address}/setup", scheme, signed_in)
    expect(begins.get_by_label("Business name")).to_be_visible()
    expect(is_over.get_by_role("heading").first).to_be_visible()

    assert barriers(begins) == []
    assert barriers(is_over) == []


def test_a_barrier_would_be_found(shop: Demo, look: Any) -> None:
    page = look(shop.address, "light")
    expect(page.get_by_role("textbox", name="E-mail")).to_be_visible()

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button><p style=\"position:fixed;inset:0 auto auto 0;color:#aaa;background:#fff\">pale</p>')")

    assert {found.split()[1] for found in barriers(page)} == {"button-name:", "color-contrast:"}


def _need_interface() -> None:
    if not (ROOT / "wablast_box" / "ui" / "static" / "index.html").is_file():
        pytest.skip("the web interface was not built in this copy")
