"""Put values into a template: what is missing is named, what Meta would refuse is refused, the rest is shown and sent.

A value stands in the text as it is, braces and all: it is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wablast_box.engine.message_templates.shape import MEDIA, VARIABLE, Blank, Button, Shape
from wablast_box.lib.errors import WrongField

Values = Mapping[str, Any]
# Meta refuses these in a value: they would let a value pretend to be more than one.
_UNWANTED = re.compile(r"[\n\r\t]| {5}")
_SHOWN = ("latitude", "longitude", "name", "address", "filename")
# The file of a header stands with the message; those of cards stand here.
_SHOWN_OF_CARD = ("media_id", "link")
_PLACES = {"header": "in the header", "body": "in the text", "buttons": "on the button"}


@dataclass(frozen=True, slots=True)
class Filled:
    """`rendered`: what the customer will see. `wrong`: why it cannot be sent like this; empty when it can."""

    rendered: dict[str, Any]
    components: list[dict[str, Any]]
    missing: tuple[Blank, ...]
    wrong: tuple[WrongField, ...]


def fill(shape: Shape, values: Values) -> Filled:
    """Values by place and key, those of the cards in a list of their own; nothing is raised, a preview is drawn from half of them too."""
    whole = _fill(shape, values)
    given = cards_given(values)
    if len(given) > len(shape.cards):
        text = f"There are values for {len(given)} cards, but the template has {len(shape.cards) or 'none'}."
        whole = replace(whole, wrong=(*whole.wrong, WrongField("parameters.cards", text)))
    if not shape.cards:
        return whole
    cards = [_fill(card, given[n] if n < len(given) else {}, n) for n, card in enumerate(shape.cards)]
    # Meta wants every card that the template has, in the order it has them.
    sent = [{"card_index": n, "components": card.components} for n, card in enumerate(cards)]
    return Filled(
        whole.rendered | {"cards": [card.rendered for card in cards]},
        [*whole.components, {"type": "carousel", "cards": sent}],
        (*whole.missing, *(blank for card in cards for blank in card.missing)),
        (*whole.wrong, *(one for card in cards for one in card.wrong)),
    )


def cards_given(values: Values) -> list[Values]:
    """The values of each card, from left to right."""
    given = values.get("cards")
    return [one if isinstance(one, Mapping) else {} for one in given] if isinstance(given, list) else []


def _fill(shape: Shape, values: Values, card: int | None = None) -> Filled:
    missing = tuple(blank for blank in shape.blanks if _is_missing(blank, _value(values, blank)))
    wrong = [WrongField(_field(blank), *_missing_words(blank)) for blank in missing]
    wrong += [problem for blank in shape.blanks if blank not in missing for problem in _problems(blank, _value(values, blank))]
    wrong += _unknown(shape, values, card)
    rendered = _rendered(shape, values, _SHOWN if card is None else _SHOWN_OF_CARD)
    if not wrong and len(rendered["body"]) > shape.body_most:
        text = f"Filled in, the text{_of_card(card)} has {len(rendered['body'])} characters; WhatsApp takes {shape.body_most}."
        wrong.append(WrongField(f"{_path(card)}.body", text))
    return Filled(rendered, list(_components(shape, values, card)), missing, tuple(wrong))


def _value(values: Values, blank: Blank) -> Any:
    place = values.get(blank.place)
    return place.get(blank.key) if isinstance(place, Mapping) else None


def _is_missing(blank: Blank, value: Any) -> bool:
    if blank.kind in MEDIA:
        return not isinstance(value, Mapping) or not (value.get("media_id") or value.get("link") or value.get("id"))
    if blank.kind == "location":
        return not isinstance(value, Mapping) or any(value.get(key) in (None, "") for key in ("latitude", "longitude"))
    return value is None or (isinstance(value, str) and not value.strip())


def _missing_words(blank: Blank) -> tuple[str, str | None]:
    if blank.kind in MEDIA:
        return f"The {blank.kind} of {'the header' if blank.card is None else f'card {blank.card + 1}'} is missing.", "Choose a file."
    if blank.kind == "location":
        return "The location of the header is missing.", "Give latitude and longitude."
    where = f"{_PLACES[blank.place]}{_of_card(blank.card)}"
    return f"{_name(blank)} {where} is blank.", "WhatsApp sends a template only when every blank is filled in."


def _problems(blank: Blank, value: Any) -> Iterator[WrongField]:
    if blank.kind in (*MEDIA, "location"):
        return
    name = f"{_name(blank)}{_of_card(blank.card)}"
    if not isinstance(value, str):
        yield WrongField(_field(blank), f"{name} should be text.")
    elif len(value) > blank.most:
        yield WrongField(_field(blank), f"{name} has {len(value)} characters; WhatsApp takes at most {blank.most}.")
    elif _UNWANTED.search(value) or "\0" in value or not _is_unicode(value):
        yield WrongField(
            _field(blank), f"{name} holds a line break, a tab or five spaces in a row, which WhatsApp refuses.", "Write it in one line."
        )
    elif blank.kind in ("suffix", "coupon", "code") and any(c.isspace() for c in value):
        yield WrongField(_field(blank), f"{name} may not hold spaces.")


def _unknown(shape: Shape, values: Values, card: int | None) -> list[WrongField]:
    known = {(blank.place, blank.key) for blank in shape.blanks} | {("buttons", str(button.index)) for button in shape.buttons}
    given = [(place, key) for place, inner in values.items() if isinstance(inner, Mapping) for key in inner]
    return [
        WrongField(
            f"{_path(card)}.{place}.{key}"[:120], f"This template has no “{key[:60]}” {_PLACES.get(place, 'there')}{_of_card(card)}."
        )
        for place, key in given
        if (place, key) not in known
    ]


def _rendered(shape: Shape, values: Values, shown: Sequence[str]) -> dict[str, Any]:
    return {
        "header": _rendered_header(shape, values, shown),
        "body": _put("body", shape.body, values),
        "footer": shape.footer,
        "buttons": [_rendered_button(button, shape, values) for button in shape.buttons],
    }


def _rendered_header(shape: Shape, values: Values, shown: Sequence[str]) -> dict[str, Any] | None:
    if shape.header_kind is None:
        return None
    if shape.header_kind == "text":
        return {"kind": "text", "text": _put("header", shape.header, values)}
    place = values.get("header")
    given = place.get("location" if shape.header_kind == "location" else "media") if isinstance(place, Mapping) else None
    known = given if isinstance(given, Mapping) else {}
    return {"kind": shape.header_kind, **{key: known[key] for key in shown if key in known}}


def _rendered_button(button: Button, shape: Shape, values: Values) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": button.kind, "text": button.text}
    value = _button_value(button, shape, values)
    if button.fills_itself:
        return {"kind": "copy_code", "text": button.text, "code": value}
    if button.url is not None:
        shown["url"] = VARIABLE.sub(lambda found: value or found[0], button.url)
    if button.phone_number is not None:
        shown["phone_number"] = button.phone_number
    if button.kind == "copy_code":
        shown["code"] = value
    return shown


def _put(place: str, text: str, values: Values) -> str:
    given = values.get(place)
    found = given if isinstance(given, Mapping) else {}

    def value(match: re.Match[str]) -> str:
        put = found.get(match[1])
        return put if isinstance(put, str) and put.strip() else match[0]

    return VARIABLE.sub(value, text)


def _button_value(button: Button, shape: Shape, values: Values) -> str | None:
    if button.fills_itself:
        body = next((blank for blank in shape.blanks if blank.place == "body"), None)
        found = _value(values, body) if body else None
    else:
        found = (values.get("buttons") or {}).get(str(button.index))
    return found if isinstance(found, str) and found.strip() else None


def _components(shape: Shape, values: Values, card: int | None) -> Iterator[dict[str, Any]]:
    """As Meta's send call wants them."""
    for place in ("header", "body"):
        parameters = [_parameter(blank, _value(values, blank), shape.is_named) for blank in shape.blanks if blank.place == place]
        if parameters:
            yield {"type": place, "parameters": parameters}
    for button in shape.buttons:
        parameter = _button_parameter(button, _button_value(button, shape, values), card)
        if parameter is not None:
            sub_type = "url" if button.fills_itself else button.kind
            yield {"type": "button", "sub_type": sub_type, "index": str(button.index), "parameters": [parameter]}


def _parameter(blank: Blank, value: Any, is_named: bool) -> dict[str, Any]:
    if blank.kind in (*MEDIA, "location"):
        return {"type": blank.kind, blank.kind: value}
    text = {"type": "text", "text": value}
    return {**text, "parameter_name": blank.key} if is_named else text


def _button_parameter(button: Button, value: str | None, card: int | None) -> dict[str, Any] | None:
    if button.kind == "quick_reply" and card is not None:
        # The same words stand under every card: the answer has to say which of them was meant.
        return {"type": "payload", "payload": card_tap(card, button.text)}
    if button.kind == "flow":
        # Meta wants the button named although there is nothing to say.
        return {"type": "action", "action": {"flow_token": "unused"}}
    if value is None:
        return None
    return {"type": "coupon_code", "coupon_code": value} if button.kind == "copy_code" else {"type": "text", "text": value}


def card_tap(card: int, text: str) -> str:
    """What Meta tells us when a quick reply under a card is tapped; `card` counted from 0."""
    return f"card {card + 1}: {text}"


def _name(blank: Blank) -> str:
    return f"“{blank.label}”" if blank.place == "buttons" else f"“{{{{{blank.key}}}}}”"


def _of_card(card: int | None) -> str:
    return "" if card is None else f" of card {card + 1}"


def _path(card: int | None) -> str:
    return "parameters" if card is None else f"parameters.cards.{card}"


def _field(blank: Blank) -> str:
    return f"{_path(blank.card)}.{blank.place}.{blank.key}"


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
