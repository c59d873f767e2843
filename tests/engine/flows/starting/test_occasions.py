"""Each occasion of a start node alone: what it takes, and what it leaves to others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.flows.starting.test_events import happens
from tests.engine.flows.starting.test_statuses import looks, meta_says, reminds, writes
from tests.engine.flows.talk import Shop, conversation, graph, node
from wablast_box.engine.contacts.fields import define
from wablast_box.engine.desk.triage import actions, tags
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.keywords import says
from wablast_box.engine.flows.models import FlowSession
from wablast_box.engine.flows.running import start
from wablast_box.engine.flows.starting import starts, tick
from wablast_box.engine.flows.starting.models import FlowStart
from wablast_box.engine.inbox.people import write
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib import sql
from wablast_box.lib.clock import frozen_at, now


def on(shop: Shop, text: str, **trigger: Any) -> int:
    """A flow that says one thing, and what begins it."""
    return shop.on(graph(node("m", "send_message", text=text), edges="start>m", trigger=trigger), text)


@pytest.mark.feature("FT-01")
@pytest.mark.parametrize(
    ("match", "words", "said", "begins"),
    [
        ("starts_with", "book", "please book a table", False), ("starts_with", "book", "book", True), ("exact", "price, rate\nkitna", "kitna", True),
        ("exact", "price, rate", "rate", True), ("exact", "price, rate", "price rate", False), ("exact", "aaj", "aj", True), ("exact", "jee", "zi", True),
        ("exact", "नमस्ते", "नमस्ते!", True), ("contains", "rate", "separate rooms", False), ("regex", "^a,b$", "a,b", True),
    ],
)  # fmt: skip
def test_words_alone_at_the_beginning_or_one_of_many(shop: Shop, match: str, words: str, said: str, begins: bool) -> None:
    on(shop, "yes", kind="keyword", words=words, match=match)
    shop.hears(said)
    assert shop.said() == (["yes"] if begins else [])


@pytest.mark.feature("FT-01")
def test_a_slip_is_forgiven_in_long_words_only_and_never_in_numbers() -> None:
    assert says("bookng", "booking", "exact") and says("oredr", "order", "exact")
    assert not says("hj", "hi", "exact") and not says("oreders", "order", "exact") and not says("123457", "123456", "exact")


@pytest.mark.feature("FT-02")
def test_what_no_other_flow_answers_has_its_own_and_any_message_goes_before_it(shop: Shop) -> None:
    on(shop, "nobody knows", kind="unmatched")
    on(shop, "prices", kind="keyword", words="price")
    for words in ("price", "what?"):
        shop.hears(words)
    assert shop.said() == ["prices", "nobody knows"]
    on(shop, "any", kind="any_message")
    shop.hears("what?")
    assert shop.said()[-1] == "any"


@pytest.mark.feature("FT-02")
@pytest.mark.feature("IN-44")
def test_a_higher_priority_goes_before_what_is_more_exact(shop: Shop) -> None:
    on(shop, "prices", kind="keyword", words="price")
    on(shop, "today we are away", kind="any_message", priority=5)
    shop.hears("price")
    assert shop.said() == ["today we are away"]


@pytest.mark.feature("FT-06")
def test_another_system_lets_a_flow_go_on_that_waits_for_it(shop: Shop) -> None:
    steps = (
        {"id": "wait", "type": "wait_until", "data": {"kind": "webhook", "save_as": "paid"}},
        node("m", "send_message", text="Paid {{paid.amount}}"),
    )
    shop.on(graph(*steps, edges="start>wait wait>m"))
    shop.hears("hi")
    start.resume_session(EVERYTHING, shop.session().id, {"amount": 450})
    shop.plays()
    assert shop.said() == ["Paid 450"]


@pytest.mark.feature("FT-07")
def test_a_field_begins_its_flow_whatever_it_becomes_and_another_field_does_not(shop: Shop) -> None:
    stage, city = (define.add_field(name, "text", None, actor=shop.asha) for name in ("Stage", "City"))
    on(shop, "{{field}}: {{value}}", kind="contact_field_changed", field="stage")
    shop.hears("zz")
    who = conversation().contact_id
    for field, value in ((city, "Pune"), (stage, "new"), (stage, "won")):
        write.edit(EVERYTHING, shop.asha, who, {"fields": {field["id"]: value}})
        happens(shop)
    assert shop.said() == ["Stage: new", "Stage: won"]


def tagged(shop: Shop, name: str, times: int = 1) -> int:
    """The customer's conversation gets the tag, and loses it in between."""
    number, tag = conversation().id, int(tags.add_tag(name, "teal", by=shop.asha)["id"])
    for _ in range(times):
        for action in (actions.tag([tag], []), actions.tag([], [tag])):
            perform_one(action, number, EVERYTHING, "user:1")
            happens(shop)
    return tag


@pytest.mark.feature("FT-07")
def test_the_same_flow_begins_by_itself_three_times_an_hour_at_most(shop: Shop) -> None:
    on(shop, "Welcome", kind="tag_added", tag="VIP")
    shop.hears("zz")
    tagged(shop, "VIP", times=5)
    assert shop.said() == ["Welcome"] * starts.MOST_AN_HOUR
    assert FlowStart.select().order_by(FlowStart.id.desc()).first().note == "It began here 3 times within an hour."


@pytest.mark.feature("FT-07")
def test_who_is_talked_to_for_a_day_is_left_alone_and_the_reason_is_kept(shop: Shop) -> None:
    shop.on(graph(node("q", "ask_text", question="Size?"), edges="start>q", trigger={"kind": "keyword", "words": "hi"}), "Asks")
    on(shop, "Welcome", kind="tag_added", tag="VIP")
    shop.hears("hi")
    tagged(shop, "VIP")
    for minutes in (10, 24 * 60 + 5):
        with frozen_at(now() + timedelta(minutes=minutes)):
            tick.begin_due()
            happens(shop)
    shop.hears("M")
    assert (shop.said(), FlowStart.get().state) == (["Size?"], "skipped")
    assert FlowStart.get().note == "Another flow was talking with them all the time."


@pytest.mark.feature("FT-07")
def test_a_flow_that_was_switched_off_meanwhile_does_not_begin(shop: Shop) -> None:
    shop.on(graph(node("q", "ask_text", question="Size?"), edges="start>q", trigger={"kind": "keyword", "words": "hi"}), "Asks")
    number = on(shop, "Welcome", kind="tag_added", tag="VIP")
    shop.hears("hi")
    tagged(shop, "VIP")
    flows.change_flow(number, shop.asha, is_on=False)
    shop.hears("M")
    with frozen_at(now() + timedelta(minutes=1)):
        tick.begin_due()
        happens(shop)
    assert (shop.said(), FlowStart.get().note) == (["Size?"], "The flow was off.")
    assert FlowSession.select().where(FlowSession.flow == number).count() == 0


@pytest.mark.feature("FT-08")
@pytest.mark.parametrize("status", ["read", "played"])
def test_reading_and_hearing_a_message_both_count_as_read(shop: Shop, status: str) -> None:
    on(shop, "Thank you for reading", kind="message_read")
    number = shop.hears("zz")
    meta_says(writes(number), "delivered")
    happens(shop)
    assert shop.said() == ["Your order is ready"]
    meta_says(writes(number, "Or listening"), status)
    happens(shop)
    assert shop.said()[-1] == "Thank you for reading"


@pytest.mark.feature("FT-08")
def test_minutes_are_minutes(shop: Shop) -> None:
    number = shop.hears("zz")
    reminds(shop, {"kind": "not_read", "amount": 30, "unit": "minutes"})
    writes(number)
    assert looks(shop, 0.4) == ["Your order is ready"]
    assert looks(shop, 1) == ["Your order is ready", "A reminder"]


@pytest.mark.feature("FT-08")
@pytest.mark.parametrize("change", ["sender = 'phone_app'", "type = 'reaction'"])
def test_what_was_written_on_the_phone_or_is_nothing_to_read_begins_none(shop: Shop, change: str) -> None:
    number = shop.hears("zz")
    reminds(shop)
    message = writes(number)
    sql.run(f"UPDATE message SET {change} WHERE id = ?", (message.id,))
    assert looks(shop, 7) == ["Your order is ready"]


@pytest.mark.feature("FT-08")
@pytest.mark.parametrize(("template", "begins"), [("invoice", True), ("welcome", False)])
def test_a_failed_message_begins_its_flow_only_for_the_template_that_is_named(shop: Shop, template: str, begins: bool) -> None:
    on(shop, "Your invoice did not reach you", kind="message_failed", template=template)
    number = shop.hears("zz")
    message = writes(number)
    sql.run("UPDATE message SET type = 'template', content_json = ? WHERE id = ?", ('{"name": "invoice"}', message.id))
    meta_says(message, "failed")
    happens(shop)
    assert ("Your invoice did not reach you" in shop.said()) is begins
