"""Where this box is reached: the public address for Meta and for links, the local one otherwise."""

from __future__ import annotations

from urllib.parse import urlsplit

from wablast_box.engine.settings import store
from wablast_box.lib.errors import Invalid

HOOK_PATH = "/hooks/meta"
_given: dict[str, str | None] = {"local": None, "public": None}


def use_addresses(*, local: str, public: str | None) -> None:
    """What flags and environment say; the setting in the product fills a missing public address."""
    _given.update(local=local, public=public)


def public_url() -> str | None:
    """Where the world reaches this box, if anybody has said so."""
    return _given["public"] or store.get("public_url") or None


def base_url() -> str:
    """The address for links: the public one, else the local one."""
    return public_url() or _given["local"] or "http://127.0.0.1:8422"


def webhook_url() -> str:
    """Where Meta is to send this number's news."""
    return base_url() + HOOK_PATH


def checked_public_url(text: str) -> str:
    """An address for Meta must be https; plain http is for simulators on this machine."""
    address = text.strip().rstrip("/")
    parts = urlsplit(address)
    is_local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise Invalid("The public address must be like https://box.example.com, without a path.", field="public_url")
    if parts.scheme == "http" and not is_local:
        raise Invalid(
            "Meta sends only to https.", help="Put a reverse proxy or a tunnel with a certificate in front of the box.", field="public_url"
        )
    if len(address + HOOK_PATH) > 200:
        raise Invalid(
            "The public address is too long for Meta.", help="Meta takes at most 200 characters with /hooks/meta.", field="public_url"
        )
    return address
