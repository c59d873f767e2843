"""What a crash, a stop and answers out of turn leave behind: nothing is lost, nothing is sent twice."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import orjson
import pytest

from tests.engine.inbox.meta import body, delivers, status
from tests.engine.outbox.sending import Wire, claim_due, conversation, send, sender, state, until
from wablast_box.engine.inbox.models import Message, MessageStatus
from wablast_box.engine.outbox.send import retry_message
from wablast_box.engine.outbox.transmit.sender import Sender, recover_after_crash
from wablast_box.lib import sql
from wablast_box.lib.db import disconnect_thread
from wablast_box.simulator.meta import FakeMeta


@pytest.mark.feature("CN-31")
def test_what_was_on_its_way_at_a_crash_is_unconfirmed_and_never_sent_again_by_itself(wire: Wire) -> None:
    number = conversation()
    lost = send(number)
    claim_due(10)

    assert recover_after_crash() == 1

    following = send(number)
    sends = sender(wire)
    sends.start()
    until(lambda: state(following.id) == "sent")
    sends.stop(3)
    assert state(lost.id) == "unconfirmed"
    assert "not known" in Message.get_by_id(lost.id).error_title
    assert [asked["biz_opaque_callback_data"] for asked in wire.asked()] == [f"wbx:{following.id}"]


def test_a_status_settles_what_a_crash_left_unconfirmed(box: Path) -> None:
    lost = send(conversation())
    claim_due(10)
    recover_after_crash()

    delivers(body(status("wamid.LATE", "delivered", biz_opaque_callback_data=f"wbx:{lost.id}")))

    row = Message.get_by_id(lost.id)
    assert (row.state, row.wamid, row.error_title) == ("delivered", "wamid.LATE", None)


def test_a_status_that_came_before_the_crash_proves_that_it_was_sent(box: Path) -> None:
    lost = send(conversation())
    claim_due(10)
    delivers(body(status("wamid.EARLY", "sent", biz_opaque_callback_data=f"wbx:{lost.id}")))

    recover_after_crash()

    assert state(lost.id) == "sent"


def test_a_status_that_overtakes_metas_answer_is_not_lost(wire: Wire, running: Sender) -> None:
    def overtake(request: httpx.Request) -> None:
        delivers(body(status("wamid.X", "delivered")))
        disconnect_thread()

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.to_thread(overtake, request)
        return httpx.Response(200, json={"messaging_product": "whatsapp", "contacts": [], "messages": [{"id": "wamid.X"}]})

    wire.inner.handle_async_request = answer  # type: ignore[method-assign]

    message = send(conversation())

    until(lambda: state(message.id) == "delivered")
    assert MessageStatus.select().count() == 1


def test_one_message_that_cannot_be_settled_does_not_sink_its_neighbours(wire: Wire) -> None:
    async def same_id(request: httpx.Request) -> httpx.Response:
        name = "wamid.SAME" if "0000001" in orjson.loads(request.content)["to"] else f"wamid.{time.perf_counter_ns()}"
        return httpx.Response(200, json={"messages": [{"id": name}]})

    wire.inner.handle_async_request = same_id  # type: ignore[method-assign]
    messages = [send(conversation(wa_id)) for wa_id in ("919800000010", "919800000011", "919800000020", "919800000030")]
    sends = sender(wire)

    sends.start()
    until(lambda: all(state(m.id) in ("sent", "unconfirmed") for m in messages))
    sends.stop(3)

    assert sorted(state(m.id) for m in messages) == ["sent", "sent", "sent", "unconfirmed"]


def test_a_stop_settles_what_is_in_flight_and_leaves_the_rest_queued(wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("delay", times=None, delay_s=1.5)
    number = conversation("919800000009")
    flying, waiting = send(number), send(number)
    sends = sender(wire)
    sends.start()
    until(lambda: len(wire.bodies) == 1)

    assert sends.stop(4)

    assert (state(flying.id), state(waiting.id)) == ("sent", "queued")


def test_a_stop_gives_back_what_was_claimed_and_has_not_left(wire: Wire) -> None:
    messages = [send(conversation(f"9198000000{n:02}")) for n in range(6)]
    sends = sender(wire, rate=1)
    # As if the disk had been slow: more is claimed than may leave at this pace.
    sends._loop._room = lambda: 6 if not wire.bodies else 0  # type: ignore[method-assign]
    sends.start()
    until(lambda: len(wire.bodies) == 1 and not Message.select().where(Message.state == "queued").exists())

    assert sends.stop(4)

    rows = Message.select().where(Message.id.in_([message.id for message in messages]))
    assert sorted((row.state, row.attempts, row.claimed_at is None) for row in rows) == [("queued", 0, True)] * 5 + [("sent", 1, False)]
    assert recover_after_crash() == 0


@pytest.mark.feature("IN-14")
def test_a_message_that_a_person_sends_again_goes_out_with_a_new_id(wire: Wire, running: Sender) -> None:
    message = send(conversation())
    until(lambda: state(message.id) == "sent")
    old = Message.get_by_id(message.id).wamid
    delivers(body(status(old, "failed", errors=[{"code": 131026, "title": "Message undeliverable"}])))
    assert state(message.id) == "failed"

    retry_message(message.id, actor="user:7")
    until(lambda: state(message.id) == "sent")

    assert Message.get_by_id(message.id).wamid not in (None, old)
    assert Message.get_by_id(message.id).error_code is None


def test_a_row_that_cannot_be_read_fails_alone(wire: Wire) -> None:
    broken, good = send(conversation("919800000001")), send(conversation("919800000002"))
    sql.run("UPDATE message SET content_json = '{oops' WHERE id = ?", (broken.id,))
    sends = sender(wire)

    sends.start()
    until(lambda: sql.run("SELECT state FROM message WHERE id IN (?, ?) ORDER BY id", (broken.id, good.id)) == [("failed",), ("sent",)])
    sends.stop(3)
