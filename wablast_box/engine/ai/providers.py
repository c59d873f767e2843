"""Whom we ask: add, change, delete. A key is sealed, never shown again, and goes to no other server than it was entered for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from wablast_box.engine.ai.models import AiProvider, Kind
from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import ids, outbound, redact
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound
from wablast_box.lib.ids import parse_id

NEEDS, NEEDS_FOR_PRIVATE = "settings.write", "integrations.write"
MOST = 20
MOST_PRICE = 10_000_000
_ENDINGS = ("/chat/completions", "/completions", "/chat")
_BARE = {Kind.OPENAI_COMPATIBLE: "/v1", Kind.ANYTHINGLLM: "/api/v1"}
_MODEL = re.compile(r"[^\s\x00-\x1f]{1,200}")


def all_providers() -> list[AiProvider]:
    """In the order of their names."""
    return list(AiProvider.select().order_by(AiProvider.name))


def find(number: int) -> AiProvider:
    """Raises NotFound."""
    row = AiProvider.get_or_none(AiProvider.id == number)
    if row is None:
        raise NotFound("There is no such AI provider.", code="no_model", help="It was deleted: choose another one.")
    return row


def chosen(wanted: str | int | None) -> AiProvider:
    """The provider meant, or the one that is asked unless said otherwise. Raises NotFound, Conflict."""
    if wanted not in (None, ""):
        return find(wanted if isinstance(wanted, int) else parse_id(str(wanted)))
    row = AiProvider.get_or_none(AiProvider.is_default)
    if row is None:
        raise Conflict("No AI model is set up.", code="no_model", help="Add one under Settings, AI models.")
    return row


def key_of(provider: AiProvider) -> str | None:
    """The key in clear, for the request alone. Logs are told never to write it."""
    if provider.sealed_key is None:
        return None
    key = secrets.unseal_text(bytes(provider.sealed_key), place=_place(provider.id))
    redact.never_write(key)
    return key


def add_provider(given: Mapping[str, Any], *, by: Actor) -> AiProvider:
    """The first one is asked unless said otherwise. Raises Invalid, Conflict."""
    authorize(by, NEEDS)
    number, moment = ids.new_id(), now()
    values = _checked({"allows_private": False, "price_in_paise": 0, "price_out_paise": 0, "is_default": False, **given}, by)
    with transaction():
        _require_name(values["name"], None)
        count = AiProvider.select().count()
        if count >= MOST:
            raise Conflict(f"There are at most {MOST} AI providers.", help="Delete one first.")
        values["is_default"] = values["is_default"] or count == 0
        if values["is_default"]:
            AiProvider.update(is_default=False).where(AiProvider.is_default).execute()
        sealed = _sealed(number, given.get("key"))
        AiProvider.insert(id=number, created_at=moment, updated_at=moment, **values, **sealed).execute()
        record("ai_provider.created", by=by, subject=f"ai_provider:{number}", subject_name=values["name"], fields=tuple(given))
    return find(number)


def change_provider(number: int, changes: Mapping[str, Any], *, by: Actor) -> AiProvider:
    """Change what is given. With another server and no new key the old key is forgotten; an empty key takes it away."""
    authorize(by, NEEDS)
    before = find(number)
    kept = {name: getattr(before, name) for name in _FIELDS}
    given = {name: value for name, value in changes.items() if value is not None}
    is_elsewhere = _server(str(given.get("base_url", before.base_url))) != _server(before.base_url)
    values = _checked({**kept, **given}, by, was_private=before.allows_private and not is_elsewhere)
    sealed = _sealed(number, given["key"]) if "key" in given else {}
    if is_elsewhere and not given.get("key"):
        sealed = {"sealed_key": None, "key_last4": None}
    if before.is_default and not values["is_default"]:
        raise Invalid("One provider is always the usual one.", help="Make another one the usual one instead.", field="is_default")
    with transaction():
        _require_name(values["name"], number)
        if values["is_default"] and not before.is_default:
            AiProvider.update(is_default=False).where(AiProvider.is_default).execute()
        AiProvider.update(updated_at=now(), **values, **sealed).where(AiProvider.id == number).execute()
        record("ai_provider.changed", by=by, subject=f"ai_provider:{number}", subject_name=values["name"], fields=tuple(changes))
    return find(number)


def delete_provider(number: int, *, by: Actor) -> None:
    """What it cost stays in the ledger. Nodes that name it go on by “error”."""
    authorize(by, NEEDS)
    before = find(number)
    with transaction():
        AiProvider.delete().where(AiProvider.id == number).execute()
        rest = AiProvider.select().order_by(AiProvider.id).first()
        if before.is_default and rest is not None:
            AiProvider.update(is_default=True).where(AiProvider.id == rest.id).execute()
        record("ai_provider.deleted", by=by, subject=f"ai_provider:{number}", subject_name=before.name)


_FIELDS = ("name", "kind", "base_url", "model", "allows_private", "price_in_paise", "price_out_paise", "is_default")


def _checked(given: Mapping[str, Any], by: Actor, *, was_private: bool = False) -> dict[str, Any]:
    values = {name: given.get(name) for name in _FIELDS}
    name, model = " ".join(str(values["name"] or "").split()), str(values["model"] or "").strip()
    if not 0 < len(name) <= 60:
        raise Invalid("A provider has a name of up to 60 characters.", field="name")
    if values["kind"] not in set(Kind):
        raise Invalid("Choose what kind of provider it is.", field="kind")
    if not _MODEL.fullmatch(model):
        raise Invalid("Write the model's name as the provider writes it, such as llama3.2:3b.", field="model")
    if values["allows_private"] and not was_private:
        # Whoever may do this lets the box reach into the owner's own network.
        authorize(by, NEEDS_FOR_PRIVATE)
    for field in ("price_in_paise", "price_out_paise"):
        price = values[field]
        if isinstance(price, bool) or not isinstance(price, int) or not 0 <= price <= MOST_PRICE:
            raise Invalid("A price is in paise for a million tokens; 0 when you do not know it.", field=field)
    address = checked_address(str(values["base_url"] or ""), Kind(values["kind"]), private=bool(values["allows_private"]))
    return {**values, "name": name, "model": model, "base_url": address}


def checked_address(written: str, kind: Kind, *, private: bool) -> str:
    """The address without what the box adds itself. Raises Invalid. It is looked at again for each connection."""
    url = written.strip().rstrip("/")
    for ending in _ENDINGS:
        url = url.removesuffix(ending)
    try:
        parts = urlsplit(url)
        outbound.checked_url(url, any_port=True)
        host = parts.hostname or ""
    except (ValueError, outbound.Refused):
        raise Invalid("This is no address of a model.", help=f"For example {_EXAMPLES[kind]}", field="base_url") from None
    if len(url) > 500 or parts.query or parts.fragment:
        raise Invalid("The address has no “?” and no “#”.", help=f"For example {_EXAMPLES[kind]}", field="base_url")
    if not private and (_looks_private(host) or parts.scheme != "https" or not _has_web_port(url)):
        raise Invalid(
            "This address is in your own network, has no https, or a port that is none of the web.",
            help="Say that it is in your own network, if it is.",
            field="allows_private",
        )
    return url + _BARE[kind] if parts.path in ("", "/") else url


_EXAMPLES = {
    Kind.OPENAI_COMPATIBLE: "https://api.openai.com/v1, or http://localhost:11434/v1 for Ollama.",
    Kind.ANYTHINGLLM: "http://localhost:3001/api/v1",
}


def _looks_private(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # 127.1 is an address to some, too.
        return "." not in host or host.replace(".", "").isdigit() or host.endswith((".local", ".internal", ".localhost", ".lan", ".home"))
    return outbound.is_blocked(host)


def _has_web_port(url: str) -> bool:
    try:
        outbound.checked_url(url)
    except outbound.Refused:
        return False
    return True


def _server(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url.strip())
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None


def _sealed(number: int, key: Any) -> dict[str, Any]:
    text = str(key or "").strip()
    if not text:
        return {"sealed_key": None, "key_last4": None}
    if len(text) > 1000 or not text.isascii() or not text.isprintable() or " " in text:
        raise Invalid("This does not look like a key.", help="Copy it again from the provider.", field="key")
    return {"sealed_key": secrets.seal_text(text, place=_place(number)), "key_last4": text[-4:] if len(text) >= 16 else None}


def _place(number: int) -> str:
    return f"ai_provider|sealed_key|{number}"


def _require_name(name: str, own: int | None) -> None:
    same = AiProvider.get_or_none(AiProvider.name == name)
    if same is not None and same.id != own:
        raise Conflict("There is a provider of this name already.", code="name_taken")
