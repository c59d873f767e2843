"""What the business does with its number, over the API."""

from __future__ import annotations

import pytest

from tests.web.browser import Browser, code_of
from wablast_box.engine.meta.models import Number


@pytest.fixture
def number() -> Number:
    return Number.create(id=1, phone_number_id="106", display_phone_number="+91 80 4718 2200")


@pytest.mark.feature("CN-37")
def test_everybody_of_the_team_makes_links_and_codes(ravi: Browser, number: Number) -> None:
    found = ravi.get("/api/v1/number/chat-link", params={"text": "नमस्ते 👋"}).json()

    assert found["url"] == "https://wa.me/918047182200?text=%E0%A4%A8%E0%A4%AE%E0%A4%B8%E0%A5%8D%E0%A4%A4%E0%A5%87%20%F0%9F%91%8B"
    assert len(found["qr"]) == len(found["qr"][0]) > 20 and found["least_mm"] >= 15


def test_the_code_comes_as_a_file_in_which_nothing_runs(meera: Browser, number: Number) -> None:
    svg = meera.get("/api/v1/number/chat-link/qr", params={"text": "hi", "format": "svg", "size_mm": 40})
    png = meera.get("/api/v1/number/chat-link/qr", params={"text": "hi", "format": "png"})

    assert svg.headers["content-type"] == "image/svg+xml" and b"<script" not in svg.content
    assert png.content.startswith(b"\x89PNG")
    for answer in (svg, png):
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]


def test_a_text_too_long_for_a_code_still_gives_the_link(ravi: Browser, number: Number) -> None:
    found = ravi.get("/api/v1/number/chat-link", params={"text": "ழ" * 400}).json()

    assert found["qr"] is None and "too long" in found["qr_problem"] and found["url"].startswith("https://wa.me/91")


def test_without_a_number_there_is_nothing_to_link_to(asha: Browser) -> None:
    answer = asha.get("/api/v1/number/chat-link")

    assert (answer.status_code, code_of(answer)) == (503, "not_connected")
