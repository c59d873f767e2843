"""Asha tries a draft on her own phone. Customers never meet it, and it is in no figure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from tests.people import actor_for, add_person
from wablast_box.engine.flows import read
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.figures import figures
from wablast_box.engine.flows.keeping import hold, trials
from wablast_box.engine.flows.models import FlowSession, FlowVersion
from wablast_box.engine.flows.running import trying
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, NotFound

pytestmark = pytest.mark.feature("FE-05")
ASHAS_PHONE, KABIRS = "919800000001", "919812345678"
ASK = graph(
    node("ask", "ask_text", question="Your name?", save_as="who"), node("hello", "send_message", text="Hello {{who}}"),
    edges="start>ask ask>hello", trigger={"kind": "keyword", "words": "sari"},
)  # fmt: skip


def draft(shop: Shop, drawn: dict[str, object] = ASK) -> int:
    return int(flows.create_flow("Sari", drawn, shop.asha)["id"])


def now_of(shop: Shop, flow_id: int) -> dict[str, Any]:
    shown = trying.trial(flow_id, shop.asha)
    assert shown is not None
    return shown


def pairs(shop: Shop, flow_id: int) -> int:
    """Asha sends the code from her phone; her conversation."""
    return shop.hears(trying.begin_trial(flow_id, shop.asha)["code"], who=ASHAS_PHONE)


def test_a_draft_answers_the_phone_that_sent_the_code(shop: Shop) -> None:
    hers = pairs(shop, draft(shop))
    shop.hears("Asha", who=ASHAS_PHONE)

    assert shop.said(hers) == ["Your name?", "Hello Asha"]
    assert shop.session().is_trial


def test_nobody_else_meets_the_draft(shop: Shop) -> None:
    number = draft(shop)
    shop.hears("sari", who=KABIRS)
    pairs(shop, number)
    code = now_of(shop, number)["code"]
    for words in ("sari", code, "test-", "test-000000"):
        shop.hears(words, who=KABIRS)

    assert shop.said(int(conversation(KABIRS).id)) == []


def test_a_code_is_good_for_a_quarter_of_an_hour(shop: Shop) -> None:
    code = trying.begin_trial(draft(shop), shop.asha)["code"]
    with shop.at(now() + timedelta(minutes=16)):
        hers = shop.hears(code, who=ASHAS_PHONE)

    assert shop.said(hers) == []


def test_after_an_hour_the_draft_says_nothing_more_even_where_it_waits(shop: Shop) -> None:
    number = draft(shop)
    hers = pairs(shop, number)
    with shop.at(now() + timedelta(minutes=61)):
        shop.hears("Asha", who=ASHAS_PHONE)
        shop.hears("sari", who=ASHAS_PHONE)
        trials.end_due()

        assert shop.said(hers) == ["Your name?"]
        assert shop.session().reason == "the trial is over"
        assert trying.trial(number, shop.asha) is None
        with pytest.raises(NotFound):
            trying.again(number, shop.asha)


def test_stopping_ends_what_is_being_played(shop: Shop) -> None:
    number = draft(shop)
    hers = pairs(shop, number)
    trying.end_trial(number, shop.asha)
    shop.hears("Asha", who=ASHAS_PHONE)

    assert (shop.said(hers), shop.session().state) == (["Your name?"], "ended")


def test_the_code_and_the_drafts_own_words_begin_it_anew_as_it_is_drawn_now(shop: Shop) -> None:
    number = draft(shop)
    hers = pairs(shop, number)
    changed = ASK | {"nodes": [ASK["nodes"][0], node("ask", "ask_text", question="And your name?", save_as="who"), ASK["nodes"][2]]}
    flows.save_draft(number, changed, shop.asha)
    shop.hears(now_of(shop, number)["code"].upper(), who=ASHAS_PHONE)
    shop.hears("Asha", who=ASHAS_PHONE)
    shop.hears("sari", who=ASHAS_PHONE)
    trying.again(number, shop.asha)
    shop.plays()

    assert shop.said(hers) == ["Your name?", "And your name?", "Hello Asha", "And your name?", "And your name?"]
    assert FlowVersion.select().where(FlowVersion.number < 0).count() == 2, "a drawing is kept once"


def test_it_takes_the_place_of_what_customers_get_only_on_her_phone(shop: Shop) -> None:
    shop.on(graph(node("hi", "send_message", text="Live"), edges="start>hi", trigger={"kind": "keyword", "words": "sari"}), "Live")
    hers = pairs(shop, draft(shop))
    shop.hears("Asha", who=ASHAS_PHONE)
    shop.hears("sari", who=ASHAS_PHONE)
    his = shop.hears("sari", who=KABIRS)

    assert shop.said(hers)[-1] == "Your name?"
    assert shop.said(his) == ["Live"]


def test_a_trial_is_in_no_figure_and_takes_no_version_number(shop: Shop) -> None:
    number = draft(shop)
    pairs(shop, number)
    publish.publish(number, shop.asha)

    assert [one["number"] for one in publish.versions(number)] == [1]
    assert read.stats(number)["sessions"]["started"] == 0
    assert figures(number, 7)["total"]["started"] == 0
    assert read.flows()[0]["running"] == 0


def test_a_draft_writes_to_nobody_else(shop: Shop) -> None:
    other = shop.on(graph(node("hi", "send_message", text="Hi"), edges="start>hi", trigger={"kind": "keyword", "words": "zzz"}), "Other")
    drawn = graph(
        node("go", "start_flow_for", flow=str(other), to=KABIRS), node("told", "send_message", text="It could not"),
        edges="start>go go.error>told",
    )  # fmt: skip
    hers = pairs(shop, draft(shop, drawn))

    assert shop.said() == shop.said(hers) == ["It could not"]


def test_a_person_who_answers_is_not_talked_over_and_a_hand_over_of_its_own_is_undone(shop: Shop) -> None:
    number = draft(shop, graph(node("over", "hand_off"), edges="start>over"))
    hers = pairs(shop, number)
    assert now_of(shop, number)["is_held"]
    trying.again(number, shop.asha)
    shop.plays()
    assert FlowSession.select().count() == 2

    with transaction():
        hold.release(hers)
        hold.hold(hers, shop.asha.ref)
    with pytest.raises(Conflict, match="A person answers"):
        trying.again(number, shop.asha)


def test_a_draft_that_fails_calls_nobody(shop: Shop) -> None:
    number = draft(shop, graph(node("hi", "send_message", text="Hi"), edges="start>gone"))
    hers = pairs(shop, number)

    assert (shop.session().state, hold.is_held(hers)) == ("failed", False)


def test_what_was_tried_is_forgotten_after_a_week(shop: Shop) -> None:
    number = draft(shop)
    pairs(shop, number)
    trying.end_trial(number, shop.asha)
    trials.prune()
    assert FlowSession.select().count() == 1, "not before"
    with shop.at(now() + timedelta(days=8)):
        trials.prune()

    assert FlowSession.select().count() == FlowVersion.select().count() == 0
    assert Message.select().count() == 2, "what was said stays in the conversation"


def test_what_somebody_else_tries_is_theirs_alone(shop: Shop) -> None:
    number, bela = draft(shop), actor_for(add_person(Role.ADMIN))
    pairs(shop, number)
    assert trying.trial(number, bela) is None
    for touch in (trying.end_trial, trying.again):
        with pytest.raises(NotFound):
            touch(number, bela)
    trying.begin_trial(number, bela)
    assert now_of(shop, number)["session"]["state"] == "waiting", "hers goes on beside it"
