"""A template message: does the template exist, do the parameters fit, and what will the customer read?"""

from __future__ import annotations

import re
from typing import Any

from wablast_box.simulator.checks import bad_parameter, check_media
from wablast_box.simulator.errors import GraphError, invalid, missing
from wablast_box.simulator.records import Template
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
CARD_PLACES = ("header", "body", "button")
PLACES = (*CARD_PLACES, "carousel", "limited_time_offer", "order_status")
BODY_MOST, CARD_BODY_MOST = 1024, 160
MEDIA_HEADERS = ("IMAGE", "VIDEO", "DOCUMENT")


def filled(state: State, sent: Json) -> tuple[Template, Json]:
    """The template and what it looks like with these parameters, or the error Meta would give."""
    template = _living(state, str(sent["name"]), str(sent["language"]["code"]))
    given = _by_place(sent.get("components") or [], PLACES)
    rendered = _drawn(template.components, given, template, BODY_MOST)
    cards: list[Json] = next((component["cards"] for component in template.components if component["type"] == "CAROUSEL"), [])
    sent_cards = given.get("carousel", [])
    if len(sent_cards) != len(cards):
        raise _mismatch("carousel", len(sent_cards), len(cards))
    if cards:
        rendered["cards"] = [_card(*pair, template) for pair in zip(cards, _in_order(sent_cards), strict=True)]
    return template, rendered


def _in_order(cards: list[Json]) -> list[Json]:
    """Meta goes by the number on each card, counted from 0."""
    if any("card_index" not in card for card in cards):
        raise missing("template['components']['cards']['card_index']")
    if sorted(str(card["card_index"]) for card in cards) != sorted(str(n) for n in range(len(cards))):
        raise invalid("card_index must count from 0 without gaps.")
    return sorted(cards, key=lambda card: int(card["card_index"]))


def _card(card: Json, sent: Json, template: Template) -> Json:
    return _drawn(card["components"], _by_place(sent.get("components") or [], CARD_PLACES), template, CARD_BODY_MOST)


def _drawn(components: list[Json], given: dict[str, list[Json]], template: Template, body_most: int) -> Json:
    rendered: Json = {}
    for component in components:
        kind = component["type"]
        if kind == "HEADER":
            rendered["header"] = _header(component, given.get("header", []), template)
        elif kind == "BODY":
            rendered["body"] = _text("body", component.get("text", ""), given.get("body", []), template)
        elif kind == "FOOTER":
            rendered["footer"] = component.get("text") or _expiry(component)
        elif kind == "BUTTONS":
            rendered["buttons"] = [_button(n, button, given) for n, button in enumerate(component["buttons"])]
    if "header" in given and "header" not in rendered:
        raise _mismatch("header", len(given["header"]), 0)
    if len(rendered.get("body", "")) > body_most:
        raise GraphError(132005, f"Translated text length {len(rendered['body'])} exceeds the maximum of {body_most}.")
    return rendered


def variables(text: str) -> list[str]:
    """The placeholders of a text, each once: names in order, numbers by their value."""
    found = list(dict.fromkeys(VARIABLE.findall(text)))
    return sorted(found, key=int) if all(name.isdigit() for name in found) else found


def _living(state: State, name: str, language: str) -> Template:
    template = state.find_template(name, language)
    if template is not None and template.status == "PAUSED":
        raise GraphError(132015, f"Template {name} is paused due to low quality.")
    if template is not None and template.status == "DISABLED":
        raise GraphError(132016, f"Template {name} is disabled.")
    if template is None or template.status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    return template


def _by_place(components: list[Json], known: tuple[str, ...]) -> dict[str, list[Json]]:
    places: dict[str, list[Json]] = {}
    for component in components:
        place = str(component.get("type", "")).lower()
        if place not in known:
            raise bad_parameter(f"Param template['components'] has an unknown type '{place}'.")
        if place == "button":
            place = f"button {component.get('index', 0)}"
        places[place] = component.get("cards" if place == "carousel" else "parameters") or []
    return places


def _text(place: str, text: str, given: list[Json], template: Template) -> str:
    names = variables(text)
    if len(given) != len(names):
        raise _mismatch(place, len(given), len(names))
    values = {}
    for n, parameter in enumerate(given):
        name = parameter.get("parameter_name") if template.parameter_format == "NAMED" else names[n]
        if name not in names:
            raise GraphError(132012, f"{place}: parameter name is missing or unknown, expected one of {', '.join(names)}")
        values[name] = _value(place, parameter)
    return VARIABLE.sub(lambda found: values[found.group(1)], text)


def _value(place: str, parameter: Json) -> str:
    kind = parameter.get("type")
    if kind == "text":
        value = parameter.get("text")
    elif kind in ("currency", "date_time"):
        value = parameter.get(kind, {}).get("fallback_value")
    else:
        raise GraphError(132012, f"{place}: Format mismatch, expected TEXT, received {str(kind).upper()}")
    if not isinstance(value, str) or not value:
        raise GraphError(131008, f"Parameter of type {kind} is missing text value")
    if re.search(r"[\n\t]| {5}", value):
        raise GraphError(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    return value


def _header(component: Json, given: list[Json], template: Template) -> Any:
    form = component.get("format", "TEXT")
    if form == "TEXT":
        return {"text": _text("header", component.get("text", ""), given, template)}
    if len(given) != 1:
        raise GraphError(132012, f"header: Format mismatch, expected {form}, received UNKNOWN")
    parameter = given[0]
    kind = str(parameter.get("type"))
    if kind.upper() != form:
        raise GraphError(132012, f"header: Format mismatch, expected {form}, received {kind.upper()}")
    if form in MEDIA_HEADERS:
        check_media(kind, parameter.get(kind) or {})
    return {kind: parameter.get(kind)}


def _button(n: int, button: Json, given: dict[str, list[Json]]) -> Json:
    parameters = given.get(f"button {n}", [])
    shown: Json = {key: button[key] for key in ("type", "text", "url", "phone_number") if key in button}
    if button["type"] == "URL" and variables(button.get("url", "")):
        if len(parameters) != 1:
            raise GraphError(131008, f"Button at index {n} of type Url requires a parameter")
        shown["url"] = VARIABLE.sub(lambda _: str(parameters[0].get("text", "")), button["url"])
    elif button["type"] == "COPY_CODE":
        if len(parameters) != 1:
            raise GraphError(131008, f"Button at index {n} of type CopyCode requires a parameter")
        shown["code"] = str(parameters[0].get("coupon_code", ""))
    elif button["type"] == "QUICK_REPLY" and parameters:
        shown["payload"] = str(parameters[0].get("payload", button["text"]))
    elif button["type"] == "FLOW" and parameters:
        shown["flow"] = parameters[0].get("action", {})
    return shown


def _mismatch(place: str, given: int, expected: int) -> GraphError:
    return GraphError(
        132000,
        f"{place}: number of localizable_params ({given}) does not match the expected number of params ({expected})",
    )


def _expiry(component: Json) -> str:
    return f"This code expires in {component.get('code_expiration_minutes', 10)} minutes."
