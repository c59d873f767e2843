"""Who can be written to, when, and what comes back."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.lib.clock import frozen_at, now

from .desk import code_of, wamid_of


def test_an_accepted_message_gets_an_id_of_metas_shape(graph, kabir):
    one, two = wamid_of(graph.text()), wamid_of(graph.text())

    assert one != two
    assert one.startswith("wamid.HBgM")


def test_any_spelling_of_a_number_reaches_the_same_person(graph, kabir):
    answer = graph.text(to="+91 98450 12345").json()

    assert answer["contacts"] == [{"input": "+91 98450 12345", "wa_id": "919845012345"}]
    assert kabir.sees("in stock")


def test_the_window_closes_24_hours_after_the_customers_last_word(graph, kabir):
    with frozen_at(now() + timedelta(hours=23, minutes=59)):
        assert graph.text().status == 200
    with frozen_at(now() + timedelta(hours=24, minutes=1)):
        assert code_of(graph.text()) == 131047


def test_a_closed_window_can_also_fail_later(meta, graph, mailbox):
    meta.state.settings.closed_window_fails_later = True

    wamid = wamid_of(graph.text(to="919845067890"))
    meta.pump()

    assert [(s["id"], s["status"], s["errors"][0]["code"]) for s in mailbox.statuses] == [(wamid, "failed", 131047)]


def test_a_customer_without_a_number_is_reached_by_user_id(meta, graph):
    dev = meta.phone("@dev.patel")
    dev.says("hi")

    answer = graph.phone(
        "POST",
        "/messages",
        {"messaging_product": "whatsapp", "recipient": dev.customer.user_id, "type": "text", "text": {"body": "Hi Dev"}},
    )

    assert answer.json()["contacts"] == [{"input": dev.customer.user_id, "user_id": dev.customer.user_id}]
    assert dev.sees("Hi Dev")


def test_a_quote_of_an_unknown_message_is_accepted_and_shown_without_quote(meta, graph, kabir):
    wamid = wamid_of(graph.text(context={"message_id": "wamid.gone"}))

    assert meta.state.messages[wamid].quoted == "wamid.gone"
    assert kabir.sees("in stock")


def test_a_reaction_appears_on_the_message_and_an_empty_one_takes_it_away(meta, graph, kabir):
    hi = kabir.customer.thread[0]

    graph.send("reaction", {"message_id": hi.wamid, "emoji": "🙏"})
    assert hi.reactions == {"business": "🙏"}

    graph.send("reaction", {"message_id": hi.wamid, "emoji": ""})
    assert hi.reactions == {}


def test_a_reaction_to_nothing_fails_later_with_131009(meta, graph, kabir, mailbox):
    graph.send("reaction", {"message_id": "wamid.gone", "emoji": "🙏"})
    meta.pump()

    assert mailbox.statuses[0]["errors"][0]["code"] == 131009


def test_marking_read_turns_this_and_all_earlier_messages_blue(meta, graph, kabir):
    second, third = kabir.says("are you there?"), kabir.says("hello?")

    answer = graph.phone("POST", "/messages", {"messaging_product": "whatsapp", "status": "read", "message_id": second.wamid})

    assert answer.json() == {"success": True}
    assert [m.read_by_business for m in kabir.customer.thread] == [True, True, False]
    assert third.read_by_business is False


def test_marking_an_unknown_message_read_is_refused(graph, kabir):
    refused = graph.phone("POST", "/messages", {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.gone"})

    assert code_of(refused) == 100


def test_typing_shows_for_25_seconds_or_until_the_answer_arrives(meta, graph, kabir):
    body = {"messaging_product": "whatsapp", "status": "read", "typing_indicator": {"type": "text"}}

    graph.phone("POST", "/messages", {**body, "message_id": kabir.customer.thread[0].wamid})
    assert (kabir.customer.typing_until - now()).total_seconds() > 24

    graph.text()
    assert kabir.customer.typing_until is None


def test_a_number_nobody_knows_is_taken_for_a_new_customer(meta, graph):
    answer = graph.send("template", {"name": "hello_world", "language": {"code": "en_US"}}, to="918888888888")

    assert answer.json()["messages"][0]["message_status"] == "accepted"
    assert meta.customer("918888888888").shown is False


def test_an_unregistered_number_cannot_send(meta, graph, kabir):
    graph.phone("POST", "/deregister", {})

    assert code_of(graph.text()) == 133010


def test_more_than_the_allowed_rate_is_refused_with_130429_and_http_400(meta, graph, kabir):
    meta.state.settings.rate_per_s = 2

    answers = [graph.text() for _ in range(4)]

    assert [a.status for a in answers] == [200, 200, 400, 400]
    assert code_of(answers[2]) == 130429


def test_the_46th_message_of_a_burst_to_one_person_meets_the_pair_limit(meta, graph, kabir):
    meta.state.settings.pair_limit = True
    meta.phone("Ananya").says("hi")

    answers = [graph.text() for _ in range(46)]

    assert {a.status for a in answers[:45]} == {200}
    assert code_of(answers[45]) == 131056
    assert graph.text(to="919845067890").status == 200


def test_a_link_that_cannot_be_fetched_fails_later_with_131053(meta, graph, kabir, mailbox):
    graph.send("image", {"link": "https://shop.invalid/a.jpg"})
    meta.pump()

    assert mailbox.statuses[0]["errors"][0]["code"] == 131053


def test_a_file_of_the_wrong_family_fails_later_with_131053(meta, graph, kabir, mailbox):
    media_id = graph.upload(b"%PDF", "application/pdf").json()["id"]

    graph.send("image", {"id": media_id})
    meta.pump()

    assert mailbox.statuses[0]["errors"][0]["code"] == 131053


def test_a_message_after_an_advertisement_is_free_and_says_so(meta, graph, kabir, mailbox):
    kabir.says("Can I get more about this?", referral={"source_type": "ad", "source_id": "1"})

    graph.text()
    meta.pump()

    sent = mailbox.statuses[0]
    assert sent["pricing"]["type"] == "free_entry_point"
    assert sent["conversation"]["origin"] == {"type": "referral_conversion"}


def test_service_messages_are_billed_after_the_free_thousand(meta, graph, kabir, mailbox):
    meta.state.settings.free_service_messages = 1

    graph.text()
    graph.text()
    meta.pump()

    billed = {s["id"]: s["pricing"]["billable"] for s in mailbox.statuses if s["status"] == "sent"}
    assert list(billed.values()) == [False, True]
