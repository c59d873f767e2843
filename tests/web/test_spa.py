"""The built interface as browsers get it: small, kept for ever where its name says what is in it, and never a page for a lost file."""

from __future__ import annotations

from pathlib import Path

import pytest

from wablast_box.web import spa

from .browser import Browser


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"index.html": "<p>page</p>", "assets/a-1.js": "plain", "assets/a-1.js.br": "br", "assets/a-1.js.gz": "gz"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(spa, "STATIC", tmp_path)
    monkeypatch.setattr(spa, "_known", [])


@pytest.mark.usefixtures("built")
def test_every_address_of_a_screen_is_the_page_and_is_asked_for_again(nobody: Browser) -> None:
    for path in ("/", "/inbox", "/settings/tags", "/../../etc/passwd"):
        answer = nobody.get(path)

        assert (answer.status_code, answer.text) == (200, "<p>page</p>")
        assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/html; charset=utf-8", "no-cache")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(("takes", "comes"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_hashed_file_comes_small_and_is_kept_for_ever(nobody: Browser, takes: str, comes: str | None) -> None:
    answer = nobody.ask("HEAD", "/assets/a-1.js", headers={"Accept-Encoding": takes})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers.get("content-encoding") == comes


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/assets/a-2.js", "/api/v1/nothing", "/hooks/nothing", "/simulator/nothing"])
def test_what_is_not_there_is_no_page(nobody: Browser, path: str) -> None:
    assert nobody.get(path).status_code == 404
