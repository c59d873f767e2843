"""Statuses repeat, overtake and come early; what is shown only goes forward."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, status, text
from wablast_box.engine.inbox import statuses
from wablast_box.engine.inbox.conversations import of_contacts
from wablast_box.engine.inbox.models import Contact, Message, MessageStatus
from wablast_box.engine.inbox.statuses import apply_waiting
from wablast_box.engine.meta.messages import Accepted
from wablast_box.engine.outbox.transmit.outcome import Decision, Fate
from wablast_box.engine.outbox.transmit.queue import Due
from wablast_box.engine.outbox.transmit.settle import settle_all
from wablast_box.lib import db, ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction

A_WHILE_S = 0.3


def sent(wamid: str | None = "wamid.OUT", state: str = "sent") -> Message:
    """A message of ours that Meta has taken."""
    with transaction():
        contact = Contact.get_or_none(Contact.wa_id == "919812345678") or Contact.create(
            id=ids.new_id(), wa_id="919812345678", created_at=now()
        )
        [conversation] = of_contacts([contact.id])
        return Message.create(
            id=ids.new_id(),
            conversation=conversation,
            wamid=wamid,
            direction="out",
            type="text",
            text="hello",
            state=state,
            created_at=now(),
        )


def shown() -> str:
    return Message.get(Message.direction == "out").state


@pytest.mark.feature("CN-13")
def test_a_repeated_status_is_kept_once(box: Path) -> None:
    sent()

    delivers(body(status("wamid.OUT", "delivered")), body(status("wamid.OUT", "delivered", at=1760000101)))

    assert MessageStatus.select().count() == 1


@pytest.mark.feature("CN-18")
@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])), ids="-".join)
def test_in_any_order_the_highest_is_shown(box: Path, order: tuple[str, ...]) -> None:
    sent()

    for word in order:
        delivers(body(status("wamid.OUT", word)))

    assert shown() == "read"


@pytest.mark.feature("CN-19")
def test_a_status_that_comes_before_the_message_is_known_is_applied_later(box: Path) -> None:
    delivers(body(status("wamid.OUT", "delivered")))
    sent()

    with transaction():
        apply_waiting(["wamid.OUT"])

    assert shown() == "delivered"


@pytest.mark.feature("CN-19")
def test_a_status_that_comes_while_the_message_becomes_known_is_applied(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = sent(wamid=None, state="sending")
    has_looked, may_commit = threading.Event(), threading.Event()

    def apply_slowly(wamids: Iterable[str]) -> None:
        apply_waiting(wamids)
        if threading.current_thread() is posted:
            has_looked.set()
            may_commit.wait()

    def in_thread(verb: Callable[..., object], *args: object) -> threading.Thread:
        def run() -> None:
            db.connect_thread()
            verb(*args)
            db.disconnect_thread()

        return threading.Thread(target=run)

    monkeypatch.setattr(statuses, "apply_waiting", apply_slowly)
    posted = in_thread(delivers, body(status("wamid.OUT", "delivered")))
    due = Due(message.id, message.conversation_id, "text", {}, None, 1, 0, None, None)
    settled = in_thread(settle_all, [Decision(due, Fate.ACCEPTED, Accepted("wamid.OUT", None, None, held=False))])
    posted.start()
    has_looked.wait()
    settled.start()
    settled.join(A_WHILE_S)
    may_commit.set()
    posted.join()
    settled.join()

    assert shown() == "delivered"


def test_a_lost_answer_is_found_by_the_id_that_the_message_carried(box: Path) -> None:
    message = sent(wamid=None, state="unconfirmed")

    delivers(body(status("wamid.NEW", "sent", biz_opaque_callback_data=f"wbx:{message.id}")))

    found = Message.get_by_id(message.id)
    assert (found.state, found.wamid) == ("sent", "wamid.NEW")


def test_a_message_queued_again_is_not_sent_twice_when_the_first_turns_out_to_have_arrived(box: Path) -> None:
    message = sent(wamid=None, state="queued")

    delivers(body(status("wamid.FIRST", "delivered", biz_opaque_callback_data=f"wbx:{message.id}")))

    assert shown() == "delivered"


def test_the_callback_data_of_strangers_names_nothing(box: Path) -> None:
    message = sent(wamid=None, state="unconfirmed")

    delivers(body(status("wamid.NEW", "sent", biz_opaque_callback_data=str(message.id))))

    assert shown() == "unconfirmed"


@pytest.mark.feature("CN-20")
def test_a_failure_keeps_its_code_title_and_details(box: Path) -> None:
    sent()
    error = {"code": 131047, "title": "Re-engagement message", "error_data": {"details": "More than 24 hours have passed"}}

    delivers(body(status("wamid.OUT", "failed", errors=[error])))

    message = Message.get()
    assert (message.state, message.error_code, message.error_title) == ("failed", 131047, "Re-engagement message")
    assert "24 hours" in message.error_details


def test_failed_after_delivered_does_not_overwrite(box: Path) -> None:
    sent()

    delivers(body(status("wamid.OUT", "delivered")))
    delivers(body(status("wamid.OUT", "failed", errors=[{"code": 131026, "title": "Undeliverable"}])))

    assert shown() == "delivered"


def test_failed_is_the_end_for_late_statuses(box: Path) -> None:
    sent()

    delivers(body(status("wamid.OUT", "failed", errors=[{"code": 131026, "title": "Undeliverable"}])))
    delivers(body(status("wamid.OUT", "sent")))

    assert shown() == "failed"


def test_an_unknown_status_is_kept_and_changes_nothing(box: Path) -> None:
    sent()

    delivers(body(status("wamid.OUT", "teleported")))

    assert shown() == "sent"
    assert MessageStatus.get().status == "teleported"


def test_a_failed_payment_does_not_fail_the_message(box: Path) -> None:
    sent()

    delivers(body(status("wamid.OUT", "failed", type="payment", payment={"reference_id": "A1"})))

    assert shown() == "sent"


def test_a_status_for_an_inbound_message_is_ignored(box: Path) -> None:
    delivers(body(text("hi", wamid="wamid.IN"), status("wamid.IN", "read")))

    assert Message.get().state == "received"
