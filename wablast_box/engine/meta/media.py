"""Files at Meta: hand one over for sending, fetch one that a customer sent. An id lives days, an address five minutes."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import BinaryIO

from wablast_box.engine.meta.client import Downloaded, GraphClient
from wablast_box.engine.meta.errors import GraphError
from wablast_box.lib.errors import Upstream

MAX_BYTES = 100 * 1024 * 1024
STALE = frozenset({401, 404})


@dataclass(frozen=True, slots=True)
class MediaAddress:
    url: str
    mime_type: str | None
    sha256: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Fetched:
    size: int
    mime_type: str | None
    sha256: str


def upload(client: GraphClient, phone_number_id: str, *, file: BinaryIO, mime_type: str, filename: str) -> str:
    """Meta's id of the file; good for 30 days."""
    answer = client.upload(
        f"{phone_number_id}/media", file=file, filename=filename, mime_type=mime_type, messaging_product="whatsapp", type=mime_type
    )
    media_id = answer.get("id")
    if not isinstance(media_id, str) or not media_id:
        raise Upstream("Meta took the file but named no id for it.", help="Send it again.")
    return media_id


def lookup(client: GraphClient, media_id: str, *, phone_number_id: str | None = None) -> MediaAddress:
    """Where the file can be fetched for the next five minutes."""
    params = {"phone_number_id": phone_number_id} if phone_number_id else {}
    answer = client.get(media_id, **params)
    url, size = answer.get("url"), answer.get("file_size")
    if not isinstance(url, str) or not url:
        raise Upstream("Meta no longer has this file.", permanent=True, help="Ask the customer to send it again.")
    return MediaAddress(
        url=url,
        mime_type=_text(answer.get("mime_type")),
        sha256=_text(answer.get("sha256")),
        size=int(size) if isinstance(size, int | str) and str(size).isdigit() else None,
    )


def fetch(client: GraphClient, media_id: str, into: BinaryIO, *, phone_number_id: str | None = None, max_bytes: int = MAX_BYTES) -> Fetched:
    """Write the file to `into`. An address that went stale on the way is asked for once more."""
    address = lookup(client, media_id, phone_number_id=phone_number_id)
    try:
        got = client.download(address.url, into, max_bytes=max_bytes)
    except GraphError as refused:
        if refused.http_status not in STALE:
            raise
        into.seek(0)
        into.truncate()
        address = lookup(client, media_id, phone_number_id=phone_number_id)
        got = client.download(address.url, into, max_bytes=max_bytes)
    _verify(address, got)
    return Fetched(got.size, address.mime_type or got.mime_type, got.digest.hex())


def delete(client: GraphClient, media_id: str) -> None:
    client.delete(media_id)


def hash_bytes(sha256: str | None) -> bytes | None:
    """Meta writes the hash as base64 in some places and in hexadecimal in others."""
    if not sha256:
        return None
    try:
        found = bytes.fromhex(sha256) if len(sha256) == 64 else base64.b64decode(sha256, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == 32 else None


def _verify(address: MediaAddress, got: Downloaded) -> None:
    promised = hash_bytes(address.sha256)
    damaged = promised is not None and not hmac.compare_digest(promised, got.digest)
    if damaged or (address.size is not None and address.size != got.size):
        raise Upstream("The file arrived damaged.", code="damaged", help="The box fetches it again.")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
