"""What the shop does with its number: a link on paper, a face for customers, and every webhook for another system too."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..engine.ops.test_profile import png
from ..engine.webhooks.other_system import OtherSystem, other_system
from . import webhook
from .demo import Demo, running_demo

pytestmark = pytest.mark.slow

HINDI = "नमस्ते! 👋\nसाड़ी & ब्लाउज़ 100%"
ENCODED = (
    "https://wa.me/918047182200?text=%E0%A4%A8%E0%A4%AE%E0%A4%B8%E0%A5%8D%E0%A4%A4%E0%A5%87%21%20%F0%9F%91%8B%0A"
    "%E0%A4%B8%E0%A4%BE%E0%A4%A1%E0%A4%BC%E0%A5%80%20%26%20%E0%A4%AC%E0%A5%8D%E0%A4%B2%E0%A4%BE%E0%A4%89%E0%A4%9C%E0%A4%BC%20100%25"
)


def until(true: Callable[[], object], within_s: float = 15.0) -> None:
    ends = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.05)


@pytest.mark.feature("CN-37")
@pytest.mark.feature("CN-34")
def test_asha_prints_a_link_and_gives_the_shop_a_face(demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/link")
    page.get_by_label("What is already written").fill(HINDI)
    expect(page.get_by_test_id("chat-link")).to_have_text(ENCODED)
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    page.get_by_label("Other width").fill("20")
    expect(page.get_by_text("many phones cannot read this code")).to_be_visible()
    page.get_by_text("Poster", exact=True).click()
    expect(page.get_by_text("many phones cannot read this code")).to_have_count(0)
    with page.expect_download() as printed:
        page.get_by_role("link", name="PNG, 600 dpi").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"\x89PNG") and printed.value.suggested_filename == "whatsapp-qr.png"

    page.goto(f"{demo.address}/settings/whatsapp-profile")
    page.get_by_label("E-mail").fill("no address")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This is not an e-mail address.")).to_be_visible()
    page.get_by_label("E-mail").fill("shop@example.com")
    page.get_by_label("Description").fill("Silk from Mysuru")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The profile is changed")).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": "shop.png", "mimeType": "image/png", "buffer": png(300, 300)})
    expect(page.get_by_role("img", name="Picture of the business")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Description")).to_have_value("Silk from Mysuru")

    phone = second_window()
    phone.goto(f"{demo.address}/simulator/phone")
    expect(phone.locator("#shop-mark img")).to_be_visible()
    page.goto(f"{demo.address}/settings/audit")
    expect(page.get_by_text("Changed the WhatsApp profile").first).to_be_visible()


@pytest.mark.feature("CN-35")
def test_asha_finds_a_webhook_by_a_word_and_replays_what_was_kept_aside(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    webhook.delivers(demo, {"messages": [{"type": "text", "text": {"body": "broken zebra"}}]})
    page.goto(f"{demo.address}/settings/webhooks")
    page.get_by_label("Find in the bodies").fill("zebra")
    found = page.get_by_role("button", name="Open the webhook of")
    expect(found).to_have_count(1)
    found.click()
    expect(page.get_by_label("Body", exact=True)).to_contain_text("broken zebra")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("Kept aside", exact=True).first.click()
    page.get_by_role("button", name="Replay all that were kept aside").click()
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(page.get_by_text("1 webhook is processed again")).to_be_visible()


@pytest.fixture
def till_and_demo(tmp_path: Path) -> Iterator[tuple[OtherSystem, Demo]]:
    """A till in the shop's own network, and a demo that may send to it."""
    with other_system() as till, running_demo(tmp_path / "data", WABLAST_BOX_INSIDE_ADDRESSES=f"127.0.0.1:{till.port}") as demo:
        yield till, demo


@pytest.mark.feature("CN-36")
def test_every_webhook_goes_on_to_the_till_and_what_was_refused_goes_again(
    till_and_demo: tuple[OtherSystem, Demo], page_without_errors: Page
) -> None:
    page, (till, demo) = page_without_errors, till_and_demo
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/forwarding")
    page.get_by_role("button", name="Forward to a system").click()
    page.get_by_label("Address").fill("https://192.168.1.7/hook")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The box cannot send to this address.")).to_be_visible()
    page.get_by_label("Address").fill(till.url)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=till.url)).to_be_visible()

    till.rule = lambda body: 422 if b"odd one" in body else 200
    for words in ("first", "odd one", "third"):
        webhook.delivers(demo, webhook.message(webhook.text(words), wa_id="919000000001", name="Kabir"))
    until(lambda: any(b"third" in body for body in till.took))
    headers, body = till.got[0]
    assert headers["X-Hub-Signature-256"] == "sha256=" + hmac.new(webhook.SECRET.encode(), body, hashlib.sha256).hexdigest()
    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_text("The server answered 422.")).to_be_visible()
    till.rule = lambda _: 200
    page.get_by_role("button", name="Send again").click()
    until(lambda: any(b"odd one" in body for body in till.took))
    expect(page.get_by_text("1 was refused")).to_have_count(0)
