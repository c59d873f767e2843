"""How webhooks travel: signed, in order, repeated, and badly when asked to."""

from __future__ import annotations

import hashlib
import hmac
import json

from wablast_box.simulator.faults import FaultKind
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Settings
from wablast_box.simulator.signing import encode, signature

from .desk import CALLBACK, wamid_of


def test_the_signature_is_metas_own():
    # The vector of Meta's documentation.
    assert signature(b"Hello, World!", "It's a Secret to Everybody") == (
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    )


def test_a_body_is_pure_ascii_with_lower_case_escapes():
    assert encode({"text": "äöå", "url": "https://x"}) == b'{"text":"\\u00e4\\u00f6\\u00e5","url":"https:\\/\\/x"}'


def test_a_webhook_is_signed_over_the_bytes_that_are_sent(meta, kabir, mailbox):
    kabir.says("क्या?")
    meta.pump()

    url, headers, body = mailbox.posts[-1]
    expected = hmac.new(meta.state.account.app_secret.encode(), body, hashlib.sha256).hexdigest()
    assert (url, headers["x-hub-signature-256"]) == (CALLBACK, f"sha256={expected}")


def test_what_is_not_answered_with_200_comes_again_with_the_same_bytes(meta, kabir, mailbox):
    mailbox.answers = [503, 0, 200]
    kabir.says("hello?")

    meta.pump(hurry=True)

    bodies = [body for _, _, body in mailbox.posts[1:]]
    assert len(bodies) == 3
    assert len(set(bodies)) == 1
    assert meta.courier.waiting() == 0


def test_a_repeat_waits_before_it_comes(meta, kabir, mailbox):
    mailbox.answers = [503]
    kabir.says("hello?")

    meta.pump()

    assert len(mailbox.posts) == 2
    assert meta.courier.waiting() == 1


def test_repeats_end_some_day(meta, kabir, mailbox):
    meta.state.settings.retry_gaps_s = (0.1, 0.1)
    mailbox.answers = [500] * 10
    kabir.says("hello?")

    meta.pump(hurry=True)

    assert len(mailbox.posts) == 1 + 3
    assert meta.courier.tally.given_up == 1


def test_a_backlog_travels_in_batches(mailbox):
    meta = FakeMeta(settings=Settings(max_batch=3), callback_url=CALLBACK, post=mailbox)
    phone = meta.phone("Kabir")
    for n in range(7):
        phone.says(str(n))

    meta.pump()

    assert [len(json.loads(body)["entry"][0]["changes"]) for _, _, body in mailbox.posts] == [3, 3, 1]
    assert [m["text"]["body"] for m in mailbox.messages] == [str(n) for n in range(7)]


def test_a_webhook_can_be_duplicated(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_DUPLICATE, count=2)
    message = kabir.says("once")
    meta.pump()

    assert [m["id"] for m in mailbox.messages].count(message.wamid) == 3


def test_a_webhook_can_be_lost(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_LOSE)
    kabir.says("lost")
    kabir.says("kept")
    meta.pump()

    assert [m["text"]["body"] for m in mailbox.messages] == ["hi", "kept"]


def test_webhooks_can_change_places(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_REORDER, times=2)
    kabir.says("first")
    kabir.says("second")
    meta.pump()

    assert [m["text"]["body"] for m in mailbox.messages] == ["hi", "second", "first"]


def test_one_that_waits_for_a_partner_is_not_kept_for_ever(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_REORDER)
    kabir.says("alone")
    meta.pump(hurry=True)

    assert mailbox.messages[-1]["text"]["body"] == "alone"


def test_statuses_can_arrive_before_the_message_is_known(meta, graph, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_REORDER, times=2)
    graph.text()
    meta.pump()

    assert [s["status"] for s in mailbox.statuses] == ["delivered", "sent"]


def test_webhooks_can_be_bundled(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_REBATCH, times=3, count=3)
    for n in range(3):
        kabir.says(str(n))
    meta.pump()

    assert len(json.loads(mailbox.posts[-1][2])["entry"][0]["changes"]) == 3


def test_a_webhook_can_be_late(meta, kabir, mailbox):
    meta.faults.add(FaultKind.WEBHOOK_DELAY, delay_s=60)
    kabir.says("late")
    kabir.says("soon")
    meta.pump()
    assert mailbox.messages[-1]["text"]["body"] == "soon"

    meta.pump(hurry=True)
    assert mailbox.messages[-1]["text"]["body"] == "late"


def test_without_a_subscription_nothing_is_told(meta, graph, kabir, mailbox):
    graph.waba("DELETE", "/subscribed_apps")
    kabir.says("anybody?")
    meta.pump()

    assert len(mailbox.posts) == 1


def test_an_override_is_where_webhooks_go(meta, graph, kabir, mailbox):
    graph.waba("POST", "/subscribed_apps", {"override_callback_uri": "https://other.test/hooks", "verify_token": "v"})
    kabir.says("over there")
    meta.pump()

    assert mailbox.posts[-1][0] == "https://other.test/hooks"


def test_an_account_event_carries_the_time_of_its_entry(meta, mailbox):
    meta.change("account_update", {"event": "VERIFIED_ACCOUNT"})
    meta.pump()

    entry = json.loads(mailbox.posts[0][2])["entry"][0]
    assert entry["changes"] == [{"value": {"event": "VERIFIED_ACCOUNT"}, "field": "account_update"}]
    assert isinstance(entry["time"], int)


def test_the_customer_gets_two_ticks_when_the_box_has_the_message(meta, kabir, mailbox):
    mailbox.answers = [503, 200]
    message = kabir.says("there?")

    meta.pump()
    assert message.progress == "accepted"

    meta.pump(hurry=True)
    assert message.progress == "delivered"


def test_statuses_name_customers_by_all_they_have(meta, graph, kabir, mailbox):
    wamid_of(graph.text())
    meta.pump()

    value = next(c["value"] for c in mailbox.changes if "statuses" in c["value"])
    status = value["statuses"][0]
    assert (status["recipient_id"], status["recipient_user_id"]) == ("919845012345", kabir.customer.user_id)
    assert value["contacts"][0]["wa_id"] == "919845012345"


def test_a_failed_status_comes_without_contacts(meta, graph, kabir, mailbox):
    meta.faults.add(FaultKind.FAIL, code=131049)
    graph.text()
    meta.pump()

    value = mailbox.changes[-1]["value"]
    assert value["statuses"][0]["errors"][0]["code"] == 131049
    assert "contacts" not in value
