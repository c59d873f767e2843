"""What a file really is, by its first bytes. What anybody says it is counts only as far as these agree."""

from __future__ import annotations

from wablast_box.engine.media.kinds import TYPES

HEAD_BYTES, TAIL_BYTES = 4096, 65_536
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe")


def possible_types(head: bytes, tail: bytes = b"") -> frozenset[str]:
    """The types that this file may be of: none when unknown, several when only the name can tell them apart."""
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if found is not None:
        return frozenset({found})
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return frozenset({"image/webp"})
    if head[4:8] == b"ftyp":
        return frozenset({"video/mp4", "audio/mp4", "video/3gpp"})
    if head.startswith(_OLE):
        return frozenset(TYPES[name][0] for name in ("doc", "xls", "ppt"))
    if head.startswith(b"PK\x03\x04"):
        return frozenset(TYPES[name][0] for part, name in _OFFICE if part in head or part in tail)
    return _audio_frames(head) or _text(head, tail)


def _audio_frames(head: bytes) -> frozenset[str]:
    """MPEG frames begin with eleven set bits; the layer bits are 0 for AAC (ADTS) and not 0 for MP3."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return frozenset()
    if head[1] & 0xF6 == 0xF0:
        return frozenset({"audio/aac"})
    return frozenset({"audio/mpeg"}) if head[1] & 0x06 and head[2] & 0xF0 != 0xF0 else frozenset()


def _text(head: bytes, tail: bytes) -> frozenset[str]:
    """Readable characters and no markup: a browser that guesses must find nothing to run."""
    if not head or b"\x00" in head or b"\x00" in tail or any(mark in head.lower() for mark in _MARKUP):
        return frozenset()
    try:
        head[:HEAD_BYTES].decode("utf-8", "strict")
    except UnicodeDecodeError as broken:
        # The cut may go through a character.
        if broken.start < len(head) - 4:
            return frozenset()
    return frozenset({"text/plain"})
