"""What the routes of message templates take and give."""

from __future__ import annotations

from typing import Any, Literal

from wablast_box.web.schemas import ApiModel, JsonObject, PageQuery


class TemplatesQuery(PageQuery):
    """`q`: words of the name or the text."""

    status: str = ""
    language: str = ""
    category: str = ""
    q: str = ""


class TemplateHeader(ApiModel):
    """`kind`: text, image, video, document, location."""

    kind: str
    text: str | None


class TemplateButton(ApiModel):
    """`kind` in lower case as Meta names it."""

    index: int
    kind: str
    text: str
    url: str | None
    phone_number: str | None


class TemplateBlank(ApiModel):
    """Something to fill in. `key`: the variable's name or number, "media", "location", or the button's index.

    `card`: on which card it stands, counted from 0.
    """

    place: Literal["header", "body", "buttons"]
    key: str
    kind: Literal["text", "image", "video", "document", "location", "suffix", "coupon", "code"]
    label: str
    example: str | None
    most: int
    card: int | None


class TemplateCard(ApiModel):
    """One of the cards that stand side by side under the text; Meta has up to ten of them in a template."""

    header: TemplateHeader | None
    body: str
    footer: str | None
    buttons: list[TemplateButton]


class TemplateSister(ApiModel):
    id: str
    language: str
    status: str


class Template(ApiModel):
    """`refusal`: why it cannot be sent from a chat now. `reason`: Meta's word for why it was refused or stopped; `advice`: ours.

    `others`: the same text in other languages; only when one template is asked for.
    """

    id: str
    meta_id: str
    name: str
    language: str
    category: str
    status: str
    quality: str
    reason: str | None
    details: str | None
    advice: str | None
    next_category: str | None
    next_category_at: str | None
    named: bool
    header: TemplateHeader | None
    body: str
    footer: str | None
    buttons: list[TemplateButton]
    blanks: list[TemplateBlank]
    cards: list[TemplateCard]
    refusal: str | None
    others: list[TemplateSister]


class TemplateSync(ApiModel):
    """`trouble`: why the last try failed."""

    synced_at: str | None
    tried_at: str | None
    trouble: str | None


class TemplateList(ApiModel):
    items: list[Template]
    next_cursor: str | None
    sync: TemplateSync


class Preview(ApiModel):
    """Values by place and key, as in `blanks`: {"header": {"media": {"media_id": "…"}}, "body": {"1": "Kabir"}, "buttons": {"2": "5"}}.

    Those of cards in a list, from left to right: {"cards": [{"header": {"media": {"media_id": "…"}}, "body": {"1": "Saree"}}, …]}.
    """

    parameters: Any = None


class PreviewProblem(ApiModel):
    field: str
    message: str
    help: str | None


class Previewed(ApiModel):
    rendered: JsonObject
    missing: list[TemplateBlank]
    problems: list[PreviewProblem]
    sendable: bool
