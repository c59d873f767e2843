"""What Google must know of this box and this box of Google. The addresses are fixed; another one is for tests."""

from __future__ import annotations

from dataclasses import dataclass

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import redact
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

GOOGLE_URL = "https://accounts.google.com"
CALLBACK = "/api/v1/session/google/callback"
SECRET = "google_client_secret"  # noqa: S105 — its name


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where Google answers, and whom its tokens name as their issuer."""

    authorize: str
    token: str
    keys: str
    issuers: frozenset[str]


_REAL = Addresses(
    f"{GOOGLE_URL}/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com/token",
    "https://www.googleapis.com/oauth2/v3/certs",
    frozenset({GOOGLE_URL, "accounts.google.com"}),
)
_current = [_REAL]


def use_google_url(url: str) -> None:
    """Set once at start: Google itself, or a stand-in that has everything under one address."""
    is_real = url.rstrip("/") == GOOGLE_URL
    _current[:] = [_REAL if is_real else Addresses(f"{url}/o/oauth2/v2/auth", f"{url}/token", f"{url}/oauth2/v3/certs", frozenset({url}))]


def addresses() -> Addresses:
    """The addresses in use."""
    return _current[0]


def is_set_up() -> bool:
    """Can people sign in with Google here?"""
    return bool(store.get("google_client_id")) and secrets.secret_state(SECRET).is_set


def store_client(client_id: str | None, client_secret: str | None, *, by: Actor) -> None:
    """Keep what Google's console shows for this box; what is left out stays."""
    with transaction():
        if client_id is not None:
            cleaned = client_id.strip()
            if not cleaned.isascii() or any(c.isspace() for c in cleaned) or not 1 <= len(cleaned) <= 200:
                raise Invalid("This is not a client id of Google's.", help="It ends in apps.googleusercontent.com.", field="client_id")
            store.put("google_client_id", cleaned)
            record("settings.changed", by=by, subject="google", fields=("google_client_id",))
        if client_secret is not None:
            redact.never_write(client_secret.strip())
            secrets.put_secret(SECRET, client_secret)
            record("secret.changed", by=by, subject="google", fields=(SECRET,))


def forget_client(*, by: Actor) -> None:
    """Nobody signs in with Google any more; who has no password gets a password link."""
    with transaction():
        store.put("google_client_id", "")
        secrets.forget_secret(SECRET)
        record("secret.forgotten", by=by, subject="google", fields=(SECRET,))
