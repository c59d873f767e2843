"""What a template looks like and what it asks for, read from Meta's components. Nothing in them is trusted to be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

VARIABLE = re.compile(r"\{\{\s*(\w{1,200})\s*\}\}")
MEDIA = ("image", "video", "document")
# Parts whose values are more than words and files; whoever writes the program that sends them knows them.
_BEYOND = {"limited_time_offer": "a limited-time offer", "order_status": "an order"}
_BEYOND_BUTTONS = {"mpm": "products", "spm": "a product", "order_details": "an order"}
_HEADER_MOST, BODY_MOST, CARD_BODY_MOST, _SUFFIX_MOST, _COUPON_MOST, CODE_MOST = 60, 1024, 160, 2000, 20, 15
# Cards begin with a picture or a film; those with products draw on a catalogue.
_CARD_HEADERS = (None, "image", "video")

Place = Literal["header", "body", "buttons"]


@dataclass(frozen=True, slots=True)
class Blank:
    """Something to fill in. `key`: the variable's name or number, "media", "location", or the button's index. `card`: counted from 0."""

    place: Place
    key: str
    kind: str  # text, image, video, document, location, suffix, coupon, code
    label: str
    example: str | None
    most: int
    card: int | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """`kind` in lower case as Meta names it; `url` may hold one variable at its end."""

    index: int
    kind: str
    text: str
    url: str | None = None
    phone_number: str | None = None
    fills_itself: bool = False  # a code that the body has already


@dataclass(frozen=True, slots=True)
class Shape:
    """A template, or one of its cards, taken apart. `beyond`: what it has that only a program can fill in."""

    header_kind: str | None  # text, image, video, document, location
    header: str
    body: str
    footer: str | None
    buttons: tuple[Button, ...]
    blanks: tuple[Blank, ...]
    is_named: bool
    beyond: str | None
    cards: tuple[Shape, ...] = ()
    body_most: int = BODY_MOST

    @property
    def words(self) -> str:
        """All that it says."""
        own = (self.header, self.body, self.footer, *(button.text for button in self.buttons))
        return "\n".join(filter(None, (*own, *(card.words for card in self.cards))))

    @property
    def all_blanks(self) -> tuple[Blank, ...]:
        """Its own, then those of its cards from left to right."""
        return (*self.blanks, *(blank for card in self.cards for blank in card.blanks))


def shape_of(components: Any, *, category: str, parameter_format: str) -> Shape:
    """Read Meta's components; what is missing or misshapen is left out."""
    parts = _parts(components)
    shape = _shape_of(parts, is_named=parameter_format == "named", is_code=category == "authentication")
    if "carousel" not in parts or shape.beyond:
        return shape
    cards = tuple(_card(n, one, shape.is_named) for n, one in enumerate(_objects(parts["carousel"].get("cards"))))
    beyond = next((card.beyond for card in cards if card.beyond), None) if cards else "a carousel without cards"
    return replace(shape, beyond=beyond) if beyond else replace(shape, cards=cards)


def _card(number: int, card: Mapping[str, Any], is_named: bool) -> Shape:
    shape = _shape_of(_parts(card.get("components")), is_named=is_named, is_code=False)
    blanks = tuple(replace(one, card=number, most=CARD_BODY_MOST if one.place == "body" else one.most) for one in shape.blanks)
    beyond = shape.beyond if shape.header_kind in _CARD_HEADERS else f"cards with a header of the kind {shape.header_kind}"
    if shape.header_kind == "product" or any(button.kind == "spm" for button in shape.buttons):
        beyond = "cards with products"
    return replace(shape, blanks=blanks, beyond=beyond, body_most=CARD_BODY_MOST)


def _shape_of(parts: Mapping[str, Mapping[str, Any]], *, is_named: bool, is_code: bool) -> Shape:
    header, body, footer = (parts.get(kind, {}) for kind in ("header", "body", "footer"))
    header_kind = _low(header.get("format") or "text") if header else None
    sources = _objects(parts.get("buttons", {}).get("buttons"))
    buttons = tuple(_button(n, one, is_code=is_code) for n, one in enumerate(sources))
    blanks = (
        *_header_blanks(header, header_kind, is_named),
        *_text_blanks("body", body, is_named, BODY_MOST),
        *_button_blanks(sources, buttons),
    )
    if is_code:
        blanks = tuple(_as_code(blank) for blank in blanks)
    return Shape(
        header_kind=header_kind,
        header=_text(header.get("text")),
        body=_text(body.get("text")),
        footer=_footer(footer),
        buttons=buttons,
        blanks=blanks,
        is_named=is_named,
        beyond=_beyond(parts, header_kind, buttons),
    )


def variables(text: str, *, is_named: bool) -> list[str]:
    """The variables of a text, each once: names as they appear, numbers by their value."""
    found = list(dict.fromkeys(VARIABLE.findall(text)))
    return found if is_named else sorted(found, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0))


def _header_blanks(header: Mapping[str, Any], kind: str | None, is_named: bool) -> Iterable[Blank]:
    if kind == "text":
        return _text_blanks("header", header, is_named, _HEADER_MOST)
    if kind in MEDIA:
        return (Blank("header", "media", str(kind), str(kind), None, 0),)
    if kind == "location":
        return (Blank("header", "location", "location", "location", None, 0),)
    return ()


def _text_blanks(place: Place, part: Mapping[str, Any], is_named: bool, most: int) -> tuple[Blank, ...]:
    names = variables(_text(part.get("text")), is_named=is_named)
    examples = _examples(place, part, names, is_named)
    return tuple(Blank(place, name, "text", name, examples.get(name), most) for name in names)


def _button_blanks(sources: list[Mapping[str, Any]], buttons: tuple[Button, ...]) -> Iterable[Blank]:
    for button, source in zip(buttons, sources, strict=True):
        example = source.get("example")
        shown = _text(example[0] if isinstance(example, list) and example else example) or None
        if button.fills_itself:
            continue
        if button.kind == "url" and button.url and VARIABLE.search(button.url):
            # Meta's example is the whole address; what is filled in is its end.
            begin = button.url[: button.url.index("{{")]
            ending = shown.removeprefix(begin) if shown else None
            yield Blank("buttons", str(button.index), "suffix", button.text, ending or None, _SUFFIX_MOST)
        elif button.kind == "copy_code":
            yield Blank("buttons", str(button.index), "coupon", button.text, shown, _COUPON_MOST)


def _button(index: int, source: Mapping[str, Any], *, is_code: bool) -> Button:
    kind = _low(source.get("type"))
    url = _text(source.get("url")) or None
    # Meta lists the button of a one-time code as a link of its own that ends in the code.
    fills_itself = is_code and (kind == "otp" or (kind == "url" and bool(url and VARIABLE.search(url))))
    return Button(index, kind, _text(source.get("text")), url, _text(source.get("phone_number")) or None, fills_itself)


def _as_code(blank: Blank) -> Blank:
    return Blank(blank.place, blank.key, "code", "code", blank.example, CODE_MOST) if blank.place == "body" else blank


def _examples(place: str, part: Mapping[str, Any], names: list[str], is_named: bool) -> dict[str, str]:
    example = part.get("example")
    if not isinstance(example, Mapping):
        return {}
    if is_named:
        rows = _objects(example.get(f"{place}_text_named_params"))
        return {_text(row.get("param_name")): _text(row.get("example")) for row in rows}
    values = example.get(f"{place}_text")
    if isinstance(values, list) and values and isinstance(values[0], list):
        values = values[0]
    return {name: _text(value) for name, value in zip(names, values, strict=False)} if isinstance(values, list) else {}


def _footer(footer: Mapping[str, Any]) -> str | None:
    if not footer:
        return None
    minutes = footer.get("code_expiration_minutes")
    return _text(footer.get("text")) or (f"This code expires in {minutes} minutes." if isinstance(minutes, int) else None)


def _beyond(parts: Mapping[str, Any], header_kind: str | None, buttons: tuple[Button, ...]) -> str | None:
    found = next((words for kind, words in _BEYOND.items() if kind in parts), None)
    if header_kind not in (None, "text", "location", *MEDIA):
        found = found or f"a header of the kind {header_kind}"
    return found or next((_BEYOND_BUTTONS[button.kind] for button in buttons if button.kind in _BEYOND_BUTTONS), None)


def _parts(components: Any) -> dict[str, Mapping[str, Any]]:
    return {_low(part.get("type")): part for part in _objects(components)}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _low(value: Any) -> str:
    return value.lower() if isinstance(value, str) else ""
