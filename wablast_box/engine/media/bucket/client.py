"""Talk to a bucket: put, get, look, delete. Signed by Amazon's own library, sent through the one door to foreign addresses.

Whatever goes wrong is an Upstream error in words, `permanent` when only a person can mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from wablast_box.engine.media.bucket.account import Account
from wablast_box.lib import outbound
from wablast_box.lib.errors import NotFound, Upstream

CHUNK = 256 * 1024
CALL_S, CARRY_S = 15.0, 900.0
_MOST_WORDS = 8 * 1024
_CODE = re.compile(rb"<Code>([A-Za-z0-9]{1,60})</Code>")
_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

# What a service answers, and what a person can do about it.
_WORDS: Mapping[str, str] = {
    "NoSuchBucket": "There is no such bucket. Create it, or mend its name.",
    "InvalidAccessKeyId": "The service does not know this key id. Copy it again.",
    "SignatureDoesNotMatch": "The secret key does not belong to this key id. Copy both again.",
    "AccessDenied": "The key may not do this. Allow it to read, write, list and delete objects of this bucket.",
    "AuthorizationHeaderMalformed": "The region is wrong for this bucket.",
    "PermanentRedirect": "The bucket is in another region or at another address.",
    "RequestTimeTooSkewed": "The clock of this machine is wrong. Switch on automatic time.",
    "XAmzContentSHA256Mismatch": "The bytes were changed on their way.",
    "QuotaExceeded": "There is no more room for this account.",
}
_LASTING = frozenset(_WORDS) - {"XAmzContentSHA256Mismatch", "QuotaExceeded", "RequestTimeTooSkewed"}


def put(account: Account, name: str, file: BinaryIO, *, size: int, sha256: str, mime_type: str = "application/octet-stream") -> None:
    """Store an object. The service compares the digest with what arrives."""
    headers = {"Content-Type": mime_type}
    pieces = iter(lambda: file.read(CHUNK), b"")
    with _ask(account, "PUT", name, headers, digest=sha256, content=pieces, size=size, total_s=CARRY_S):
        return


def get(account: Account, name: str, *, most: int, total_s: float = CARRY_S) -> Iterator[bytes]:
    """An object piece by piece; NotFound when there is none."""
    with _ask(account, "GET", name, {}, total_s=total_s) as (_, pieces):
        got = 0
        for piece in pieces:
            got += len(piece)
            if got > most:
                raise Upstream("The bucket hands out more than was put into it.", permanent=True)
            yield piece


def size_of(account: Account, name: str) -> int | None:
    """How large an object is; None when there is none."""
    try:
        with _ask(account, "HEAD", name, {}) as (headers, _):
            return int(headers.get("content-length", "0"))
    except NotFound:
        return None


def delete(account: Account, name: str) -> None:
    """Delete an object; deleting none changes nothing."""
    try:
        with _ask(account, "DELETE", name, {}):
            return
    except NotFound:
        return


@contextmanager
def _ask(
    account: Account,
    method: str,
    name: str,
    headers: Mapping[str, str],
    *,
    digest: str = _EMPTY,
    content: Any = b"",
    size: int = 0,
    total_s: float = CALL_S,
) -> Iterator[tuple[Mapping[str, str], Iterator[bytes]]]:
    url = account.url_of(name)
    signed = _signed(account, method, url, headers, digest)
    try:
        with outbound.stream(method, url, headers=signed, content=content, size=size, near=account.near, total_s=total_s) as answer:
            status, given, pieces = answer
            if status >= 300:
                raise _trouble(status, _head(pieces), method)
            yield given, pieces
    except outbound.Refused:
        raise Upstream(
            "This address is not reached from here.",
            permanent=True,
            code="egress_refused",
            help="Is it written correctly? For a server in your own network, say so with the switch.",
        ) from None


def _signed(account: Account, method: str, url: str, headers: Mapping[str, str], digest: str) -> dict[str, str]:
    # Loaded by whoever has a bucket, not by every box.
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    class Auth(S3SigV4Auth):  # type: ignore[misc]
        """The digest of what is sent is known: the file is named by it."""

        def payload(self, request: Any) -> str:
            return digest

    request = AWSRequest(method=method, url=url, headers=dict(headers))
    Auth(Credentials(account.key_id, account.secret), "s3", account.region).add_auth(request)
    return {name: value for name, value in request.headers.items() if name.lower() != "host"}


def _head(pieces: Iterator[bytes]) -> bytes:
    words = b""
    for piece in pieces:
        words += piece
        if len(words) >= _MOST_WORDS:
            break
    return words[:_MOST_WORDS]


def _trouble(status: int, words: bytes, method: str) -> Exception:
    found = _CODE.search(words)
    code = found[1].decode() if found else {301: "PermanentRedirect", 307: "PermanentRedirect", 403: "AccessDenied"}.get(status, "")
    if status == 404 and code != "NoSuchBucket":
        return NotFound("The bucket has no such object.")
    if code in _WORDS:
        return Upstream(_WORDS[code], permanent=code in _LASTING, code=f"s3_{code}")
    said = f" ({code})" if code else ""
    return Upstream(f"The service answered {method} with {status}{said}.", permanent=status in (400, 405), retry_after_s=60)
