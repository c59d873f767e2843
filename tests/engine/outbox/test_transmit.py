"""Handing messages to Meta: the mark before the call, the order, who may overtake whom."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path

import httpx
import orjson
import pytest

from tests.engine.outbox.sending import ACCOUNT, Wire, claim_due, conversation, send, sender, state, text, until
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Message, Priority
from wablast_box.engine.outbox.transmit.sender import Sender
from wablast_box.engine.settings import secrets
from wablast_box.lib.db import disconnect_thread
from wablast_box.simulator.meta import FakeMeta


def test_a_queued_message_reaches_meta_and_knows_its_id(wire: Wire, running: Sender, meta: FakeMeta) -> None:
    message = send(conversation())

    until(lambda: state(message.id) == "sent")

    row = Message.get_by_id(message.id)
    assert row.wamid == meta.state.accepted[0].wamid
    assert row.sent_at is not None and row.attempts == 1
    assert wire.asked() == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "919812345678",
            "type": "text",
            "text": {"body": "Your saree is ready"},
            "biz_opaque_callback_data": f"wbx:{message.id}",
        }
    ]
    assert [e.name for e in Event.select().order_by(Event.id) if e.name != "contact.created"] == ["message.queued", "message.updated"]


def test_the_mark_is_on_disk_before_the_request_leaves(wire: Wire, running: Sender) -> None:
    seen: list[tuple[str, bool]] = []

    def look(_: httpx.Request) -> None:
        row = Message.get()
        seen.append((row.state, row.claimed_at is not None))
        disconnect_thread()

    wire.before = look

    message = send(conversation())
    until(lambda: state(message.id) == "sent")

    assert seen == [("sending", True)]


def test_what_was_queued_while_nothing_ran_goes_out_at_the_start(wire: Wire) -> None:
    messages = [send(conversation(f"9198000000{n:02}")) for n in range(5)]
    sends = sender(wire)

    sends.start()
    until(lambda: all(state(m.id) == "sent" for m in messages))

    assert sends.stop(3)


class Watched(Wire):
    """Each request takes a while; who was on the way together, and in which order they arrived."""

    def __init__(self, meta: FakeMeta) -> None:
        super().__init__(meta)
        self.order: dict[str, list[str]] = defaultdict(list)
        self.flying: list[str] = []
        self.most_of_one = self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = orjson.loads(request.content)
        self.order[asked["to"]].append(asked["text"]["body"])
        self.flying.append(asked["to"])
        self.most = max(self.most, len(self.flying))
        self.most_of_one = max(self.most_of_one, self.flying.count(asked["to"]))
        await asyncio.sleep(0.02)
        self.flying.remove(asked["to"])
        return await super().handle_async_request(request)


@pytest.mark.feature("CN-31")
def test_a_conversation_keeps_its_order_while_others_go_side_by_side(meta: FakeMeta) -> None:
    wire = Watched(meta)
    people = [f"9198000000{n:02}" for n in range(6)]
    numbers = [conversation(person) for person in people]
    messages = [send(number, text(str(turn))) for turn in range(5) for number in numbers]
    sends = sender(wire, rate=2000)

    sends.start()
    until(lambda: all(state(m.id) == "sent" for m in messages))
    sends.stop(3)

    assert wire.order == {person: ["0", "1", "2", "3", "4"] for person in people}
    assert wire.most_of_one == 1
    assert wire.most > 1


@pytest.mark.feature("CN-31")
def test_a_persons_answer_overtakes_a_campaign_everywhere_but_never_a_message_on_its_way(box: Path) -> None:
    first, second = conversation("919800000001"), conversation("919800000002")
    campaign = [send(number, priority=Priority.CAMPAIGN) for number in (first, second)]
    answer = send(second)

    claimed = [due.id for due in claim_due(10)]
    late_answer = send(first)

    assert claimed == [answer.id, campaign[0].id]
    assert claim_due(10) == []
    assert state(late_answer.id) == "queued"


def test_a_row_that_waits_for_its_time_holds_up_its_own_conversation_only(box: Path) -> None:
    first, second = conversation("919800000001"), conversation("919800000002")
    waiting = send(first)
    Message.update(next_attempt_at=4_000_000_000_000).where(Message.id == waiting.id).execute()
    send(first)
    free = send(second)

    assert [due.id for due in claim_due(10)] == [free.id]


def test_an_unconfirmed_message_does_not_block_what_comes_after(box: Path) -> None:
    number = conversation()
    lost, following = send(number), send(number)
    Message.update(state="unconfirmed").where(Message.id == lost.id).execute()

    assert [due.id for due in claim_due(10)] == [following.id]


@pytest.mark.feature("CN-31")
def test_the_outbox_is_found_by_its_indexes_however_many_messages_are_stored(box: Path) -> None:
    from wablast_box.engine.outbox.transmit.queue import _HEADS
    from wablast_box.lib import db, sql

    if db.is_postgres():
        pytest.skip("the plan is read as SQLite writes it")

    plan = " ".join(str(row[3]) for row in sql.run(f"EXPLAIN QUERY PLAN {_HEADS}", (0, 10)))

    assert "USING INDEX message_outbox" in plan and "USING INDEX message_in_flight" in plan
    assert "TEMP B-TREE" not in plan


def test_a_message_to_somebody_without_a_number_goes_to_the_user_id(wire: Wire, running: Sender, meta: FakeMeta) -> None:
    number = conversation()
    customer = meta.state.add_customer("Kabir", username="kabir", user_id="IN.123", phone=None)
    Contact.update(wa_id=None, phone=None, user_id=customer.user_id).execute()

    message = send(number)
    until(lambda: state(message.id) == "sent")

    [asked] = wire.asked()
    assert (asked.get("to"), asked["recipient"]) == (None, "IN.123")


def test_whatsapps_own_id_of_a_customer_is_learned_from_the_answer(wire: Wire, running: Sender, meta: FakeMeta) -> None:
    meta.state.add_customer("Ana", phone="551187654321", dialled=("5511987654321",))

    message = send(conversation("5511987654321"))
    until(lambda: state(message.id) == "sent")

    until(lambda: Contact.get().wa_id == "551187654321")


def test_without_credentials_messages_wait_and_go_out_once_there_are_some(wire: Wire, running: Sender) -> None:
    from wablast_box.engine.settings.models import Secret

    Secret.delete().execute()
    secrets.forget_cached()
    message = send(conversation())
    time.sleep(0.3)
    assert (state(message.id), wire.bodies) == ("queued", [])

    secrets.put_secret("access_token", ACCOUNT.access_token)

    until(lambda: state(message.id) == "sent")
