"""Nodes that draw what they send: a QR code, and words on a picture of the shop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wablast_box.engine.flows.code.spent import Spent
from wablast_box.engine.flows.node.bubbles import CAPTION, Label, media_bubble
from wablast_box.engine.flows.node.fields import Choice, Number, Reference, Text, Wrong
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.code import counted_for
from wablast_box.engine.flows.nodes.talk import Saying
from wablast_box.engine.media.lettering import draw
from wablast_box.lib.errors import Invalid
from wablast_box.lib.ids import parse_id

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST_CODE, LONGEST_WORDS = 2000, 600
spent = Spent(most_runs=5_000)


class SendingPicture(Saying):
    """Base of nodes that send a picture they have made. The picture is one file, and one message, also after a crash."""

    is_slow = True

    def message(self, step: Step) -> dict[str, Any]:
        with spent.counted(*counted_for(step)):
            picture = self.picture(step)
        kept = step.act("keep_picture", picture=picture, name=step.key)
        return media_bubble("image", str(kept), caption=step.fill(self.data.get("caption") or ""))

    def picture(self, step: Step) -> draw.Picture:
        """What is sent."""
        raise NotImplementedError


class SendQrCode(SendingPicture):
    """Sends a QR code: a link, a payment address, the number of an order."""

    type, title, icon = "send_qr_code", "Send a QR code", "qrcode"
    preview = {"media": "content", "body": "caption"}

    content = Text(
        "What it holds", longest=LONGEST_CODE, required=True,
        help="A link or a text. {{values}} stand in it as they are, after | url as addresses want them. Short ones are read best.",
    )  # fmt: skip
    caption = Label("Caption", longest=CAPTION, lines=3, spoken=True)

    def picture(self, step: Step) -> draw.Picture:
        return draw.qr_code(step.fill(self.content or ""))


class SendTextPicture(SendingPicture):
    """Sends one of your pictures with words on it, such as a customer's name on a card."""

    type, title, icon = "send_text_picture", "Send a picture with text", "photo-edit"
    preview = {"media": "text", "body": "caption"}

    media = Reference("Picture", "media", required=True, help="JPEG or PNG, at most 5 MB.")
    text = Text(
        "Words on it", longest=LONGEST_WORDS, lines=3, required=True, spoken=True,
        help="Latin, Greek, Cyrillic, Urdu and the scripts of India. With letters that the box cannot draw it goes on by “failed”.",
    )  # fmt: skip
    place = Choice("Where", {"top": "Top", "middle": "Middle", "bottom": "Bottom"}, default="bottom")
    side = Choice("Side", {"left": "Left", "center": "Centre", "right": "Right"}, default="center")
    size = Number(
        "Size of the letters (% of the picture's width)", least=2, most=25, default=7, help="Made smaller where the words need it."
    )
    color = Text("Colour", longest=7, default="#ffffff", fills=False, help="As #rrggbb: #ffffff is white.")
    behind = Choice("Behind the words", {"outline": "An outline", "box": "A shade", "none": "Nothing"}, default="outline")
    caption = Label("Caption", longest=CAPTION, lines=3, spoken=True)

    def picture(self, step: Step) -> draw.Picture:
        look = draw.Look(self.place, self.side, float(self.size), self.color, self.behind)
        if not _COLOR.fullmatch(look.color):
            raise Invalid(f"“{look.color[:20]}” is no colour: write it as #rrggbb.", code="bad_color")
        return draw.words_on(parse_id(self.media), step.fill(self.text or ""), look)

    def check(self) -> Iterator[Wrong]:
        if not _COLOR.fullmatch(self.color):
            yield Wrong("color", "bad_color", f"“{self.color[:20]}” is no colour: write it as #rrggbb, such as #ffffff.")
