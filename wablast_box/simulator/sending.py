"""POST /<phone>/messages: check as Meta does, accept, and hand over to `delivery.py`."""

from __future__ import annotations

import math
import time

import orjson

from wablast_box.lib.clock import now
from wablast_box.simulator.checks import MEDIA_KINDS, bad_parameter, check_body
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.errors import GraphError, invalid, missing
from wablast_box.simulator.pricing import price
from wablast_box.simulator.records import Customer, Message
from wablast_box.simulator.state import State, new_wamid
from wablast_box.simulator.template_sending import filled
from wablast_box.simulator.wire import Json, Request, Response, answer

# Everything else is free-form and needs an open window.
ALWAYS_ALLOWED = ("template",)
BURST, BURST_S, PER_MESSAGE_S = 45, 6.0, 6.0
CANNOT_TAKE_USER_ID = "AUTHENTICATION"


class Sending:
    """The hottest endpoint: everything here is a few dictionary look-ups."""

    def __init__(self, state: State, delivery: Delivery):
        self._state = state
        self._delivery = delivery
        self._tokens = 0.0
        self._filled_at = 0.0

    def handle(self, request: Request) -> Response:
        """Send a message, or mark one as read."""
        body = parsed(request.body)
        if body.get("messaging_product") != "whatsapp":
            raise missing("messaging_product")
        with self._state.lock:
            if "status" in body:
                return self._mark_read(body)
            return self._send(body)

    def _send(self, body: Json) -> Response:
        kind = body.get("type", "text")
        if not isinstance(kind, str):
            raise invalid("Param type must be a string.")
        callback_data, quoted = _envelope(body)
        customer, named = self._recipient(body)
        content, category = self._checked(kind, body)
        closed = self._check_allowed(kind, customer)
        message = Message(
            wamid=new_wamid(customer.phone, from_customer=False),
            customer=customer,
            from_customer=False,
            type=kind,
            content=content,
            at=now(),
            quoted=quoted,
            callback_data=callback_data,
        )
        price(message, category=category, number=self._state.number, settings=self._state.settings)
        self._accept(message, closed or self._failure(message, category))
        return answer(_accepted(message, named))

    def _checked(self, kind: str, body: Json) -> tuple[object, str | None]:
        """The content as the phone will show it and, of a template, the category."""
        try:
            check_body(kind, body)
            if kind != "template":
                return body[kind], None
            template, rendered = filled(self._state, body[kind])
        except (AttributeError, TypeError, KeyError):
            raise invalid("The message has a part of the wrong shape.") from None
        if template.category == CANNOT_TAKE_USER_ID and not body.get("to"):
            raise GraphError(131062, "Authentication templates need a phone number.")
        return {**body[kind], "rendered": rendered}, template.category

    def _accept(self, message: Message, failure: GraphError | None) -> None:
        state = self._state
        state.remember(message)
        state.accepted.append(message)
        state.accepted_count += 1
        self._delivery.carry(message, failure)

    # -- who

    def _recipient(self, body: Json) -> tuple[Customer, Json]:
        if body.get("recipient_type", "individual") != "individual":
            raise GraphError(131051, "Only recipient_type individual is enabled for this number.")
        to, user_id = body.get("to"), body.get("recipient")
        if to:
            customer = self._by_phone(str(to))
            return customer, {"input": str(to), "wa_id": customer.phone}
        if not user_id:
            raise missing("to")
        found = self._state.at_address(str(user_id))
        if found is None or found.user_id != user_id:
            raise invalid("Recipient user ID is not valid or not current.")
        return found, {"input": str(user_id), "user_id": found.user_id}

    def _by_phone(self, to: str) -> Customer:
        found = self._state.at_address(to)
        if found is not None and found.phone:
            return found
        digits = "".join(filter(str.isdigit, to))
        if not 7 <= len(digits) <= 15 or any(c.isalpha() for c in to):
            raise invalid(f"Param to: '{to}' is not a valid phone number.")
        if digits == self._state.account.digits:
            raise GraphError(131021, "Recipient phone number cannot be the same as the sender's.")
        # Every number answers here, so that a campaign to a million people needs no preparation.
        return self._state.add_customer(digits, phone=digits, shown=False)

    # -- may we

    def _check_allowed(self, kind: str, customer: Customer) -> GraphError | None:
        settings = self._state.settings
        if not self._state.number.registered:
            raise GraphError(133010, "The phone number is not registered on the Cloud API.")
        if settings.rate_per_s is not None:
            self._take_token(settings.rate_per_s)
        if settings.pair_limit:
            _take_turn(customer)
        if kind in ALWAYS_ALLOWED or not settings.window_enforced or customer.window_is_open(now()):
            return None
        closed = GraphError(
            131047,
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        )
        if settings.closed_window_fails_later:
            return closed
        raise closed

    def _take_token(self, rate_per_s: float) -> None:
        at = time.monotonic()
        self._tokens = min(rate_per_s, self._tokens + (at - self._filled_at) * rate_per_s)
        self._filled_at = at
        if self._tokens < 1:
            raise GraphError(
                130429,
                "Message failed to send because there were too many messages sent from this phone number in a short period of time",
            )
        self._tokens -= 1

    def _failure(self, message: Message, category: str | None) -> GraphError | None:
        customer = message.customer
        if not customer.reachable or customer.blocked:
            return GraphError(131026, "Message Undeliverable.")
        if category == "MARKETING" and customer.stopped_marketing:
            return GraphError(131050, "User has stopped marketing messages from this business.")
        if message.type == "reaction" and message.content["message_id"] not in self._state.messages:  # type: ignore[index]
            return invalid("The message to react to was not found.")
        if message.type in MEDIA_KINDS and (problem := self._media_problem(message)):
            return problem
        planned = self._state.faults.for_message(customer.phone or customer.user_id)
        return GraphError(planned.code, planned.details) if planned else None

    def _media_problem(self, message: Message) -> GraphError | None:
        content = message.content
        assert isinstance(content, dict)
        link = content.get("link")
        if link is not None:
            # Nothing is fetched here: an address that can never exist stands for one that cannot be fetched.
            broken = ".invalid" in str(link)
            return GraphError(131053, f"Media download failed for {link}") if broken else None
        file = self._state.media.get(str(content["id"]))
        if file is None:
            raise invalid(f"Media ID {content['id']} was not found or has expired.")
        family = file.mime_type.split("/")[0]
        fits = message.type == "document" or (message.type == "sticker" and file.mime_type == "image/webp")
        if fits or family == message.type:
            return None
        return GraphError(131053, f"Unsupported {message.type} mime type {file.mime_type}.")

    # -- two other things the same address does

    def _mark_read(self, body: Json) -> Response:
        if body["status"] != "read":
            raise invalid("Param status must be 'read'.")
        if not body.get("message_id"):
            raise missing("message_id")
        message = self._state.messages.get(str(body["message_id"]))
        if message is None or not message.from_customer:
            raise bad_parameter("Param message_id is not a message that this number received.")
        typing = body.get("typing_indicator")
        if typing is not None and (not isinstance(typing, dict) or typing.get("type") != "text"):
            raise invalid("Param typing_indicator['type'] must be 'text'.")
        self._delivery.seen_by_business(message)
        if typing is not None:
            self._delivery.show_typing(message.customer)
        return answer({"success": True})


def parsed(body: bytes) -> Json:
    """The request's JSON object."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_parameter("Invalid JSON in the request body.") from None
    if not isinstance(value, dict):
        raise bad_parameter("The request body must be a JSON object.")
    return value


def _envelope(body: Json) -> tuple[str | None, str | None]:
    callback_data = body.get("biz_opaque_callback_data")
    if callback_data is not None and (not isinstance(callback_data, str) or len(callback_data) > 512):
        raise bad_parameter("Param biz_opaque_callback_data must be a string of at most 512 characters.")
    context = body.get("context")
    if context is None:
        return callback_data, None
    quoted = context.get("message_id") if isinstance(context, dict) else None
    if not isinstance(quoted, str) or not quoted:
        raise missing("context['message_id']")
    if body.get("type") == "reaction":
        raise invalid("A reaction cannot be a contextual reply.")
    # A message that Meta does not know (any more) is accepted: the answer then appears without its quote.
    return callback_data, quoted


def _take_turn(customer: Customer) -> None:
    """The pair limit: a burst of 45 within six seconds is lent, and paid back at one message per six seconds."""
    at = time.monotonic()
    sends = customer.recent_sends
    while sends and at - sends[0] > BURST * PER_MESSAGE_S:
        sends.popleft()
    earned = math.floor((at - sends[0]) / PER_MESSAGE_S) if sends else 0
    if len(sends) - earned >= BURST:
        raise GraphError(
            131056,
            "Message failed to send because there were too many messages sent from this phone number to the same "
            "phone number in a short period of time.",
        )
    sends.append(at)


def _accepted(message: Message, named: Json) -> Json:
    sent: Json = {"id": message.wamid}
    if message.type == "template":
        sent["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [named], "messages": [sent]}
