"""Files handed over for sending: what is taken, what is refused and why, and where it lies."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from tests.pictures import JPEG, PNG, WEBP
from wablast_box.engine.media import kinds, store
from wablast_box.engine.media.models import MediaFile
from wablast_box.lib.errors import Invalid, NotFound, Unavailable

pytestmark = pytest.mark.usefixtures("media_folder")
MP4 = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 64
OGG = b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead" + b"\x00" * 16
MP3 = b"\xff\xfb\x90\x44" + b"\x00" * 64
AAC = b"\xff\xf1\x50\x80" + b"\x00" * 64
AMR = b"#!AMR\n" + b"\x00" * 32
PDF = b"%PDF-1.7\n" + b"\x00" * 64
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64


def office(folder: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return written.getvalue()


@pytest.mark.parametrize(
    "name,data,declared,mime_type",
    [
        ("a.mp4", MP4, "video/mp4", "video/mp4"),
        ("a.mp4", MP4, "audio/mp4", "audio/mp4"),
        ("a.m4a", MP4, "audio/x-m4a", "audio/mp4"),
        ("a.ogg", OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        ("a.mp3", MP3, "audio/mp3", "audio/mpeg"),
        ("a.aac", AAC, "audio/aac", "audio/aac"),
        ("a.amr", AMR, "audio/amr", "audio/amr"),
        ("a.pdf", PDF, "application/octet-stream", "application/pdf"),
        ("a.doc", OLE, "application/msword", "application/msword"),
        ("a.docx", office("word"), None, kinds.TYPES["docx"][0]),
        ("a.xlsx", office("xl"), None, kinds.TYPES["xlsx"][0]),
        ("नोट.txt", "नमस्ते\n".encode(), "text/plain; charset=utf-8", "text/plain"),
    ],
)
def test_what_whatsapp_takes_is_kept_byte_for_byte(name: str, data: bytes, declared: str | None, mime_type: str) -> None:
    saved = store.save_upload(io.BytesIO(data), name, declared)

    found, path = store.open_file(saved.id)

    assert path.read_bytes() == data
    assert (found.mime_type, found.size, found.filename) == (mime_type, len(data), name)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "name,data,declared,mime_type",
    [
        ("a.jpg", JPEG, "image/jpeg", "image/jpeg"),
        ("A.JPEG", JPEG, "image/jpg", "image/jpeg"),
        ("a.png", PNG, None, "image/png"),
        ("a.webp", WEBP, "image/webp", "image/webp"),
    ],
)
def test_pictures_are_taken_by_any_of_their_names(name: str, data: bytes, declared: str | None, mime_type: str) -> None:
    saved = store.save_upload(io.BytesIO(data), name, declared)

    found, path = store.open_file(saved.id)

    assert (found.mime_type, found.filename) == (mime_type, name)
    assert (found.size, found.sha256) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    "name,data,declared",
    [
        ("evil.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
        ("evil.svg", b"<svg/>", "image/svg+xml"),
        ("evil.html", b"<html>", "text/html"),
        ("evil.txt", b"hello <script>alert(1)</script>", "text/plain"),
        ("evil.txt", b"\x00\x01\x02", "text/plain"),
        ("evil.pdf", JPEG, "application/pdf"),
        ("evil.jpg", JPEG, "text/html"),
        ("evil.docx", office("xl"), None),
        ("evil.exe", b"MZ" + b"\x00" * 64, "application/octet-stream"),
        ("no extension", JPEG, "image/jpeg"),
        ("empty.txt", b"", "text/plain"),
        ("", JPEG, "image/jpeg"),
        (None, JPEG, "image/jpeg"),
    ],
)
def test_a_file_whose_name_declaration_and_bytes_disagree_is_refused(
    name: str | None, data: bytes, declared: str | None, media_folder: Path
) -> None:
    with pytest.raises(Invalid) as refused:
        store.save_upload(io.BytesIO(data), name, declared)

    assert refused.value.field == "file"
    assert MediaFile.select().count() == 0
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []


class Endless(io.RawIOBase):
    """Gives a picture that never ends and counts what was read of it."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        self.given += size
        return JPEG.ljust(size, b"\x00")


def test_a_file_that_is_too_large_is_refused_while_it_is_read(media_folder: Path) -> None:
    source = Endless()

    with pytest.raises(Invalid) as refused:
        store.save_upload(source, "huge.jpg", "image/jpeg")  # type: ignore[arg-type]

    assert refused.value.code == "too_large"
    assert "5 MB" in refused.value.message
    assert source.given <= kinds.LIMITS["image"] + 2 * store.CHUNK
    assert list((media_folder / "incoming").iterdir()) == []


def test_the_same_bytes_twice_lie_on_the_disk_once_but_belong_to_whoever_brought_them(media_folder: Path) -> None:
    first = store.save_upload(JPEG, "a.jpg", "image/jpeg")
    second = store.save_upload(JPEG, "a.jpg", "image/jpeg")

    assert first.id != second.id
    assert first.path == second.path
    assert len([path for path in media_folder.rglob("*") if path.is_file()]) == 1


def test_a_name_from_outside_never_decides_where_a_file_lies(media_folder: Path) -> None:
    saved = store.save_upload(JPEG, "../../../etc/cron.d/\x00offer\n.jpg", "image/jpeg")

    _, path = store.open_file(saved.id)

    assert saved.filename == "offer.jpg"
    assert path.resolve().is_relative_to(media_folder.resolve())
    assert saved.path == f"{saved.sha256[:2]}/{saved.sha256[2:]}"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_files_are_readable_by_the_owner_only() -> None:
    _, path = store.open_file(store.save_upload(JPEG, "a.jpg", None).id)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_nearly_full_disk_takes_no_files_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: usage(10, 9, 1))

    with pytest.raises(Unavailable) as refused:
        store.save_upload(JPEG, "a.jpg", None)

    assert refused.value.code == "disk_full"
    assert refused.value.help


def test_a_missing_row_and_missing_bytes_are_both_told() -> None:
    saved = store.save_upload(JPEG, "a.jpg", None)
    _, path = store.open_file(saved.id)
    path.unlink()

    with pytest.raises(NotFound):
        store.open_file(saved.id)
    with pytest.raises(NotFound):
        store.open_file(1)


def test_what_a_crash_left_half_written_is_swept_away_a_day_later(media_folder: Path) -> None:
    old, young = media_folder / "incoming" / "old", media_folder / "incoming" / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)

    assert store.sweep_incoming() == 1

    assert young.exists() and not old.exists()


def test_nothing_that_runs_in_a_browser_is_shown_inline() -> None:
    assert not kinds.INLINE & {"text/html", "image/svg+xml", "text/xml", "application/pdf", "text/plain", kinds.UNKNOWN}
