"""Nodes that say something and go on: texts, files, places, cards, links, templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wablast_box.engine.flows.node.amounts import read_number
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.bubbles import (
    BODY,
    BUTTON,
    CAPTION,
    SHORT,
    Label,
    clip,
    interactive,
    media_bubble,
    media_of,
    text_bubble,
)  # fmt: skip
from wablast_box.engine.flows.node.fields import Choice, Flag, Reference, Text, Wrong
from wablast_box.engine.flows.node.lists import Names
from wablast_box.engine.flows.node.outcome import Go, Outcome
from wablast_box.engine.flows.node.saying import read_phone
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

LONGEST_LINK = 2048
_FIRST_PLACE = re.compile(r"\{\{[^{}]*\}\}")
KINDS = {"image": "Picture", "video": "Video", "audio": "Sound", "document": "Document", "sticker": "Sticker"}


class Saying(NodeType):
    """Base of nodes that send one message and go on. Where it must not be sent, the flow goes on by `error`."""

    category = "messages"
    can_fail = True
    sends_freely = True

    def run(self, step: Step) -> Outcome:
        step.send(self.message(step))
        return Go()

    def message(self, step: Step) -> dict[str, Any]:
        """What is sent."""
        raise NotImplementedError


class SendMessage(Saying):
    """Writes a text to the customer."""

    type, title, icon = "send_message", "Send a message", "message"
    preview = {"body": "text"}

    text = Text("Text", lines=5, required=True, spoken=True)
    preview_url = Flag("Show a preview of the first link")

    def message(self, step: Step) -> dict[str, Any]:
        return text_bubble(step.fill(self.text), preview_url=self.preview_url)


class SendMedia(Saying):
    """Sends a picture, a video, a sound, a document or a sticker."""

    type, title, icon = "send_media", "Send a file", "photo"
    preview = {"media": "media", "body": "caption", "link": "link"}

    kind = Choice("Kind", KINDS, default="image")
    media = Reference("File", "media")
    link = Text("Or a link to it", longest=LONGEST_LINK, help="A web address that begins with https://")
    caption = Label("Caption", longest=CAPTION, lines=3, spoken=True)
    filename = Label("Name of the document", longest=240, spoken=True, only_with={"kind": ["document"]})

    def message(self, step: Step) -> dict[str, Any]:
        return media_bubble(
            self.kind,
            self.media or step.fill(self.link or "", "text"),
            caption=step.fill(self.caption or ""),
            filename=step.fill(self.filename or ""),
        )

    def check(self) -> Iterator[Wrong]:
        yield from one_file(self.media, self.link)
        if self.caption and self.kind in ("audio", "sticker"):
            yield Wrong("caption", "not_possible", "WhatsApp shows no caption under sounds and stickers. Leave it out.")


class SendVoice(Saying):
    """Sends a voice message, shown with its wave."""

    type, title, icon = "send_voice", "Send a voice message", "microphone"
    preview = {"media": "media"}

    media = Reference("Recording", "media", help="An Ogg Opus file plays as a voice message.")
    link = Text("Or a link to it", longest=LONGEST_LINK)

    def message(self, step: Step) -> dict[str, Any]:
        return media_bubble("audio", self.media or step.fill(self.link or ""), voice=True)

    def check(self) -> Iterator[Wrong]:
        yield from one_file(self.media, self.link)


class SendLink(Saying):
    """Sends a message with a button that opens a web page."""

    type, title, icon = "send_cta_url", "Send a link button", "link"
    preview = {"body": "text", "header": "header", "footer": "footer", "link": "label"}

    text = Label("Text", longest=BODY, lines=4, required=True, spoken=True)
    label = Label("Words on the button", longest=BUTTON, required=True, spoken=True)
    url = Text("Web address", longest=LONGEST_LINK, required=True, help="{{values}} in it are encoded for addresses.")
    header = Label("Heading", longest=SHORT, spoken=True)
    footer = Label("Small print", longest=SHORT, spoken=True)

    def message(self, step: Step) -> dict[str, Any]:
        parameters = {"display_text": clip(step.fill(self.label), BUTTON), "url": address(step, self.url)}
        action = {"name": "cta_url", "parameters": parameters}
        return interactive(
            "cta_url", clip(step.fill(self.text), BODY), action, header=step.fill(self.header or ""), footer=step.fill(self.footer or "")
        )

    def check(self) -> Iterator[Wrong]:
        yield from web_address("url", self.url)


class SendTemplate(Saying):
    """Sends an approved template: the only message that may go out when the 24 hours are over."""

    type, title, icon = "send_template", "Send a template", "template"
    preview = {"template": "name"}
    sends_freely = False

    name = Reference("Template", "template", required=True)
    language = Text(
        "Language", longest=16, default="en", fills=False, help="In a flow with several languages: where it is not there in the customer's."
    )
    values = Names(
        "Values",
        spoken=True,
        help="By name for named values, by 1, 2, 3 for numbered ones; header.1 for the heading's, button.0 for a button's.",
    )
    header_media = Text(
        "File of the heading", longest=LONGEST_LINK, help="The id of a file or a link, for templates with a picture, video or document."
    )
    header_kind = Choice("Kind of that file", {"image": "Picture", "video": "Video", "document": "Document"}, default="image")

    def message(self, step: Step) -> dict[str, Any]:
        filled = {name.strip(): step.fill(text) for name, text in (self.values or {}).items()}
        components = [*self._header(step, filled), *_body(filled), *_buttons(filled)]
        theirs = step.act("template_language", name=self.name, wanted=list(step.languages)) if step.languages else None
        template: dict[str, Any] = {"name": self.name, "language": {"code": theirs or self.language}}
        return {"type": "template", "template": template | ({"components": components} if components else {})}

    def _header(self, step: Step, filled: dict[str, str]) -> Iterator[dict[str, Any]]:
        if self.header_media:
            kind = self.header_kind
            yield {"type": "header", "parameters": [{"type": kind, kind: media_of(step.fill(self.header_media))}]}
            return
        named = {name.removeprefix("header."): text for name, text in filled.items() if name.startswith("header.")}
        if named:
            yield {"type": "header", "parameters": _parameters(named)}


def _body(filled: dict[str, str]) -> Iterator[dict[str, Any]]:
    named = {name: text for name, text in filled.items() if not name.startswith(("header.", "button."))}
    if named:
        yield {"type": "body", "parameters": _parameters(named)}


def _buttons(filled: dict[str, str]) -> Iterator[dict[str, Any]]:
    for name in sorted(name for name in filled if name.startswith("button.")):
        yield {
            "type": "button",
            "sub_type": "url",
            "index": name.removeprefix("button."),
            "parameters": [{"type": "text", "text": filled[name]}],
        }


def _parameters(named: dict[str, str]) -> list[dict[str, Any]]:
    """Numbered ones in their order, named ones with their names."""
    if all(name.isascii() and name.isdigit() for name in named):
        return [{"type": "text", "text": named[name]} for name in sorted(named, key=int)]
    return [{"type": "text", "parameter_name": name, "text": text} for name, text in named.items()]


class SendLocation(Saying):
    """Sends a place on the map."""

    type, title, icon = "send_location", "Send a location", "map-pin"
    preview = {"location": "name", "body": "address"}

    latitude = Text("Latitude", longest=200, required=True, help="Such as 19.0760")
    longitude = Text("Longitude", longest=200, required=True, help="Such as 72.8777")
    name = Label("Name of the place", longest=1000, spoken=True)
    address = Label("Address", longest=1000, spoken=True)

    def message(self, step: Step) -> dict[str, Any]:
        place: dict[str, Any] = {}
        for name, most in (("latitude", 90), ("longitude", 180)):
            place[name] = degrees(step.fill(getattr(self, name)), most)
        for name in ("name", "address"):
            text = step.fill(getattr(self, name) or "")
            if text.strip():
                place[name] = clip(text, 1000)
        return {"type": "location", "location": place}

    def check(self) -> Iterator[Wrong]:
        for name, most in (("latitude", 90), ("longitude", 180)):
            written = getattr(self, name)
            try:
                if written and "{{" not in written:
                    degrees(written, most)
            except Invalid as refused:
                yield Wrong(name, "bad_degrees", refused.message)


class SendContact(Saying):
    """Sends a contact card that the customer can save."""

    type, title, icon = "send_contact", "Send a contact card", "address-book"
    preview = {"contact": "name", "body": "phone"}

    name = Label("Name", longest=512, required=True)
    phone = Text("Phone number", longest=200, required=True, help="With its country code, such as +91 98123 45678")
    email = Text("E-mail", longest=320)
    company = Label("Company", longest=512)

    def message(self, step: Step) -> dict[str, Any]:
        name = clip(step.fill(self.name), 512)
        said = step.fill(self.phone)
        phone = read_phone(said)
        if phone is None:
            raise Invalid(f"“{said[:40]}” is no phone number. Write it with its country code.", field="phone")
        card: dict[str, Any] = {
            "name": {"formatted_name": name, "first_name": (name.split() or [name])[0]},
            "phones": [{"phone": phone, "wa_id": phone.removeprefix("+"), "type": "WORK"}],
        }
        if (email := step.fill(self.email or "").strip()) != "":
            card["emails"] = [{"email": clip(email, 320), "type": "WORK"}]
        if (company := step.fill(self.company or "").strip()) != "":
            card["org"] = {"company": clip(company, 512)}
        return {"type": "contacts", "contacts": [card]}


def one_file(media: str | None, link: str | None) -> Iterator[Wrong]:
    """Either of the two, not both."""
    if not media and not link:
        yield Wrong("media", "missing", "Choose a file, or give a link to one.")
    elif media and link:
        yield Wrong("link", "one_of_two", "There is a file and a link. Keep one of the two.")
    elif link:
        yield from web_address("link", link)


def web_address(path: str, written: str | None) -> Iterator[Wrong]:
    """One that begins with https://, unless a value makes it."""
    if written and not written.startswith(("https://", "http://", "{{")):
        yield Wrong(path, "not_an_address", "A web address begins with https://.")


def address(step: Step, written: str) -> str:
    """The address with its values encoded; one that it begins with is taken as it stands, since it holds the server."""
    head, rest = split_address(written)
    return (step.fill(head) + step.fill(rest, "url")).strip()


def split_address(written: str) -> tuple[str, str]:
    """The value that an address begins with, if it does, and the rest."""
    first = _FIRST_PLACE.match(written.strip())
    head = first[0] if first else ""
    return head, written.strip()[len(head) :]


def degrees(written: str, most: int) -> float:
    """A coordinate. Raises Invalid."""
    number = read_number(written)
    if number is None or abs(number) > most:
        raise Invalid(f"“{written[:40]}” is no coordinate: write a number from -{most} to {most}.", code="bad_degrees")
    return float(number)
