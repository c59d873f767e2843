"""Signed links to files: for one file in one form, one way of handing it out, one who asked, and a short time.

A link wants no cookie, so that a player can go on from where it stopped. But who asked is asked about again whenever it is used:
it ends with their session, their key or their right to see the conversation.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.recognise import refresh
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import from_ms, now_ms
from wablast_box.lib.errors import Denied, NotFound

Variant = Literal["original", "thumbnail", "view"]
VARIANTS: tuple[Variant, ...] = ("original", "thumbnail", "view")
PREFIX = "/media/"
# Players ask for the rest of a film when somebody presses play again.
LIFE_S, PLAYED_LIFE_S = 300, 3600
_FORM = struct.Struct(">BQBBBQQI")
_VERSION, _SUM = 1, 32


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a link is for. `saved`: handed out to be saved, never opened."""

    media_id: int
    variant: Variant
    saved: bool
    actor: Actor
    expires_at: datetime


def link_to(media_id: int, variant: Variant, *, saved: bool, actor: Actor, life_s: int) -> tuple[str, datetime]:
    """A path that leads to the file for a while, and until when."""
    until = now_ms() // 1000 + life_s
    kind = 1 if actor.kind == "api_key" else 0
    body = _FORM.pack(_VERSION, media_id, VARIANTS.index(variant), saved, kind, actor.id or 0, actor.session_id or 0, until)
    text = urlsafe_b64encode(body + _sign(body)).decode().rstrip("=")
    return f"{PREFIX}{text}", from_ms(until * 1000)


def read_link(text: str) -> FileLink:
    """What the link is for and who may use it now; NotFound for one that we did not make, Denied for one whose time is over."""
    try:
        whole = urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= 200 and text.isascii() else b""
    except ValueError:
        whole = b""
    body, signature = whole[:-_SUM], whole[-_SUM:]
    if len(body) != _FORM.size or not hmac.compare_digest(signature, _sign(body)):
        raise NotFound("There is no such file.")
    _, media_id, variant, saved, kind, actor_id, session_id, until = _FORM.unpack(body)
    asked = Actor("api_key" if kind else "user", actor_id, "", Role.ANALYST, session_id or None)
    actor = refresh([asked]).get(asked)
    if actor is None or until * 1000 <= now_ms() or not actor.may("media.read"):
        raise Denied("This link is over.", code="link_over", help="Open the file again where you found it.")
    return FileLink(media_id, VARIANTS[variant], bool(saved), actor, from_ms(until * 1000))


def _sign(body: bytes) -> bytes:
    return hmac.digest(secrets.derived_key("links to files"), body, "sha256")
