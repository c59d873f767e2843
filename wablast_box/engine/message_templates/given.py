"""Values out of a request in Meta's own form, so that they are checked like those of our form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.engine.message_templates.shape import MEDIA, Shape, variables
from wablast_box.lib.errors import WrongField

# Kinds whose text Meta takes from here when it cannot write the amount or the moment in the reader's way.
_WITH_FALLBACK = ("currency", "date_time")


def values_given(shape: Shape, components: Any, path: str = "template.components") -> tuple[dict[str, Any], list[WrongField]]:
    """By place and key, those of cards in a list of their own; and what stands where nothing belongs."""
    values: dict[str, Any] = {"header": {}, "body": {}, "buttons": {}}
    wrong: list[WrongField] = []
    for part in components if isinstance(components, list) else []:
        kind = part.get("type")
        parameters = [one for one in part.get("parameters") or [] if isinstance(one, Mapping)]
        if kind == "button":
            if parameters and (value := _button_value(parameters[0])) is not None:
                values["buttons"][str(part.get("index", "0"))] = value
        elif kind in ("header", "body"):
            wrong += _take(shape, kind, parameters, values[kind], path)
        elif kind == "carousel" and shape.cards:
            values["cards"], unfit = _cards_given(shape, part.get("cards"), f"{path}.cards")
            wrong += unfit
    for button in shape.buttons:
        if button.fills_itself:
            values["buttons"].pop(str(button.index), None)
    return values, wrong


def _cards_given(shape: Shape, cards: Any, path: str) -> tuple[list[dict[str, Any]], list[WrongField]]:
    values: list[dict[str, Any]] = [{} for _ in shape.cards]
    wrong: list[WrongField] = []
    for card in cards if isinstance(cards, list) else []:
        number = card.get("card_index")
        if not 0 <= number < len(values):
            wrong.append(WrongField(path, f"There is a card with card_index {number}, but the template has {len(values)} cards."))
        elif values[number]:
            wrong.append(WrongField(path, f"card_index {number} is there twice."))
        else:
            values[number], unfit = values_given(shape.cards[number], card.get("components"), f"{path}.{number}")
            wrong += unfit
    return values, wrong


def _take(shape: Shape, place: str, parameters: list[Mapping[str, Any]], into: dict[str, Any], path: str) -> list[WrongField]:
    if place == "header" and shape.header_kind in (*MEDIA, "location"):
        key = "location" if shape.header_kind == "location" else "media"
        found = [one[shape.header_kind] for one in parameters if one.get("type") == shape.header_kind and shape.header_kind in one]
        if found:
            into[key] = found[0]
        return []
    names = variables(shape.header if place == "header" else shape.body, is_named=shape.is_named)
    if shape.is_named:
        into.update({str(one.get("parameter_name")): _words(one) for one in parameters})
        return []
    into.update(zip(names, map(_words, parameters), strict=False))
    if len(parameters) > len(names):
        text = f"There are {len(parameters)} values for the {place}, but the template takes {len(names)}."
        return [WrongField(f"{path}.{place}", text)]
    return []


def _words(parameter: Mapping[str, Any]) -> Any:
    kind = parameter.get("type")
    if kind in _WITH_FALLBACK:
        inner = parameter.get(kind)
        return inner.get("fallback_value") if isinstance(inner, Mapping) else None
    return parameter.get("text")


def _button_value(parameter: Mapping[str, Any]) -> Any:
    if parameter.get("type") == "coupon_code":
        return parameter.get("coupon_code")
    return parameter.get("text") if parameter.get("type") == "text" else None
