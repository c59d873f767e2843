"""Stored webhooks become business: together when all is well, one by one when something is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, status, text
from wablast_box.engine.inbox.models import Message, MessageStatus
from wablast_box.engine.inbox.receive import receive_messages
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.items import InboundMessage
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.webhooks import process
from wablast_box.engine.webhooks.accept import accept, digest, knock
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.replay import replay
from wablast_box.lib.errors import Unavailable


def refusing(words: str) -> Any:
    """A handler with a bug that one message brings to light."""

    def handler(arrivals: Sequence[Arrival[InboundMessage]]) -> None:
        receive_messages(arrivals)
        if any(arrival.item.text == words for arrival in arrivals):
            raise ValueError("this one is poison")

    return {**process.HANDLERS, InboundMessage: handler}


@pytest.mark.feature("CN-11")
def test_a_body_is_on_disk_before_anyone_thinks_about_it(box: Path) -> None:
    accept([knock("meta", b"not even json")])

    assert bytes(WebhookEvent.get().body) == b"not even json"
    assert WebhookEvent.get().state == "pending"


def test_the_same_body_is_stored_once(box: Path) -> None:
    accept([knock("meta", body(text("hi", wamid="wamid.A")))])
    accept([knock("meta", body(text("hi", wamid="wamid.A")))])

    assert WebhookEvent.select().count() == 1


def test_poison_is_kept_with_its_reason_and_holds_nobody_up(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "HANDLERS", refusing("poison"))

    delivers(body(text("before"), text("poison", wamid="wamid.BAD"), text("after")), body(text("next body")))

    assert sorted(m.text for m in Message.select()) == ["after", "before", "next body"]
    failed = WebhookEvent.get(WebhookEvent.state == "failed")
    assert failed.problems_json == [{"path": "wamid.BAD", "reason": "this one is poison"}]


def test_a_failed_webhook_can_be_replayed_after_the_mend(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(process, "HANDLERS", refusing("poison"))
        delivers(body(text("before"), text("poison")))
    failed = WebhookEvent.get(WebhookEvent.state == "failed")

    replay(failed.id, by=SYSTEM)
    while process.process_due():
        pass

    assert sorted(m.text for m in Message.select()) == ["before", "poison"]
    assert WebhookEvent.get_by_id(failed.id).state == "processed"


def test_a_database_that_refuses_leaves_everything_waiting(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise Unavailable("The disk is full: nothing was changed.", code="disk_full")

    accept([knock("meta", body(text("hi")))])
    monkeypatch.setattr(process, "HANDLERS", {InboundMessage: full})

    with pytest.raises(Unavailable):
        process.process_due()

    assert WebhookEvent.get().state == "pending"


def test_a_field_that_nobody_knows_is_kept_and_ignored(box: Path) -> None:
    delivers(body({"sparkles": True}, field="moonphase_update"))

    event = WebhookEvent.get()
    assert (event.state, event.summary) == ("ignored", "moonphase_update 1")


@pytest.mark.feature("CN-15")
def test_a_backlog_is_processed_in_batches(box: Path) -> None:
    accept([knock("meta", body(text(str(number)))) for number in range(50)])

    assert process.process_due(limit=20) == 20
    assert process.process_due(limit=200) == 30
    assert process.process_due() == 0


def test_bodies_with_a_thousand_messages_each_are_processed_together(box: Path, caplog: pytest.LogCaptureFixture) -> None:
    def full(number: int) -> bytes:
        value = text(wamid=f"wamid.{number}.0")
        value["messages"] = [text(wamid=f"wamid.{number}.{n}")["messages"][0] for n in range(1000)]
        statuses = [status(f"wamid.OUT.{number}.{n}", "sent")["statuses"][0] for n in range(1000)]
        return body(value, {"statuses": statuses})

    delivers(*(full(number) for number in range(5)))

    assert Message.select().count() == 5000
    assert MessageStatus.select().count() == 5000
    assert {event.state for event in WebhookEvent.select()} == {"processed"}
    assert caplog.messages == [], "the batch fell back to one item at a time"


def test_the_summary_says_what_a_webhook_held(box: Path) -> None:
    delivers(body(text("one"), text("two"), status("wamid.O", "sent")))

    assert WebhookEvent.get().summary == "messages 2, statuses 1"


def test_every_public_payload_is_processed_or_explained(box: Path, meta_payloads: Path) -> None:
    files = sorted(meta_payloads.glob("*.json"))
    assert files, "the folder of payloads is empty"

    delivers(*(file.read_bytes() for file in files))

    states = {event.state for event in WebhookEvent.select()}
    assert "pending" not in states
    assert "failed" not in states


def test_bodies_of_one_second_lie_side_by_side_and_are_still_told_apart() -> None:
    early, late, other = (b'{"timestamp":"%d","n":%d}' % (second, n) for second, n in ((1790000000, 1), (1790000001, 1), (1790000000, 2)))

    named = sorted([digest("meta", early), digest("meta", late), digest("meta", other), digest("meta", b"no time"), digest("x", early)])

    assert len({*named}) == 5 and {len(name) for name in named} == {16}
    assert digest("meta", early)[:4] == digest("meta", other)[:4] < digest("meta", late)[:4]
