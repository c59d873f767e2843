"""What happens in the box begins flows: once, not in circles, and not over somebody who answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from tests.people import add_person
from wablast_box.engine.contacts.fields import define
from wablast_box.engine.desk.triage import actions, tags
from wablast_box.engine.desk.triage.events import ConversationTagged
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.events import deliver
from wablast_box.engine.events.registry import Origin
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.keeping.begin import start_for
from wablast_box.engine.flows.starting import happened, starts, tick
from wablast_box.engine.flows.starting.models import FlowStart
from wablast_box.engine.inbox.people import write
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now


def happens(shop: Shop) -> None:
    """Every listener hears, and every flow that begins is played."""
    while deliver.deliver_due() or shop.plays():
        pass


def tag(shop: Shop, number: int, add: list[int], remove: list[int] | None = None, actor: str = "user:1") -> None:
    perform_one(actions.tag(add, remove or []), number, EVERYTHING, actor)
    happens(shop)


def a_tag(shop: Shop, name: str) -> int:
    return int(tags.add_tag(name, "teal", by=shop.asha)["id"])


@pytest.mark.feature("FT-07")
def test_a_tag_begins_its_flow_once(shop: Shop) -> None:
    vip = a_tag(shop, "VIP")
    shop.on(graph(node("m", "send_message", text="Welcome, {{tag}}"), edges="start>m", trigger={"kind": "tag_added", "tag": "vip"}))
    shop.hears("hi")
    number = conversation().id

    tag(shop, number, [vip])
    tag(shop, number, [vip])

    assert shop.said() == ["Welcome, VIP"]
    assert [row.state for row in FlowStart.select()] == ["begun"]


@pytest.mark.feature("FT-07")
def test_tags_taken_off_and_tags_of_people_begin_theirs(shop: Shop) -> None:
    vip = a_tag(shop, "VIP")
    shop.on(graph(node("m", "send_message", text="Sorry"), edges="start>m", trigger={"kind": "tag_removed", "tag": "VIP"}), "Off")
    shop.on(graph(node("m", "send_message", text="Hello VIP"), edges="start>m", trigger={"kind": "tag_added", "tag": "VIP"}), "On")
    shop.hears("hi")
    chat = conversation()

    write.edit(EVERYTHING, shop.asha, chat.contact_id, {"tags": [str(vip)]})
    happens(shop)
    write.edit(EVERYTHING, shop.asha, chat.contact_id, {"tags": []})
    happens(shop)

    assert shop.said() == ["Hello VIP", "Sorry"]


@pytest.mark.feature("FT-07")
def test_a_new_customer_begins_a_flow_but_not_whom_we_wrote_to_first(shop: Shop) -> None:
    shop.on(graph(node("m", "send_message", text="Nice to meet you"), edges="start>m", trigger={"kind": "contact_created"}))
    start_for(shop.on(graph(node("m", "send_message", text="x"), edges="start>m", trigger={"kind": "keyword", "words": "zz"}), "Other"),
              "919800000111", "user:1", {})  # fmt: skip
    shop.hears("hi")
    happens(shop)
    shop.hears("hi again")
    happens(shop)

    assert shop.said(conversation().id) == ["Nice to meet you"]
    assert FlowStart.select().count() == 1


@pytest.mark.feature("FT-07")
def test_a_field_that_becomes_what_is_asked_for_begins_a_flow(shop: Shop) -> None:
    field = define.add_field("Stage", "choice", ["new", "won"], actor=shop.asha)
    trigger = {"kind": "contact_field_changed", "field": "stage", "becomes": "Won"}
    shop.on(graph(node("m", "send_message", text="{{field}} is {{value}}"), edges="start>m", trigger=trigger))
    shop.hears("hi")
    who = conversation().contact_id

    for value in ("new", "won", "won"):
        write.edit(EVERYTHING, shop.asha, who, {"fields": {field["id"]: value}})
        happens(shop)

    assert shop.said() == ["Stage is won"]


@pytest.mark.feature("FT-07")
def test_conversations_that_open_are_resolved_and_are_given_begin_flows(shop: Shop) -> None:
    for kind in ("opened", "resolved", "assigned"):
        shop.on(graph(node("m", "send_message", text=kind), edges="start>m", trigger={"kind": f"conversation_{kind}"}), kind)
    ravi = add_person(Role.AGENT)
    number = shop.hears("hi")
    happens(shop)
    shop.hears("still me")
    happens(shop)
    for action in (actions.assign(ravi.id), actions.resolve(), actions.reopen(), actions.assign(None)):
        perform_one(action, number, EVERYTHING, "user:1")
        happens(shop)

    assert shop.said() == ["opened", "assigned", "resolved", "opened"]


@pytest.mark.feature("FT-07")
def test_flows_that_tag_for_each_other_do_not_go_round_in_circles(shop: Shop) -> None:
    one, two = a_tag(shop, "one"), a_tag(shop, "two")

    def swaps(mine: str, other: str) -> None:
        steps = [node("off", "remove_tag", names=mine), node("on", "add_tag", names=other), node("m", "send_message", text=mine)]
        shop.on(graph(*steps, edges="start>off off>on on>m", trigger={"kind": "tag_added", "tag": mine}), mine)

    swaps("one", "two")
    swaps("two", "one")
    number = shop.hears("hi")

    tag(shop, number, [one])

    assert shop.said() == ["one", "two", "one", "two", "one", "two"][: starts.DEEPEST + 1]
    assert two


@pytest.mark.feature("FT-07")
def test_a_flow_is_not_begun_by_what_it_does_itself(shop: Shop) -> None:
    a_tag(shop, "seen")
    steps = [node("off", "remove_tag", names="seen"), node("on", "add_tag", names="seen"), node("m", "send_message", text="hm")]
    drawn = graph(*steps, edges="start>off off>on on>m", trigger={"kind": "keyword", "words": "hi"})
    drawn["nodes"][0]["data"]["triggers"].append({"id": "t2", "kind": "tag_added", "tag": "seen"})
    shop.on(drawn)

    shop.hears("hi")
    happens(shop)

    assert shop.said() == ["hm"]


@pytest.mark.feature("FT-07")
def test_a_flow_that_begins_by_itself_waits_for_one_that_talks_and_leaves_people_alone(shop: Shop) -> None:
    vip, late = a_tag(shop, "VIP"), a_tag(shop, "Late")
    shop.on(
        graph(node("q", "ask_text", question="Size?", save_as="size"), edges="start>q", trigger={"kind": "keyword", "words": "hi"}), "Asks"
    )
    shop.on(graph(node("m", "send_message", text="VIP now"), edges="start>m", trigger={"kind": "tag_added", "tag": "VIP"}), "VIP")
    shop.on(graph(node("m", "send_message", text="Late"), edges="start>m", trigger={"kind": "tag_added", "tag": "Late"}), "Late")
    number = shop.hears("hi")
    tag(shop, number, [vip])
    assert shop.said() == ["Size?"]

    shop.hears("M")
    with frozen_at(now() + timedelta(minutes=1)):
        tick.begin_due()
        happens(shop)
    assert shop.said() == ["Size?", "VIP now"]

    hold.hold_bot(EVERYTHING, number, shop.asha.ref)
    tag(shop, number, [late])
    assert shop.said() == ["Size?", "VIP now"]
    assert FlowStart.select().order_by(FlowStart.id.desc()).first().note == "A person was answering."


@pytest.mark.feature("FT-07")
def test_a_start_is_taken_once_though_its_listener_is_told_again(shop: Shop) -> None:
    vip = a_tag(shop, "VIP")
    shop.on(graph(node("m", "send_message", text="VIP"), edges="start>m", trigger={"kind": "tag_added", "tag": "VIP"}))
    number = shop.hears("hi")

    for _ in range(3):
        happened.tagged(ConversationTagged(number, (vip,), ()), Origin(77, "user:1"))
        shop.plays()

    assert shop.said() == ["VIP"]
