"""Pictures in the thread: small ones drawn by the box, the large one on a click, nothing that runs, and room kept before they come."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.engine.media.bucket import S3, a_server  # noqa: F401 - a fixture
from tests.hostile_files import FILES, SVG, Hostile

from .demo import Demo
from .people import Act, Inbox

pytestmark = [pytest.mark.slow, pytest.mark.feature("IN-39")]


def photo(width: int, height: int) -> str:
    written = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(written, "JPEG")
    return base64.b64encode(written.getvalue()).decode()


def file_of(what: str) -> Hostile:
    return next(file for file in FILES if file.what == what)


def test_a_photo_shows_small_and_opens_large_and_the_original_is_saved(demo: Demo, page_without_errors: Page, kabir: Act) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")

    kabir(type="image", data=photo(2400, 1200), mime_type="image/jpeg", caption="two metres of this")
    small = inbox.shows("two metres of this").locator("img")
    expect(small).to_be_visible(timeout=15_000)
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=small.element_handle())
    sides = small.evaluate("(image) => [image.naturalWidth, image.naturalHeight, Math.round(100 * image.clientWidth / image.clientHeight)]")
    kept = (small.get_attribute("width"), small.get_attribute("height"))
    inbox.shows("two metres of this").get_by_role("button").filter(has=page.locator("img")).click()
    large = page.get_by_role("dialog").locator("img")
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=large.element_handle())

    assert sides == [640, 320, 200]
    assert kept == ("2400", "1200"), "the thread keeps the room before the picture is there"
    assert large.evaluate("(image) => image.naturalWidth") == 2048
    assert not [url for url in asked if "/api/v1/media/" in url and "as=" not in url], "the original is only saved, never shown"
    with page.expect_download() as saving:
        page.get_by_role("dialog").get_by_role("link").click()
    assert Image.open(saving.value.path()).size == (2400, 1200)


def test_nothing_that_a_customer_sends_runs_or_is_drawn_as_it_came(demo: Demo, page_without_errors: Page, kabir: Act) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    kabir(type="image", data=base64.b64encode(SVG).decode(), mime_type="image/jpeg", caption="a drawing")
    kabir(type="image", data=base64.b64encode(file_of("a photo cut off").data).decode(), mime_type="image/jpeg", caption="cut off")
    script = file_of("a photo with a page in its comment").data
    kabir(type="image", data=base64.b64encode(script).decode(), mime_type="image/jpeg", caption="with a page in it")
    kabir(type="video", data=base64.b64encode(file_of("a film with a page in it").data).decode(), mime_type="video/mp4", caption="a film")
    for words in ("a drawing", "cut off"):
        expect(inbox.shows(words).get_by_role("link")).to_be_visible(timeout=15_000)
        assert inbox.shows(words).locator("img").count() == 0
    expect(inbox.shows("with a page in it").locator("img")).to_be_visible(timeout=15_000)
    expect(inbox.shows("a film").locator("video")).to_be_visible(timeout=15_000)

    assert page.evaluate("window.hacked") is None
    # Typed into the address bar, the worst of them is something to save, or a frame in which nothing runs.
    for address in (
        inbox.shows("a film").locator("video").get_attribute("src"),
        inbox.shows("a drawing").get_by_role("link").get_attribute("href"),
    ):
        other = page.context.new_page()
        other.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        try:
            other.goto(f"{demo.address}{address}", wait_until="commit")
        except Exception as download:
            assert "Download" in str(download), download
        assert other.evaluate("window.hacked") is None
        other.close()
    assert dialogs == []


def test_an_owner_sets_up_a_bucket_moves_everything_and_the_pictures_stay(
    demo: Demo, page_without_errors: Page, kabir: Act, bucket_server: S3, tmp_path: Path
) -> None:
    page, inbox = page_without_errors, Inbox(page_without_errors)
    page.goto(demo.link)
    inbox.opens("Kabir Mehta")
    kabir(type="image", data=photo(1200, 900), mime_type="image/jpeg", caption="before the move")
    expect(inbox.shows("before the move").locator("img")).to_be_visible(timeout=15_000)

    page.goto(f"{demo.address}/settings/storage")
    page.get_by_role("combobox", name="Keep files").click()
    page.get_by_role("option", name="In a bucket").click()
    for label, value in (
        ("Address", bucket_server.endpoint),
        ("Bucket", "asha-file"),
        ("Key id", "AKIAEXAMPLE"),
        ("Secret key", "secret-of-the-bucket"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    for label in ("The bucket stands in the path", "The service stands in our own network"):
        page.get_by_label(label).check(force=True)
    page.get_by_role("button", name="Save").click()
    question = page.get_by_role("dialog").get_by_label("Password")
    wrong = page.get_by_text("There is no such bucket")
    expect(question.or_(wrong)).to_be_visible(timeout=10_000)
    if question.is_visible():
        question.fill(demo.password)
        question.press("Enter")
    expect(wrong).to_be_visible(timeout=10_000)
    page.get_by_label("Bucket", exact=True).fill("asha-files")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Storage saved")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Try the bucket").click()
    expect(page.get_by_text("The bucket works")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Move everything to the bucket").click()
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_role("button", name="Move everything to this machine")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name="Move everything to the bucket")).to_be_hidden(timeout=15_000)

    assert len(bucket_server.names()) >= 3
    page.goto(f"{demo.address}/inbox")
    inbox.opens("Kabir Mehta")
    small = inbox.shows("before the move").locator("img")
    expect(small).to_be_visible(timeout=15_000)
    page.wait_for_function("(image) => image.complete && image.naturalWidth === 640", arg=small.element_handle())
