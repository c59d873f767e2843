"""The picture of the business: checked, handed to Meta, and brought back for the screen."""

from __future__ import annotations

import struct
from io import BytesIO

from wablast_box.engine.media.sniff import possible_types
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.uploads import upload_for_handle
from wablast_box.engine.ops.profile.profile import NEEDS, Profile, profile, send
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.errors import Invalid, NotFound

MAX_BYTES = 5 * 1024 * 1024
LEAST_PIXELS = 192
TYPES = {"image/jpeg": "photo.jpg", "image/png": "photo.png"}


def change_photo(data: bytes, *, by: Actor) -> Profile:
    """Make this the picture: JPEG or PNG, at most 5 MB, at least 192 pixels each way. WhatsApp shows the middle, round."""
    authorize(by, NEEDS)
    kind = _checked(data)
    handle = upload_for_handle(our_client(), data, filename=TYPES[kind], mime_type=kind)
    send({"profile_picture_handle": handle}, by=by)
    return profile()


def photo() -> tuple[bytes, str]:
    """The picture that customers see and what it is; NotFound when there is none, or none that Meta lets us have."""
    url = profile().photo_url
    if url is None:
        raise NotFound("There is no picture yet.")
    into = BytesIO()
    our_client().download(url, into, max_bytes=MAX_BYTES)
    kinds = possible_types(into.getvalue()[:64]) & TYPES.keys()
    if not kinds:
        raise NotFound("Meta's picture is of a kind that is not shown.")
    return into.getvalue(), next(iter(kinds))


def _checked(data: bytes) -> str:
    if not data:
        raise Invalid("There is no picture in this file.", field="file")
    if len(data) > MAX_BYTES:
        raise Invalid("The picture may have at most 5 MB.", code="too_large", field="file")
    kinds = possible_types(data[:4096]) & TYPES.keys()
    if not kinds:
        raise Invalid("WhatsApp takes a JPEG or a PNG here.", help="Save the picture as JPEG and try again.", field="file")
    kind = next(iter(kinds))
    size = _size(data, kind)
    if size is not None and min(size) < LEAST_PIXELS:
        raise Invalid(
            f"The picture is {size[0]} × {size[1]} pixels; WhatsApp wants at least {LEAST_PIXELS} × {LEAST_PIXELS}.",
            help="640 × 640 looks sharp on every phone.",
            field="file",
        )
    return kind


def _size(data: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height, where the head of the file says so."""
    if kind == "image/png":
        return struct.unpack(">II", data[16:24]) if len(data) >= 24 else None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
