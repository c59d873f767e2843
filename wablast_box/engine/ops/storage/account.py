"""The bucket as people enter it: checked in words, its secret key sealed and given to no other server than the one it was entered for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from wablast_box.engine.audit.record import record
from wablast_box.engine.media.bucket import client
from wablast_box.engine.media.bucket.account import Account, Keeping
from wablast_box.engine.media.models import MediaFile, Place
from wablast_box.engine.ops.storage.check import require_working
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid

SECRET = "s3_secret_key"  # noqa: S105
SETTINGS = {
    "place": "storage_place",
    "endpoint": "s3_endpoint",
    "region": "s3_region",
    "bucket": "s3_bucket",
    "prefix": "s3_prefix",
    "key_id": "s3_key_id",
    "path_style": "s3_path_style",
    "near": "s3_near",
}
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
_PREFIX = re.compile(r"(?:[A-Za-z0-9._-]{1,80}/){0,8}")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_KEY_ID = re.compile(r"[\x21-\x7e]{1,200}")
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Storage:
    """Everything but the secret key."""

    place: str
    endpoint: str
    region: str
    bucket: str
    prefix: str
    key_id: str
    path_style: bool
    near: bool

    def account(self, secret: str | None) -> Account | None:
        """The bucket, when enough is known to talk to it."""
        if not (self.endpoint and self.bucket and self.key_id and secret):
            return None
        return Account(self.endpoint, self.region, self.bucket, self.prefix, self.key_id, secret, self.path_style, self.near)


def storage() -> Storage:
    """As it is stored."""
    return Storage(**{field: store.get(name) for field, name in SETTINGS.items()})


def keeping() -> Keeping:
    """What the files themselves must know."""
    current = storage()
    return Keeping(Place(current.place), current.account(secrets.read_secret(SECRET)))


def change_storage(changes: Mapping[str, Any], *, by: Actor) -> None:
    """Change what is given, keep the rest. A bucket is tried before anything goes there; files that lie in one are not left behind."""
    authorize(by, "integrations.write")
    former = storage()
    given = {field: value for field, value in changes.items() if field in SETTINGS and value is not None}
    wanted = _checked(replace(former, **given))
    key = str(changes.get("secret_key") or "").strip()
    is_elsewhere = wanted.endpoint != former.endpoint
    account = wanted.account(key or (None if is_elsewhere else secrets.read_secret(SECRET)))
    _require_usable(former, wanted, account)
    with transaction():
        for field, name in SETTINGS.items():
            store.put(name, getattr(wanted, field))
        if is_elsewhere:
            secrets.forget_secret(SECRET)
        if key:
            secrets.put_secret(SECRET, key)
            record("secret.changed", by=by, subject="storage", fields=(SECRET,))
        if changed := tuple(field for field in SETTINGS if getattr(wanted, field) != getattr(former, field)):
            record("settings.changed", by=by, subject="storage", fields=tuple(SETTINGS[field] for field in changed))


def _require_usable(former: Storage, wanted: Storage, account: Account | None) -> None:
    if wanted.place == Place.BUCKET:
        if account is None:
            raise Invalid("A bucket needs its address, its name, a key id and the secret key.", field=_missing(wanted))
        require_working(account)
    if (wanted.endpoint, wanted.bucket, wanted.prefix) != (former.endpoint, former.bucket, former.prefix):
        _require_files(account)


def _missing(wanted: Storage) -> str:
    return next((field for field in ("endpoint", "bucket", "key_id") if not getattr(wanted, field)), "secret_key")


def _require_files(account: Account | None) -> None:
    """Somebody may have copied everything to the new bucket; then, and only then, the old one may be forgotten."""
    newest = list(MediaFile.select().where(MediaFile.place == Place.BUCKET).order_by(MediaFile.id.desc()).limit(_SAMPLES))
    if not newest:
        return
    try:
        is_there = account is not None and all(client.size_of(account, row.path) == row.size for row in newest)
    except BoxError:
        is_there = False
    if not is_there:
        raise Conflict(
            "Files lie in the bucket that was set up, and the new one does not have them.",
            help="Move them back to the disk first, or copy the bucket's objects over and save again.",
            field="bucket",
        )


def _checked(wanted: Storage) -> Storage:
    prefix = wanted.prefix.strip().strip("/")
    checked = replace(
        wanted,
        endpoint=_endpoint(wanted.endpoint, near=wanted.near),
        region=wanted.region.strip() or "us-east-1",
        bucket=wanted.bucket.strip(),
        prefix=f"{prefix}/" if prefix else "",
        key_id=wanted.key_id.strip(),
    )
    if checked.place not in list(Place):
        raise Invalid("Files are kept on the disk or in a bucket.", field="place")
    if checked.bucket and (not _BUCKET.fullmatch(checked.bucket) or ".." in checked.bucket):
        raise Invalid("This is not the name of a bucket.", help="3 to 63 letters, digits, dots and hyphens.", field="bucket")
    if not _PREFIX.fullmatch(checked.prefix) or any(part in (".", "..") for part in checked.prefix.split("/")):
        raise Invalid(
            "A folder in the bucket is made of letters, digits, dots and hyphens.", help="For example shop/files.", field="prefix"
        )
    if not _REGION.fullmatch(checked.region):
        raise Invalid("This is not a region.", help="For example ap-south-1; auto for Cloudflare R2.", field="region")
    if checked.key_id and not _KEY_ID.fullmatch(checked.key_id):
        raise Invalid("This is not a key id.", help="Copy it again from the service.", field="key_id")
    return checked


def _endpoint(text: str, *, near: bool) -> str:
    """`https://host[:port]` and nothing else. Without TLS only where the owner says that the server is their own."""
    cleaned = text.strip().rstrip("/")
    if not cleaned:
        return ""
    try:
        parts = urlsplit(cleaned)
        port, host = parts.port, parts.hostname
    except ValueError:
        parts, port, host = None, None, None
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not host
        or parts.path
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise Invalid("This is not the address of a service.", help="For example https://s3.ap-south-1.amazonaws.com", field="endpoint")
    if parts.scheme == "http" and not near:
        raise Invalid(
            "Without https anybody on the way could read customers' files.",
            help="Use https, or say that the server stands in your own network.",
            field="endpoint",
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}"
