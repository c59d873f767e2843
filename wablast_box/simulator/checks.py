"""What Meta accepts in a message body, kind by kind, with Meta's limits. Interactive ones: `checks_interactive.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wablast_box.simulator.checks_interactive import check_interactive
from wablast_box.simulator.errors import GraphError, invalid, missing
from wablast_box.simulator.wire import Json

MEDIA_KINDS = ("image", "audio", "video", "document", "sticker")


def check_body(kind: str, body: Json) -> None:
    """Refuse as Meta would; `body` is the whole request."""
    check = CHECKS.get(kind)
    if check is None:
        raise GraphError(131051, f"Message type '{kind}' is not supported.")
    content = body.get(kind)
    if kind == "contacts":
        _check_contacts(content)
        return
    if content is None:
        raise missing(kind)
    if not isinstance(content, dict):
        raise bad_parameter(f"Param {kind} must be a JSON object.")
    check(content)


def bad_parameter(details: str) -> GraphError:
    """Code 100, with the sentence both in the message and in the details."""
    return GraphError(100, details, message=f"(#100) {details}")


def _check_text(text: Json) -> None:
    body = text.get("body")
    if not isinstance(body, str) or not body.strip():
        raise bad_parameter("The parameter text['body'] is required.")
    if len(body) > 4096:
        raise bad_parameter("Param text['body'] must be at most 4096 characters long.")


def check_media(kind: str, media: Json) -> None:
    """A file by id or by link, exactly one of them."""
    given = [key for key in ("id", "link") if media.get(key)]
    if len(given) != 1:
        raise bad_parameter(f"Param {kind} must contain exactly one of 'id' or 'link'.")
    link = media.get("link")
    if link is not None and not str(link).startswith(("http://", "https://")):
        raise invalid(f"Param {kind}['link'] is not a valid URL.")
    caption = media.get("caption")
    if caption is not None and kind in ("audio", "sticker"):
        raise bad_parameter(f'Unexpected key "caption" on param "{kind}".')
    if caption is not None and len(str(caption)) > 1024:
        raise bad_parameter(f"Param {kind}['caption'] must be at most 1024 characters long.")
    if "filename" in media and kind != "document":
        raise bad_parameter(f'Unexpected key "filename" on param "{kind}".')


def _media_check(kind: str) -> Callable[[Json], None]:
    return lambda media: check_media(kind, media)


def _check_location(location: Json) -> None:
    for key, most in (("latitude", 90.0), ("longitude", 180.0)):
        if location.get(key) is None:
            raise missing(f"location['{key}']")
        try:
            value = float(location[key])
        except (TypeError, ValueError):
            raise invalid(f"Param location['{key}'] must be a number.") from None
        if not -most <= value <= most:
            raise invalid(f"Param location['{key}'] must be between -{most:g} and {most:g}.")


def _check_contacts(contacts: Any) -> None:
    if not isinstance(contacts, list) or not contacts:
        raise missing("contacts")
    if len(contacts) > 257:
        raise invalid("Contacts count exceeds the maximum of 257.")
    for n, contact in enumerate(contacts):
        name = contact.get("name") if isinstance(contact, dict) else None
        if not isinstance(name, dict) or not name.get("formatted_name"):
            raise missing(f"contacts[{n}]['name']['formatted_name']")
        if not any(name.get(part) for part in ("first_name", "last_name", "middle_name", "suffix", "prefix")):
            raise invalid(f"contacts[{n}]['name'] needs at least one part of the name besides formatted_name.")


def _check_reaction(reaction: Json) -> None:
    if not reaction.get("message_id"):
        raise missing("reaction['message_id']")
    emoji = reaction.get("emoji")
    if not isinstance(emoji, str):
        raise missing("reaction['emoji']")
    if emoji.isascii() and emoji:
        raise invalid("Param reaction['emoji'] must be a single emoji or empty.")


def _check_template(template: Json) -> None:
    name, language = template.get("name"), template.get("language")
    if not isinstance(name, str) or not name:
        raise bad_parameter("The parameter template['name'] is required.")
    if not isinstance(language, dict) or not language.get("code"):
        raise bad_parameter("The parameter template['language']['code'] is required.")
    if not isinstance(template.get("components", []), list):
        raise bad_parameter("Param template['components'] must be an array.")


CHECKS: dict[str, Callable[[Json], None]] = {
    "text": _check_text,
    **{kind: _media_check(kind) for kind in MEDIA_KINDS},
    "location": _check_location,
    "contacts": lambda _: None,
    "reaction": _check_reaction,
    "interactive": check_interactive,
    "template": _check_template,
}
