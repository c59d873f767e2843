"""Fifty files that somebody sends to do harm: none runs, whichever way it came in."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from tests.hostile_files import FILES, INLINE, REFUSED, SCRIPT, Hostile
from tests.web.browser import Browser
from tests.web.test_media import kabir_sends, link_of
from wablast_box.engine.inbox.attachment_fetch import _type_of
from wablast_box.engine.media import kinds, pictures
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.media.sniff import HEAD_BYTES, TAIL_BYTES, possible_types

pytestmark = [pytest.mark.feature("IN-39"), pytest.mark.usefixtures("media_folder")]
MAY_BE_SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/3gpp"} | {
    f"audio/{name}" for name in ("mpeg", "ogg", "mp4", "aac", "amr")
}
# What it costs the box itself; pictures are opened elsewhere.
MOST_MORE_MB = 100


def rss_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def served(browser: Browser, path: str) -> tuple[str, str, bytes]:
    """Type, disposition and bytes, after a look at every header that keeps it from running."""
    answer = browser.get(link_of(browser, path))
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-frame-options"] == "DENY"
    assert len([name for name, _ in answer.headers.raw if name.lower() == b"content-type"]) == 1
    kind, disposition = answer.headers["content-type"], answer.headers.get("content-disposition", "inline")
    if kind not in MAY_BE_SHOWN:
        assert (kind, disposition.split(";")[0]) == (kinds.UNKNOWN, "attachment")
    return kind, disposition, answer.content


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.what)
def test_what_staff_bring_is_refused_or_harmless(asha: Browser, media_folder: Path, file: Hostile) -> None:
    began, before = time.time(), rss_mb()

    answer = asha.post("/api/v1/media", files={"file": (file.name, file.data, file.declared)})

    assert answer.status_code in (201, 413, 422), answer.text
    assert (answer.status_code == 201) == (file.becomes != REFUSED), answer.text
    if answer.status_code == 201:
        kind, _, data = served(asha, answer.json()["url"])
        assert (kind in MAY_BE_SHOWN) == (file.becomes == INLINE)
        if kind in kinds.PICTURES:
            assert not any(secret in data for secret in (SCRIPT, b"Evil", b"evil.html", b"GPS", b"Exif"))
        name = answer.json()["filename"]
        assert not any(bad in name for bad in "/\\\r\n\x00\u202e") and len(name) <= 255 and name.upper() != "CON.JPG"
    else:
        assert [path for path in media_folder.rglob("*") if path.is_file()] == []
    outside = [
        path
        for path in media_folder.parent.rglob("*")
        if path.is_file() and media_folder not in path.parents and path.stat().st_mtime > began
    ]
    assert {path.suffix for path in outside} <= {".db", ".db-wal", ".db-shm", ".key"}, outside
    assert rss_mb() - before <= MOST_MORE_MB


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.what)
def test_what_customers_send_is_shown_as_what_it_is_or_saved(asha: Browser, file: Hostile) -> None:
    before = rss_mb()
    possible = possible_types(file.data[:HEAD_BYTES], file.data[-TAIL_BYTES:])
    row = kabir_sends(file.data, _type_of(possible, file.declared), filename=kinds.clean_name(file.name))
    pictures.draw_due()

    kind, _, data = served(asha, f"/api/v1/media/{row.id}")
    shown = asha.get(f"/api/v1/messages/{_message_of(asha)}").json()["attachment"]

    assert data == file.data, "what a customer sent stays as it came"
    assert kind in possible | {kinds.UNKNOWN}
    for url in filter(None, ((shown["picture"] or {}).get("thumbnail_url"), (shown["picture"] or {}).get("view_url"))):
        drawn, _, pixels = served(asha, url)
        assert drawn in kinds.PICTURES and SCRIPT not in pixels and b"Exif" not in pixels
    assert rss_mb() - before <= MOST_MORE_MB


def _message_of(browser: Browser) -> str:
    return str(browser.get("/api/v1/messages").json()["items"][0]["id"])


def test_ten_thousand_parts_and_forms_in_forms_are_refused(asha: Browser) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\na\r\n'
    many = b"".join(part % number for number in range(10_000)) + b"--x--\r\n"
    nested = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n'
        + (b"--y\r\nContent-Type: text/html\r\n\r\n<script>\r\n--y--\r\n--x--\r\n")
    )
    for body in (many, nested):
        answer = asha.ask("POST", "/api/v1/media", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert 400 <= answer.status_code < 500

    assert MediaFile.select().count() == 0
