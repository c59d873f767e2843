"""Meta's rules for interactive messages: which parts each type needs, and how long everything may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wablast_box.simulator.errors import invalid, missing
from wablast_box.simulator.wire import Json

HEADER_KINDS: dict[str, tuple[str, ...]] = {
    "button": ("text", "image", "video", "document"),
    "list": ("text",),
    "product_list": ("text",),
    "cta_url": ("text", "image", "video", "document"),
    "flow": ("text", "image", "video", "document"),
    "order_details": ("text", "image", "video", "document"),
}
BODY_OPTIONAL = ("product", "call_permission_request")


def check_interactive(interactive: Json) -> None:
    """Refuse as Meta would."""
    kind = interactive.get("type")
    check = ACTIONS.get(str(kind))
    if kind is None:
        raise missing("interactive['type']")
    if check is None:
        raise invalid(f"Interactive type '{kind}' is not supported.")
    _check_header(kind, interactive.get("header"))
    _check_words(kind, interactive)
    action = interactive.get("action")
    if not isinstance(action, dict):
        raise missing("interactive['action']")
    check(action)


def within(value: Any, what: str, longest: int) -> str:
    """A text between 1 and `longest` characters."""
    if not isinstance(value, str) or not value:
        raise invalid(f"{what} is required and cannot be empty. Min length: 1, Max length: {longest}")
    if len(value) > longest:
        raise invalid(f"{what} length invalid. Min length: 1, Max length: {longest}")
    return value


def unique(values: Sequence[str], what: str) -> None:
    """No value twice."""
    if len(set(values)) != len(values):
        raise invalid(f"Duplicated {what}.")


def _check_header(kind: str, header: Any) -> None:
    if header is None:
        if kind == "product_list":
            raise missing("interactive['header']")
        return
    form = header.get("type") if isinstance(header, dict) else None
    if form not in HEADER_KINDS.get(kind, ()):
        raise invalid(f"Header type '{form}' is not allowed for interactive type '{kind}'.")
    if form == "text":
        within(header.get("text"), "Header text", 60)
        return
    media = header.get(form)
    if not isinstance(media, dict) or bool(media.get("id")) == bool(media.get("link")):
        raise invalid(f"Header {form} needs exactly one of 'id' or 'link'.")


def _check_words(kind: str, interactive: Json) -> None:
    body, footer = interactive.get("body"), interactive.get("footer")
    if body is not None or kind not in BODY_OPTIONAL:
        longest = 4096 if kind == "list" else 1024
        within(body.get("text") if isinstance(body, dict) else None, "Body text", longest)
    if footer is not None:
        within(footer.get("text") if isinstance(footer, dict) else None, "Footer text", 60)


def _check_buttons(action: Json) -> None:
    buttons = action.get("buttons")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
    replies = [button.get("reply") for button in buttons if isinstance(button, dict) and button.get("type") == "reply"]
    if len(replies) != len(buttons) or not all(isinstance(reply, dict) for reply in replies):
        raise invalid("Every button needs type 'reply' and a reply object.")
    ids = [within(reply.get("id"), "Button id", 256) for reply in replies if reply]
    titles = [within(reply.get("title"), "Button title", 20) for reply in replies if reply]
    unique(ids, "button reply id")
    unique(titles, "button title")


def _check_list(action: Json) -> None:
    within(action.get("button"), "List button text", 20)
    sections = action.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
        raise invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10")
    rows: list[Any] = []
    for section in sections:
        if len(sections) > 1 or section.get("title"):
            within(section.get("title"), "Section title", 24)
        if not section.get("rows"):
            raise invalid("Every section needs at least one row.")
        rows.extend(section["rows"])
    if len(rows) > 10:
        raise invalid("Total row count exceed max allowed count: 10")
    for row in rows:
        within(row.get("title"), "Row title", 24)
        if row.get("description"):
            within(row["description"], "Row description", 72)
    unique([within(row.get("id"), "Row id", 200) for row in rows], "row id")


def _check_link(action: Json) -> None:
    _named("cta_url")(action)
    parameters = _parameters(action)
    within(parameters.get("display_text"), "Display text", 20)
    if not str(parameters.get("url", "")).startswith(("http://", "https://")):
        raise invalid("Param url is not a valid URL.")


def _check_flow(action: Json) -> None:
    _named("flow")(action)
    parameters = _parameters(action)
    if parameters.get("flow_message_version") != "3":
        raise invalid('flow_message_version must be "3".')
    if bool(parameters.get("flow_id")) == bool(parameters.get("flow_name")):
        raise invalid("Exactly one of flow_id or flow_name is required.")
    within(parameters.get("flow_cta"), "flow_cta", 30)
    if parameters.get("flow_action", "navigate") not in ("navigate", "data_exchange"):
        raise invalid("flow_action must be navigate or data_exchange.")


def _check_product(action: Json) -> None:
    for key in ("catalog_id", "product_retailer_id"):
        within(action.get(key), key, 256)


def _check_product_list(action: Json) -> None:
    within(action.get("catalog_id"), "catalog_id", 256)
    sections = action.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
        raise invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10")
    for section in sections:
        within(section.get("title"), "Section title", 24)
    if not 1 <= sum(len(section.get("product_items", [])) for section in sections) <= 30:
        raise invalid("Total product count exceed max allowed count: 30")


def _check_carousel(action: Json) -> None:
    cards = action.get("cards")
    if not isinstance(cards, list) or not 2 <= len(cards) <= 10:
        raise invalid("Invalid cards count. Min allowed cards: 2, Max allowed cards: 10")
    if [card.get("card_index") for card in cards] != list(range(len(cards))):
        raise invalid("card_index must count from 0 without gaps.")
    for card in cards:
        body = card.get("body", {}).get("text")
        if body is not None and (len(body) > 160 or body.count("\n") > 2):
            raise invalid("Card body length invalid. Max length: 160, at most 2 line breaks")
    if len({(card.get("type"), card.get("header", {}).get("type")) for card in cards}) > 1:
        raise invalid("All cards must have the same type and header type.")


def _check_payment(action: Json) -> None:
    _named("review_and_pay")(action)
    parameters = _parameters(action)
    within(parameters.get("reference_id"), "reference_id", 35)
    if parameters.get("currency") != "INR":
        raise invalid("currency must be INR.")
    total = parameters.get("total_amount")
    if not isinstance(total, dict) or total.get("offset") != 100 or not isinstance(total.get("value"), int):
        raise invalid("total_amount needs an integer value and offset 100.")


def _check_order_status(action: Json) -> None:
    _named("review_order")(action)
    parameters = _parameters(action)
    within(parameters.get("reference_id"), "reference_id", 35)
    states = ("pending", "processing", "partially_shipped", "shipped", "completed", "canceled")
    if parameters.get("order", {}).get("status") not in states:
        raise invalid(f"order status must be one of {', '.join(states)}.")


def _parameters(action: Json) -> Json:
    parameters = action.get("parameters")
    if not isinstance(parameters, dict):
        raise missing("interactive['action']['parameters']")
    return parameters


def _named(name: str) -> Callable[[Json], None]:
    def check(action: Json) -> None:
        if action.get("name") != name:
            raise invalid(f"Param interactive['action']['name'] must be '{name}'.")

    return check


ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
    "location_request_message": _named("send_location"),
    "address_message": _named("address_message"),
    "contact_request": _named("request_contact_info"),
    "call_permission_request": _named("call_permission_request"),
    "voice_call": _named("voice_call"),
    "flow": _check_flow,
    "catalog_message": _named("catalog_message"),
    "product": _check_product,
    "product_list": _check_product_list,
    "carousel": _check_carousel,
    "order_details": _check_payment,
    "order_status": _check_order_status,
}
