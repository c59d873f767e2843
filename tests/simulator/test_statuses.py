"""What becomes of a message that the business sent."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.lib.clock import frozen_at, now

from .desk import code_of, wamid_of


def names(mailbox):
    return [status["status"] for status in mailbox.statuses]


def test_a_message_is_sent_then_delivered_then_read(meta, graph, kabir, mailbox):
    wamid = wamid_of(graph.text())
    kabir.reads()
    meta.pump()

    assert [(s["id"], s["status"]) for s in mailbox.statuses] == [
        (wamid, "sent"),
        (wamid, "delivered"),
        (wamid, "read"),
    ]


def test_every_status_echoes_the_callback_data(meta, graph, kabir, mailbox):
    graph.text(biz_opaque_callback_data="row-42")
    kabir.reads()
    meta.pump()

    assert [s["biz_opaque_callback_data"] for s in mailbox.statuses] == ["row-42"] * 3


def test_an_offline_phone_gets_its_messages_in_order_when_it_comes_back(meta, graph, kabir, mailbox):
    kabir.goes_offline()
    first, second = wamid_of(graph.text("one")), wamid_of(graph.text("two"))
    meta.pump()
    assert names(mailbox) == ["sent", "sent"]

    kabir.comes_online()
    meta.pump()

    assert [s["id"] for s in mailbox.statuses[2:]] == [first, second]
    assert names(mailbox)[2:] == ["delivered", "delivered"]


def test_an_answer_that_was_on_its_way_stands_before_what_was_written_meanwhile(meta, graph, kabir):
    meta.state.settings.delivered_after_s = 60
    with frozen_at(now() + timedelta(seconds=1)):
        graph.text("Where is it?")
    with frozen_at(now() + timedelta(seconds=2)):
        kabir.says("In Mysuru")

    meta.pump(hurry=True)

    assert [m.content["body"] for m in kabir.customer.thread] == ["hi", "Where is it?", "In Mysuru"]


def test_without_read_receipts_reading_is_not_reported(meta, graph, kabir, mailbox):
    kabir.turns_receipts(on=False)
    graph.text()
    kabir.reads()
    meta.pump()

    assert names(mailbox) == ["sent", "delivered"]
    assert kabir.customer.unread == 0


def test_listening_to_a_voice_message_is_reported_as_played(meta, graph, kabir, mailbox):
    media_id = graph.upload(b"OggS", "audio/ogg").json()["id"]
    wamid = wamid_of(graph.send("audio", {"id": media_id, "voice": True}))
    kabir.plays(meta.state.messages[wamid])
    meta.pump()

    assert names(mailbox) == ["sent", "delivered", "played"]


def test_a_number_without_whatsapp_fails_with_131026(meta, graph, kabir, mailbox):
    kabir.customer.reachable = False
    graph.text()
    meta.pump()

    assert names(mailbox) == ["failed"]
    assert mailbox.statuses[0]["errors"][0]["code"] == 131026


def test_free_text_to_a_closed_window_is_refused_with_131047(graph):
    refused = graph.text(to="919845067890")

    assert (refused.status, code_of(refused)) == (400, 131047)
