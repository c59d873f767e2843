"""Messages to tap on: buttons, lists, links, places, Flows and products, each within WhatsApp's limits."""

from __future__ import annotations

from collections.abc import Callable

from wablast_box.engine.outbox.outbound.fields import Fields, unique
from wablast_box.engine.outbox.outbound.media import check_media
from wablast_box.engine.outbox.outbound.orders import check_order_details, check_order_status

BODY, LIST_BODY, SHORT, CARD_BODY = 1024, 4096, 60, 160
ANY_HEADER = ("text", "image", "video", "document")


def check_interactive(interactive: Fields) -> None:
    INTERACTIVE[interactive.choice("type", *INTERACTIVE)](interactive)
    interactive.end()


def frame(
    message: Fields, *, headers: tuple[str, ...] = (), body: int | None = BODY, footer: bool = True, header_required: bool = False
) -> None:
    """The parts around the action. `body` None: it may be left out."""
    if header_required or "header" in message:
        if not headers:
            raise message.fail("header", "is not possible with this kind of message. Leave it out.")
        check_header(message.inner("header"), headers)
    if body is not None or "body" in message:
        text = message.inner("body")
        text.text("text", body or BODY)
        text.end()
    if "footer" in message:
        if not footer:
            raise message.fail("footer", "is not possible with this kind of message. Leave it out.")
        text = message.inner("footer")
        text.text("text", SHORT)
        text.end()
    for part in ("header", "body", "footer"):
        message.raw(part)


def check_header(header: Fields, allowed: tuple[str, ...]) -> str:
    kind = header.choice("type", *allowed)
    if kind == "text":
        header.text("text", SHORT)
    else:
        check_media(header.inner(kind), kind, bare=True)
    header.end()
    return kind


def check_buttons(message: Fields) -> None:
    frame(message, headers=ANY_HEADER)
    action = message.inner("action")
    buttons = action.each("buttons", 1, 3, "buttons")
    action.end()
    replies = []
    for button in buttons:
        button.choice("type", "reply")
        replies.append(button.inner("reply"))
        button.end()
    unique(replies, [reply.text("id", 256) for reply in replies], "id")
    unique(replies, [reply.text("title", 20) for reply in replies], "title")
    for reply in replies:
        reply.end()


def check_list(message: Fields) -> None:
    frame(message, headers=("text",), body=LIST_BODY)
    action = message.inner("action")
    action.text("button", 20)
    sections = action.each("sections", 1, 10, "sections")
    action.end()
    rows = [row for section in sections for row in rows_of(section, titled=len(sections) > 1)]
    if len(rows) > 10:
        raise action.fail("sections", f"have {len(rows)} rows together; WhatsApp takes at most 10. Remove some.")
    unique(rows, [row.text("id", 200) for row in rows], "id")
    for row in rows:
        row.text("title", 24)
        row.optional("description", 72)
        row.end()


def rows_of(section: Fields, *, titled: bool) -> list[Fields]:
    check_title(section, titled=titled)
    rows = section.each("rows", 1, 10, "rows")
    section.end()
    return rows


def check_title(section: Fields, *, titled: bool) -> None:
    """A single section may go without a title; several must be told apart."""
    if titled:
        section.text("title", 24)
    else:
        section.optional("title", 24)


def check_link(message: Fields) -> None:
    frame(message, headers=ANY_HEADER)
    check_link_action(message.inner("action"))


def check_link_action(action: Fields) -> None:
    action.choice("name", "cta_url")
    parameters = action.inner("parameters")
    parameters.text("display_text", 20)
    parameters.link("url")
    parameters.raw("payment_link_preview")
    parameters.end()
    action.end()


def named(name: str, *, body: int | None = BODY) -> Callable[[Fields], None]:
    """An action that is only a name."""

    def check(message: Fields) -> None:
        frame(message, body=body)
        action = message.inner("action")
        action.choice("name", name)
        action.end()

    return check


def check_address(message: Fields) -> None:
    """Works for numbers of India only; others get it back as failed."""
    frame(message, headers=("text",))
    action = message.inner("action")
    action.choice("name", "address_message")
    parameters = action.inner("parameters")
    parameters.choice("country", "IN")
    for key in ("values", "validation_errors"):
        if "values" in parameters and key in parameters:
            parameters.inner(key)
        parameters.raw(key)
    if "saved_addresses" in parameters:
        parameters.each("saved_addresses", 1, 10, "addresses")
    parameters.raw("saved_addresses")
    parameters.end()
    action.end()


def check_voice_call(message: Fields) -> None:
    frame(message)
    action = message.inner("action")
    action.choice("name", "voice_call")
    if "parameters" in action:
        parameters = action.inner("parameters")
        parameters.text("display_text", 20)
        parameters.end()
    action.raw("parameters")
    action.end()


def check_flow(message: Fields) -> None:
    frame(message, headers=ANY_HEADER)
    action = message.inner("action")
    action.choice("name", "flow")
    flow = action.inner("parameters")
    flow.choice("flow_message_version", "3")
    if ("flow_id" in flow) == ("flow_name" in flow):
        raise flow.fail("flow_id", "is missing, or stands beside flow_name. Give one of the two.")
    flow.optional("flow_id", 64)
    flow.optional("flow_name", 512)
    flow.text("flow_cta", 30)
    flow.optional("flow_token", 512)
    flow.optional_choice("mode", "draft", "published")
    way = flow.optional_choice("flow_action", "navigate", "data_exchange")
    if "flow_action_payload" in flow:
        payload = flow.inner("flow_action_payload")
        if way != "data_exchange":
            payload.text("screen", 200)
        payload.raw("screen")
        payload.raw("data")
        payload.end()
    flow.raw("flow_action_payload")
    flow.end()
    action.end()


def check_catalog(message: Fields) -> None:
    frame(message)
    action = message.inner("action")
    action.choice("name", "catalog_message")
    if "parameters" in action:
        parameters = action.inner("parameters")
        parameters.text("thumbnail_product_retailer_id", 512)
        parameters.end()
    action.raw("parameters")
    action.end()


def check_product(message: Fields) -> None:
    frame(message, body=None)
    check_product_action(message.inner("action"))


def check_product_action(action: Fields) -> None:
    action.text("catalog_id", 64)
    action.text("product_retailer_id", 512)
    action.end()


def check_product_list(message: Fields) -> None:
    frame(message, headers=("text",), header_required=True)
    action = message.inner("action")
    action.text("catalog_id", 64)
    sections = action.each("sections", 1, 10, "sections")
    action.end()
    items = []
    for section in sections:
        check_title(section, titled=len(sections) > 1)
        items += section.each("product_items", 1, 30, "products")
        section.end()
    if len(items) > 30:
        raise action.fail("sections", f"have {len(items)} products together; WhatsApp takes at most 30. Remove some.")
    for item in items:
        item.text("product_retailer_id", 512)
        item.end()


def check_carousel(message: Fields) -> None:
    frame(message, footer=False)
    action = message.inner("action")
    cards = action.each("cards", 2, 10, "cards")
    action.end()
    kinds = [check_card(card, index) for index, card in enumerate(cards)]
    for card, kind in zip(cards, kinds, strict=True):
        if kind != kinds[0]:
            raise card.fail("type", "and the header must be of the same kind in all cards.")


def check_card(card: Fields, index: int) -> tuple[str, str | None]:
    card.whole("card_index", index, index)
    kind = card.choice("type", "cta_url", "product")
    header = None
    if kind == "product":
        check_product_action(card.inner("action"))
    else:
        header = check_header(card.inner("header"), ("image", "video"))
        check_link_action(card.inner("action"))
        if "body" in card:
            check_card_body(card.inner("body"))
        card.raw("body")
    card.end()
    return kind, header


def check_card_body(body: Fields) -> None:
    if body.text("text", CARD_BODY).count("\n") > 2:
        raise body.fail("text", "has more than 2 line breaks. Remove some.")
    body.end()


def orders(check: Callable[[Fields], None]) -> Callable[[Fields], None]:
    def check_message(message: Fields) -> None:
        frame(message, headers=ANY_HEADER)
        check(message.inner("action"))

    return check_message


INTERACTIVE: dict[str, Callable[[Fields], None]] = {
    "button": check_buttons,
    "list": check_list,
    "cta_url": check_link,
    "location_request_message": named("send_location"),
    "address_message": check_address,
    "contact_request": named("request_contact_info"),
    "call_permission_request": named("call_permission_request", body=None),
    "voice_call": check_voice_call,
    "flow": check_flow,
    "catalog_message": check_catalog,
    "product": check_product,
    "product_list": check_product_list,
    "carousel": check_carousel,
    "order_details": orders(check_order_details),
    "order_status": orders(check_order_status),
}
