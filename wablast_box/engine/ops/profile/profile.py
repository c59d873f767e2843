"""Read the business's profile at Meta and change it. Meta is asked each time: others may change it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.audit.record import record
from wablast_box.engine.meta import number as meta
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.errors import GraphError
from wablast_box.engine.ops.profile.limits import checked
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.errors import Unavailable

FIELDS = ("about", "address", "description", "email", "websites", "vertical")
NEEDS = "settings.write"


@dataclass(frozen=True, slots=True)
class Profile:
    """What customers see. `photo_url` is Meta's; the box shows the picture itself."""

    about: str
    address: str
    description: str
    email: str
    websites: tuple[str, ...]
    vertical: str
    photo_url: str | None


def our_number() -> str:
    """Meta's id of the number, or Unavailable."""
    found: str = store.get("phone_number_id")
    if not found:
        raise Unavailable(
            "No WhatsApp number is connected yet.", code="not_connected", help="Enter the number's credentials in the set-up."
        )
    return found


def profile() -> Profile:
    """As Meta has it now."""
    found = meta.fetch_profile(our_client(), our_number())
    sites = found.get("websites")
    return Profile(
        about=_text(found.get("about")),
        address=_text(found.get("address")),
        description=_text(found.get("description")),
        email=_text(found.get("email")),
        websites=tuple(site for site in sites if isinstance(site, str)) if isinstance(sites, list) else (),
        vertical=_text(found.get("vertical")),
        photo_url=_text(found.get("profile_picture_url")) or None,
    )


def change_profile(changes: Mapping[str, Any], *, by: Actor) -> Profile:
    """Change what is given. Meta's own refusal is passed on in its words; either way it is written down who tried what."""
    authorize(by, NEEDS)
    wanted = checked({name: value for name, value in changes.items() if name in FIELDS})
    if wanted:
        send(wanted, by=by)
    return profile()


def send(wanted: Mapping[str, Any], *, by: Actor) -> None:
    """Have Meta change it, and write down who did."""
    shown = ["photo" if name == "profile_picture_handle" else name for name in wanted]
    try:
        meta.update_profile(our_client(), our_number(), wanted)
    except GraphError as refused:
        record("profile.changed", by=by, fields=shown, result="failed", detail={"why": refused.message[:300]})
        raise
    record("profile.changed", by=by, fields=shown)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
