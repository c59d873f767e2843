"""Files that are handed over for sending: refused before they are read where that can be known, and kept from everybody else's eyes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pictures import JPEG
from tests.web.browser import Browser, code_of
from tests.web.test_media import kabir_sends
from wablast_box.engine.media import store
from wablast_box.engine.media.models import MediaFile
from wablast_box.web.app import Edge

pytestmark = [pytest.mark.feature("IN-39"), pytest.mark.usefixtures("media_folder")]


def posts(
    browser: Browser, edge: Edge, runner: asyncio.Runner, *, size: int, name: str = "a.jpg", mime_type: str = "image/jpeg"
) -> tuple[int, int]:
    """The answer to an upload that says it is so large, and how many pieces of it were read."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: %s\r\n\r\n' % (
        name.encode(),
        mime_type.encode(),
    )
    read: list[int] = []

    async def receive() -> dict[str, Any]:
        # A line, however fast, lets others have their turn.
        await asyncio.sleep(0.05 if len(read) > 1 else 0)
        read.append(1)
        return {"type": "http.request", "body": head if len(read) == 1 else b"\xff" * 65_536, "more_body": True}

    async def post() -> int:
        status = []
        request = browser.http.build_request("POST", "/api/v1/media", headers={"X-CSRF-Token": browser.csrf or ""})
        headers = [(name.lower(), value) for name, value in request.headers.raw if name.lower() != b"content-length"]
        headers += [(b"content-type", b"multipart/form-data; boundary=x"), (b"content-length", str(size).encode())]
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "path": "/api/v1/media", "raw_path": b"/api/v1/media",
            "query_string": b"", "headers": headers, "scheme": "http", "server": ("localhost", 8422), "client": ("203.0.113.7", 1),
        }  # fmt: skip

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])

        await edge.asgi(scope, receive, send)
        return int(status[0])

    return runner.run(post()), len(read)


def test_more_than_a_hundred_megabytes_are_refused_before_a_byte_is_read(asha: Browser, edge: Edge, runner: asyncio.Runner) -> None:
    assert posts(asha, edge, runner, size=106 * 1024 * 1024, name="a.pdf", mime_type="application/pdf") == (413, 0)


@pytest.mark.parametrize("megabytes", [6, 50, 100])
def test_a_photo_that_is_too_large_is_refused_by_its_head_alone(
    asha: Browser, edge: Edge, runner: asyncio.Runner, media_folder: Path, megabytes: int
) -> None:
    status, read = posts(asha, edge, runner, size=megabytes * 1024 * 1024)

    assert status == 413
    assert read <= 30, "the head, and what had come along with it"
    assert list((media_folder / "incoming").iterdir()) == []


def test_a_kind_that_whatsapp_does_not_take_is_refused_by_its_name_alone(asha: Browser, edge: Edge, runner: asyncio.Runner) -> None:
    status, read = posts(asha, edge, runner, size=90 * 1024 * 1024, name="film.mkv", mime_type="video/x-matroska")

    assert status == 422
    assert read <= 30


def test_what_arrives_lies_in_the_data_folder_and_not_where_others_look(
    asha: Browser, media_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Nothing could be written there.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

    saved = asha.post("/api/v1/media", files={"file": ("a.pdf", b"%PDF-1.7 " + b"x" * 3_000_000, "application/pdf")})

    assert saved.status_code == 201
    assert list((media_folder / "incoming").iterdir()) == []


def test_a_picture_of_six_megabytes_is_refused_with_the_limit_in_words(asha: Browser, media_folder: Path) -> None:
    answer = asha.post("/api/v1/media", files={"file": ("a.jpg", JPEG + b"\0" * 6 * 1024 * 1024, "image/jpeg")})

    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert "5 MB" in answer.json()["error"]["message"]
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []


def test_where_the_disk_is_nearly_full_nothing_is_taken_in_and_customers_files_still_come(
    asha: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = type("usage", (), {"free": 700 * 1024 * 1024})
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: free)

    refused = asha.post("/api/v1/media", files={"file": ("a.jpg", JPEG, "image/jpeg")})

    assert (refused.status_code, code_of(refused)) == (503, "disk_full")
    assert kabir_sends().size == len(JPEG)


def test_a_missing_file_field_and_a_body_without_end_are_refused(asha: Browser) -> None:
    other = asha.post("/api/v1/media", files={"photo": ("a.jpg", JPEG, "image/jpeg")})
    endless = asha.ask(
        "POST", "/api/v1/media", content=b"--x\r\nContent-Disposition: form-data; name=file; filename=a.jpg\r\n\r\nabc",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )  # fmt: skip
    by_path = asha.post("/api/v1/media", {"files": [{"path": "/etc/passwd", "name": "a.txt"}]})

    assert (other.status_code, other.json()["error"]["field"]) == (422, "file")
    assert isinstance(endless, httpx.Response) and 400 <= endless.status_code < 500
    assert 400 <= by_path.status_code < 500
    assert MediaFile.select().count() == 0
