"""Templates on their way out: our own form becomes Meta's, every blank is looked at, and the category comes from the stored one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.message_templates import find
from wablast_box.engine.message_templates.fill import fill
from wablast_box.engine.message_templates.given import values_given
from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.message_templates.read import checked_values
from wablast_box.engine.message_templates.shape import MEDIA, Shape
from wablast_box.engine.outbox.outbound.media import OutboundMedia
from wablast_box.engine.outbox.outbound.message import Outbound
from wablast_box.lib.errors import Conflict, Invalid, WrongField, all_wrong
from wablast_box.lib.ids import parse_id

OUR_KEYS = ("template_id", "template_name", "language", "parameters")


def as_meta_body(body: Mapping[str, Any], *, language: str | None = None) -> Mapping[str, Any]:
    """`template_id`, or `template_name` with or without `language`, and `parameters` by name: as Meta's own body.

    Without a language it is the customer's (`language`), if the template is there in it. Any other body stays as it is.
    """
    if body.get("type") != "template" or body.get("template") is not None or not any(key in body for key in OUR_KEYS[:2]):
        return body
    row = _meant(body, language)
    shape = find.shape(row)
    if shape.beyond:
        raise Conflict(
            f"This template has {shape.beyond}, which cannot be filled in here.", code="template_beyond", help="Send it in Meta's own form."
        )
    filled = fill(shape, checked_values(body.get("parameters")))
    _require_right(filled.wrong)
    rest = {key: value for key, value in body.items() if key not in OUR_KEYS and key != "template"}
    components = {"components": filled.components} if filled.components else {}
    return rest | {"template": {"name": row.name, "language": {"code": row.language}, **components}}


def checked(outbound: Outbound, contact: Contact) -> tuple[Outbound, str]:
    """The message as it is stored, with what the customer will see; and its category. Refuses what Meta would refuse."""
    row = require_stored(outbound.content)
    if row.category == "authentication" and contact.wa_id is None:
        raise Conflict(
            "WhatsApp sends codes only to a phone number, and this customer hides theirs.",
            code="number_hidden",
            help="Ask the customer for the number first.",
        )
    shape = find.shape(row)
    values, wrong = values_given(shape, outbound.content.get("components"))
    filled = fill(shape, values)
    _require_right([*wrong, *(_in_meta_form(one) for one in filled.wrong)])
    content = outbound.content | {"rendered": filled.rendered}
    text = filled.rendered["body"] or outbound.text
    cards = tuple(filter(None, map(_header_file, shape.cards, values.get("cards", ()))))
    return replace(outbound, content=content, text=text, media=_header_file(shape, values), card_media=cards), row.category


def require_stored(content: Mapping[str, Any]) -> MessageTemplate:
    """The stored template of a message's content, if it may be sent now."""
    return find.require_sendable(content["name"], content["language"]["code"])


def _meant(body: Mapping[str, Any], language: str | None) -> MessageTemplate:
    asked, name, number = body.get("language"), body.get("template_name"), body.get("template_id")
    if asked is not None and not isinstance(asked, str):
        raise Invalid("language should be a code such as en or hi.", field="language")
    if number is not None:
        return find.by_id(parse_id(number if isinstance(number, str) else ""))
    if not isinstance(name, str) or not name:
        raise Invalid("Say which template: template_id or template_name.", field="template_name")
    return find.choose(name, [asked, language])


def _require_right(wrong: Any) -> None:
    if wrong:
        raise all_wrong(wrong, code="template_incomplete")


def _in_meta_form(one: WrongField) -> WrongField:
    return WrongField(one.field.replace("parameters", "template.components", 1), one.message, one.help)


def _header_file(shape: Shape, values: Mapping[str, Any]) -> OutboundMedia | None:
    """The file of a header stands with the message like any other, so that those who see the message see it."""
    kind = shape.header_kind
    if kind not in MEDIA:
        return None
    given = values["header"]["media"]
    media_id = given.get("media_id")
    return OutboundMedia(kind, int(media_id) if media_id is not None else None, given.get("link"), given.get("filename"))
