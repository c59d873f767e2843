"""Reads multipart/form-data out of plain bytes: what an upload to the Graph carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser


@dataclass(frozen=True)
class Part:
    """One field of a form; a file has a `filename`."""

    name: str
    data: bytes
    filename: str | None
    content_type: str | None


def parts(body: bytes, content_type: str) -> dict[str, Part]:
    """The fields by name. A body that is no form has none."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if not found:
        return {}
    marker = b"\r\n--" + found.group(1).encode()
    read = (_part(piece) for piece in (b"\r\n" + body).split(marker)[1:])
    return {part.name: part for part in read if part is not None}


def _part(piece: bytes) -> Part | None:
    head, separator, data = piece.partition(b"\r\n\r\n")
    if not separator:
        return None
    headers: Message = BytesHeaderParser().parsebytes(head.lstrip(b"\r\n"))
    name = headers.get_param("name", header="content-disposition")
    filename = headers.get_filename()
    if not isinstance(name, str):
        return None
    return Part(name, data, filename, headers.get("content-type"))
