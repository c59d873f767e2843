"""A customer's phone: everything a person can do to a business in WhatsApp. Tests read like a script with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from wablast_box.lib.clock import now
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.reading import choices, readable
from wablast_box.simulator.records import Customer, Message
from wablast_box.simulator.state import State, new_wamid
from wablast_box.simulator.wire import Json
from wablast_box.simulator.writing import How, card, described, preferences_value, raw_message, raw_sender

MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")
VOICE_TYPE = "audio/ogg; codecs=opus"


class Phone:
    """One customer's hand on one phone. Quote with `quoting=` and the message (or its wamid)."""

    def __init__(self, state: State, delivery: Delivery, customer: Customer, *, graph_url: str):
        self._state = state
        self._delivery = delivery
        self._graph_url = graph_url
        self.customer = customer

    # -- writing

    def says(self, text: str, **how: Unpack[How]) -> Message:
        """Type a text and send it."""
        return self.sends("text", {"body": text}, **how)

    def sends(
        self,
        kind: str,
        content: object,
        *,
        extra: Json | None = None,
        at: datetime | None = None,
        hidden: bool = False,
        **how: Unpack[How],
    ) -> Message:
        """Send any kind; `content` goes out as it stands, `extra` beside it."""
        quoting = how.get("quoting")
        with self._state.lock:
            message = Message(
                wamid=new_wamid(self.customer.phone, from_customer=True),
                customer=self.customer,
                from_customer=True,
                type=kind,
                content=content,
                at=at or now(),
                quoted=quoting.wamid if isinstance(quoting, Message) else quoting,
                forwarded=bool(how.get("forwarded") or how.get("forwarded_often")),
            )
            if how.get("referral"):
                self.customer.came_from_ad_at = message.at
            raw = raw_message(self._state, message, how) | (extra or {})
            self._delivery.receive(message, raw, hidden=hidden)
            return message

    def sends_media(
        self,
        kind: str,
        data: bytes,
        mime_type: str,
        *,
        caption: str | None = None,
        filename: str | None = None,
        voice: bool = False,
        animated: bool = False,
        **how: Unpack[How],
    ) -> Message:
        """Send a picture, a video, a sound, a document or a sticker."""
        if kind not in MEDIA_KINDS:
            raise Invalid(f"A {kind} is not a kind of media.", field="type", help=f"One of {', '.join(MEDIA_KINDS)}.")
        file = self._state.add_media(data, mime_type, filename)
        content = described(file, self._graph_url)
        if caption and kind not in ("audio", "sticker"):
            content["caption"] = caption
        if kind == "document":
            content["filename"] = filename or "document"
        if kind == "audio":
            content["voice"] = voice
        if kind == "sticker":
            content["animated"] = animated
        return self.sends(kind, content, **how)

    def sends_voice(self, data: bytes, **how: Unpack[How]) -> Message:
        """Hold the microphone."""
        return self.sends_media("audio", data, VOICE_TYPE, voice=True, **how)

    def sends_location(
        self, latitude: float, longitude: float, *, name: str | None = None, address: str | None = None, **how: Unpack[How]
    ) -> Message:
        """Send a place; a live pin has neither name nor address."""
        content: Json = {"latitude": latitude, "longitude": longitude}
        content.update({k: v for k, v in (("name", name), ("address", address)) if v})
        return self.sends("location", content, **how)

    def sends_contacts(self, *people: tuple[str, str], **how: Unpack[How]) -> Message:
        """Share contact cards, each a name and a phone number."""
        return self.sends("contacts", [card(name, phone) for name, phone in people], **how)

    def shares_number(self, *, on: Message | str | None = None) -> Message:
        """Tap "Share phone number": the card is marked as asked for, and from now on Meta names the number beside the user id."""
        customer = self.customer
        number = customer.phone or customer.own_number
        if not number:
            raise NotFound("This customer has no number to share.", help="Give them an own_number.")
        with self._state.lock:
            message = self.sends("contacts", [{"origin": "contact_request", **card(customer.name, f"+{number}")}], quoting=on)
            customer.phone = number
            self._state.address(customer)
            return message

    def orders(self, items: Sequence[Json], *, catalog_id: str = "194836987003835", text: str = "") -> Message:
        """Send the cart; an item is {product_retailer_id, quantity, item_price, currency}."""
        return self.sends("order", {"catalog_id": catalog_id, "text": text, "product_items": list(items)})

    def opens_chat(self) -> Message:
        """The very first look at the chat, before a word: Meta's welcome request."""
        return self.sends("request_welcome", None, hidden=True)

    def sends_unsupported(self, kind: str | None = "poll") -> Message:
        """Something that the Cloud API cannot carry."""
        extra: Json = {
            "errors": [
                {
                    "code": 131051,
                    "title": "Message type unknown",
                    "message": "Message type unknown",
                    "error_data": {"details": "Message type is currently not supported."},
                }
            ]
        }
        if kind:
            extra["unsupported"] = {"type": kind}
        return self.sends("unsupported", None, extra=extra)

    # -- second thoughts

    def reacts(self, to: Message | str, emoji: str) -> Message:
        """Put an emoji on a message, or take it away with an empty one."""
        wamid = to.wamid if isinstance(to, Message) else to
        content = {"message_id": wamid}
        if emoji:
            content["emoji"] = emoji
        target = self._state.messages.get(wamid)
        if target is not None:
            target.reactions.pop("customer", None)
            if emoji:
                target.reactions["customer"] = emoji
            self._delivery.tell(self.customer, target)
        return self.sends("reaction", content, hidden=True)

    def edits(self, message: Message, text: str) -> Message:
        """Change a text that was sent, within 15 minutes."""
        inner: Json = {"context": {"id": "M0"}, "type": message.type}
        if message.type == "text":
            message.content = {"body": text}
        else:
            assert isinstance(message.content, dict)
            message.content = {**message.content, "caption": text}
        inner[message.type] = message.content
        message.edited = True
        self._delivery.tell(self.customer, message)
        return self.sends("edit", {"original_message_id": message.wamid, "message": inner}, hidden=True)

    def revokes(self, message: Message) -> Message:
        """Delete for everyone."""
        message.revoked = True
        self._delivery.tell(self.customer, message)
        return self.sends("revoke", {"original_message_id": message.wamid}, hidden=True)

    def changes_number(self, phone: str) -> Message:
        """Move to another number: Meta tells with a system message, and the user id changes too."""
        with self._state.lock:
            old, old_id = self.customer.phone or "", self.customer.user_id
            new = "".join(filter(str.isdigit, phone))
            raw_from = raw_sender(self.customer, self._state.settings)
            self._state.forget_address(old)
            self._state.forget_address(old_id)
            self.customer.phone = new
            self.customer.user_id = "IN." + str(int(self.customer.user_id.split(".")[-1]) + 1)
            self._state.address(self.customer)
            content = {
                "body": f"User {self.customer.name} changed from {old} to {new}",
                "type": "user_changed_number",
                "wa_id": new,
                "user_id": self.customer.user_id,
                "previous_user_id": old_id,
            }
            return self.sends("system", content, extra=raw_from, hidden=True)

    # -- answering what came

    def taps(self, title: str, *, on: Message | None = None) -> Message:
        """Tap a button, a list row or a template's quick reply by its words, on the newest message that has it."""
        with self._state.lock:
            for message in [on] if on else reversed(self.received()):
                for choice in choices(message):
                    if title in (choice.title, choice.id):
                        message.answered = choice.mark
                        self._delivery.tell(self.customer, message)
                        return self.sends(choice.kind, choice.content(), quoting=message)
        raise NotFound(f"There is nothing to tap called {title!r}.", help="Look at what the phone shows.")

    def submits(self, answers: object, *, on: Message | None = None, name: str = "flow", body: str = "Sent") -> Message:
        """Finish a WhatsApp Flow or an address form. A text goes out as it stands, valid JSON or not."""
        text = answers if isinstance(answers, str) else json.dumps(answers)
        reply = {"name": name, "body": body, "response_json": text}
        quoted = on or next((m for m in reversed(self.received()) if m.type == "interactive"), None)
        if quoted is not None:
            quoted.answered = body
        return self.sends("interactive", {"type": "nfm_reply", "nfm_reply": reply}, quoting=quoted)

    def stops_marketing(self, *, stop: bool = True) -> None:
        """Tap "Stop" (or "Resume") under a marketing message."""
        with self._state.lock:
            self.customer.stopped_marketing = stop
            preference: Json = {
                "user_id": self.customer.user_id,
                "detail": f"User requested to {'stop' if stop else 'resume'} marketing messages",
                "category": "marketing_messages",
                "value": "stop" if stop else "resume",
                "timestamp": int(now().timestamp()),
            }
            if self.customer.phone:
                preference["wa_id"] = self.customer.phone
            value = preferences_value(self.customer, preference, account=self._state.account, settings=self._state.settings)
            self._delivery.change("user_preferences", value, key=self.customer.id)

    # -- looking

    def received(self) -> list[Message]:
        """What the business sent and the phone has, oldest first."""
        return [message for message in self.customer.thread if not message.from_customer]

    def sees(self, text: str) -> bool:
        """Is there such a message on the screen?"""
        return any(text in readable(message) for message in self.received())

    def reads(self) -> None:
        """Open the chat."""
        with self._state.lock:
            self._delivery.read(self.customer)

    def plays(self, message: Message) -> None:
        """Listen to a voice message."""
        with self._state.lock:
            self._delivery.played(message)

    def goes_offline(self) -> None:
        """Into the lift: nothing arrives."""
        self.customer.online = False
        self._delivery.tell(self.customer)

    def comes_online(self) -> None:
        """Out of the lift."""
        with self._state.lock:
            self._delivery.come_online(self.customer)

    def turns_receipts(self, *, on: bool) -> None:
        """The privacy switch for blue ticks."""
        self.customer.read_receipts = on
        self._delivery.tell(self.customer)
