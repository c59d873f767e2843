"""A box that can send, in tests: a conversation or two, the fake Meta behind the sender, and waiting with an end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import orjson

from tests.engine.message_templates.planting import plant
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation, Direction, Message, MessageState
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.outbox.transmit.queue import Due, claim, find_due
from wablast_box.engine.outbox.transmit.sender import Sender
from wablast_box.engine.settings import secrets, store
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.ids import new_id
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Account
from wablast_box.simulator.transport import AsyncGraphTransport

ACCOUNT = Account()
GRAPH_URL = "https://graph.facebook.com"
RAVI = "user:7"


def connect() -> None:
    """Store the credentials of the fake Meta's account."""
    secrets.put_secret("access_token", ACCOUNT.access_token)
    store.put("phone_number_id", ACCOUNT.phone_number_id)


def conversation(wa_id: str = "919812345678", *, wrote_ago: timedelta | None = timedelta(minutes=5)) -> int:
    """A conversation with somebody who wrote a while ago (None: never)."""
    with transaction():
        number = conversations.of_contacts([find_or_create(wa_id=wa_id, name="Kabir")])[0]
    if wrote_ago is not None:
        Conversation.update(last_inbound_at=to_ms(now() - wrote_ago)).where(Conversation.id == number).execute()
    return number


def inbound(conversation_id: int, wamid: str = "wamid.IN1") -> Message:
    """A message that the customer wrote."""
    return Message.create(
        id=new_id(), conversation=conversation_id, wamid=wamid, direction=Direction.IN, type="text", text="hi",
        state=MessageState.RECEIVED, created_at=now(),
    )  # fmt: skip


def text(body: str = "Your saree is ready", **more: Any) -> dict[str, Any]:
    """A request to send a text."""
    return {"type": "text", "text": {"body": body}, **more}


def template(name: str = "order_ready", category: str = "utility") -> dict[str, Any]:
    """A request to send a template that stands in the box."""
    plant(name, category=category)
    return {"type": "template", "template": {"name": name, "language": {"code": "en"}}}


def send(conversation_id: int, body: dict[str, Any] | None = None, **more: Any) -> Message:
    """Ravi sends."""
    return send_message(conversation_id, parse_outbound(body or text()), **({"actor": RAVI, "scope": RAVI} | more))


def claim_due(limit: int) -> list[Due]:
    """What the sender does to take what may go."""
    return claim(find_due(limit))


def state(message_id: int) -> str:
    return str(Message.get_by_id(message_id).state)


def until(done: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait until it is so; fail when it does not become so in time."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def open_meta(meta: FakeMeta) -> None:
    """Everybody whom the box knows has just written to the fake Meta as well, so that its window is open."""
    meta.state.settings.window_enforced = False


class Wire(httpx.AsyncBaseTransport):
    """Stands before the fake Graph, remembers what came and can answer in its place."""

    def __init__(self, meta: FakeMeta) -> None:
        self.meta = meta
        self.inner = AsyncGraphTransport(meta.graph)
        self.bodies: list[bytes] = []
        self.at: list[float] = []
        self.before: Callable[[httpx.Request], None] = lambda _: None

    def asked(self) -> list[dict[str, Any]]:
        """What was asked of Meta, in order."""
        return [orjson.loads(body) for body in self.bodies]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.content)
        self.at.append(time.monotonic())
        self.before(request)
        return await self.inner.handle_async_request(request)


def sender(wire: Wire, **more: Any) -> Sender:
    """A sender whose network is the fake Graph."""
    return Sender(GRAPH_URL, transport=lambda: wire, **more)
