"""Which files WhatsApp takes, under which names, how large (Cloud API, Media), and which are safe to show in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

KB, MB = 1024, 1024 * 1024

# The most that may be uploaded of each kind; what customers send may be as large as a document.
LIMITS: Mapping[str, int] = {"image": 5 * MB, "audio": 16 * MB, "video": 16 * MB, "document": 100 * MB, "sticker": 500 * KB}
LARGEST = 100 * MB
LONGEST_NAME = 240
UNKNOWN = "application/octet-stream"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

# extension: (type, kind of message it is sent as)
TYPES: Mapping[str, tuple[str, str]] = {
    "jpg": ("image/jpeg", "image"),
    "jpeg": ("image/jpeg", "image"),
    "png": ("image/png", "image"),
    "webp": ("image/webp", "sticker"),
    "mp4": ("video/mp4", "video"),
    "3gp": ("video/3gpp", "video"),
    "aac": ("audio/aac", "audio"),
    "amr": ("audio/amr", "audio"),
    "mp3": ("audio/mpeg", "audio"),
    "m4a": ("audio/mp4", "audio"),
    "ogg": ("audio/ogg", "audio"),
    "oga": ("audio/ogg", "audio"),
    "opus": ("audio/ogg", "audio"),
    "txt": ("text/plain", "document"),
    "pdf": ("application/pdf", "document"),
    "doc": ("application/msword", "document"),
    "docx": (_WORD, "document"),
    "xls": ("application/vnd.ms-excel", "document"),
    "xlsx": (_SHEET, "document"),
    "ppt": ("application/vnd.ms-powerpoint", "document"),
    "pptx": (_SLIDES, "document"),
}
KIND_OF: Mapping[str, str] = dict(TYPES.values())
EXTENSION_OF: Mapping[str, str] = {"image/gif": "gif"} | {TYPES[extension][0]: extension for extension in reversed(list(TYPES))}

# Names that Windows keeps for itself, whatever ending they have.
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))})

# Other names for the same thing.
SAME: Mapping[str, str] = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/opus": "audio/ogg",
    "application/ogg": "audio/ogg",
    "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac",
    "audio/3gpp": "video/3gpp",
}

# What is drawn anew before anybody is shown it, and before it leaves the house.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
# Shown inside the product; everything else is handed out as a download of unknown type.
INLINE = PICTURES | {
    "image/gif", "video/mp4", "video/3gpp", "audio/mp4", "audio/ogg", "audio/mpeg", "audio/aac", "audio/amr",
}  # fmt: skip


def plain(declared: str | None) -> str | None:
    """A declared type without parameters and by its usual name; None when nothing was said."""
    name = (declared or "").partition(";")[0].strip().lower()
    return None if name in ("", UNKNOWN, "binary/octet-stream") else SAME.get(name, name)


def fits(mime_type: str, kind: str) -> bool:
    """May a file of this type be sent as that kind of message? Whatever WhatsApp takes may also go as a document."""
    own = KIND_OF.get(mime_type)
    return own is not None and kind in (own, "document")


def extension_of(filename: str) -> str:
    return PurePath(filename).suffix.lstrip(".").lower()


def clean_name(filename: str | None) -> str | None:
    """The last part of a file name as people may see it: no folders, no control characters, not endless."""
    last = (filename or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip(" .")
    if shown.partition(".")[0].rstrip().upper() in _DEVICES:
        shown = f"_{shown}"
    if len(shown) > LONGEST_NAME:
        stem, dot, extension = shown.rpartition(".")
        shown = f"{stem[: LONGEST_NAME - 20]}{dot}{extension[:19]}" if dot else shown[:LONGEST_NAME]
    return shown or None
