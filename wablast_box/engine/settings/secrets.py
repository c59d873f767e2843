"""Credentials: sealed by the data folder's key, never logged, never shown again, only replaced."""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from wablast_box.engine.settings.models import Secret
from wablast_box.lib import crypto
from wablast_box.lib.cache import Remembered
from wablast_box.lib.clock import now
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Invalid

logger = logging.getLogger(__name__)

PREVIOUS = "app_secret_previous"
NAMES = (
    "access_token", "app_secret", PREVIOUS, "verify_token", "smtp_password", "resend_key", "vapid_key", "google_client_secret",
    "s3_secret_key",
)  # fmt: skip
# The former app secret stays valid while Meta switches over: it repeats a webhook for up to seven days, as it was signed.
PREVIOUS_FOR = timedelta(days=7)
_remembered: Remembered[str | None] = Remembered()
_key: list[bytes] = []


@dataclass(frozen=True, slots=True)
class SecretState:
    """All that anybody is told about a credential."""

    is_set: bool
    last4: str | None
    updated_at: datetime | None


def use_key(path: Path) -> None:
    """Seal with the key in `path` from now on; it is made on first use."""
    _key[:] = [crypto.load_or_make_key(path)]
    forget_cached()


def put_secret(name: str, value: str) -> None:
    """Store a credential. A replaced app secret stays valid for a week as the previous one."""
    if name not in NAMES:
        raise Invalid(f"There is no credential called “{name}”.", field=name)
    cleaned = value.strip()
    if not cleaned or len(cleaned) > 4096:
        raise Invalid("This credential is empty or far too long.", help="Copy it again from where you got it.", field=name)
    with transaction():
        replaced = read_secret(name) if name == "app_secret" else None
        if replaced and replaced != cleaned:
            _write(PREVIOUS, replaced)
        _write(name, cleaned)
        after_commit(forget_cached)


def read_secret(name: str) -> str | None:
    """The credential in clear, for the code that must use it; None when it is not set."""
    return _remembered.get(name, lambda: _load(name))


def forget_secret(name: str) -> None:
    """Delete a credential; deleting none changes nothing."""
    with transaction():
        Secret.delete().where(Secret.name == name).execute()
        after_commit(forget_cached)


def seal_text(text: str, *, place: str) -> bytes:
    """Seal a text of a row; `place` (table|column|row) is bound in."""
    return crypto.seal(_key[0], text.encode(), place=place)


def unseal_text(sealed: bytes, *, place: str) -> str:
    """What `seal_text` sealed for this place."""
    return crypto.unseal(_key[0], sealed, place=place).decode()


def forget_previous_app_secret() -> bool:
    """What is signed with the former app secret counts no more from now on; False when none was left."""
    with transaction():
        gone = Secret.delete().where(Secret.name == PREVIOUS).execute()
        after_commit(forget_cached)
    if gone:
        logger.info("the former app secret was forgotten")
    return bool(gone)


def expire_previous_app_secret() -> None:
    """Delete the former app secret when its week is over; it has stopped counting at that moment."""
    row = Secret.get_or_none(Secret.name == PREVIOUS)
    if row is not None and _is_over(row):
        forget_previous_app_secret()


def previous_expires_at() -> datetime | None:
    """Until when the former app secret counts; None when there is none."""
    row = _row(PREVIOUS)
    return None if row is None else row.updated_at + PREVIOUS_FOR


def secret_state(name: str) -> SecretState:
    """Whether a credential is set, its last four characters, and since when."""
    row = _row(name)
    return SecretState(False, None, None) if row is None else SecretState(True, row.last4, row.updated_at)


def keyed_digest(text: str) -> str:
    """Recognises a text that holds credentials; tells nothing to whoever has the database without the key."""
    return hmac.new(_key[0], text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def derived_key(purpose: str) -> bytes:
    """64 bytes for one purpose, the same after every start of this box and told to nobody."""
    return hashlib.pbkdf2_hmac("sha512", _key[0], purpose.encode(), 1)


def forget_cached() -> None:
    """Read from the database again."""
    _remembered.forget()


def _row(name: str) -> Secret | None:
    row: Secret | None = Secret.get_or_none(Secret.name == name)
    return None if row is not None and _is_over(row) else row


def _is_over(row: Secret) -> bool:
    return bool(row.name == PREVIOUS and now() >= row.updated_at + PREVIOUS_FOR)


def _load(name: str) -> str | None:
    row = _row(name)
    return None if row is None else crypto.unseal(_key[0], bytes(row.sealed), place=_place(name)).decode()


def _write(name: str, value: str) -> None:
    # Four characters identify a long credential and would give away a short one.
    last4 = value[-4:] if len(value) >= 16 else None
    sealed = crypto.seal(_key[0], value.encode(), place=_place(name))
    Secret.insert(name=name, sealed=sealed, last4=last4, updated_at=now()).on_conflict(
        conflict_target=[Secret.name], preserve=[Secret.sealed, Secret.last4, Secret.updated_at]
    ).execute()


def _place(name: str) -> str:
    return f"secret|sealed|{name}"
