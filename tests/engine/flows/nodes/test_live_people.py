"""Nodes in the box itself: who has a conversation afterwards, its tags and its state, whom it is told, and what failing comes to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from tests.people import add_person
from wablast_box.engine.desk.routing import attendance
from wablast_box.engine.desk.teams import teams
from wablast_box.engine.desk.triage import actions, tags
from wablast_box.engine.desk.triage.perform import perform_one
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.keeping.surroundings import surroundings
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.flows.nodes.people import AddNote
from wablast_box.engine.flows.running import start
from wablast_box.engine.flows.starting import starts
from wablast_box.engine.flows.starting.models import FlowStart
from wablast_box.engine.inbox.thread.models import NoteMention
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction

OTHERS = ("919800000001", "919800000002", "919800000003")


@pytest.fixture
def staff(shop: Shop) -> dict[str, User]:
    """Two who answer, and the owner is away."""
    store.put("routing_only_present", False)
    attendance.go_away(shop.asha.id or 0, None, actor="system")
    return {name: add_person(Role.AGENT, email=f"{name}@example.com") for name in ("ravi", "bela")}


def team_of(shop: Shop, *people: User) -> str:
    return str(teams.add_team("Repairs", member_ids=[one.id for one in people], routing="queue", by=shop.asha)["id"])


def assigns(shop: Shop, **data: str) -> None:
    """Whoever writes is given away, and told when nobody can be found."""
    shop.on(graph(node("n", "assign", **data), node("no", "send_message", text="nobody"), edges="start>n n.error>no"))


def who_has(wa_id: str) -> int | None:
    return conversation(wa_id).assignee_id


@pytest.mark.feature("FN-33")
def test_a_conversation_is_given_to_the_person_that_is_named(shop: Shop, staff: dict[str, User]) -> None:
    assigns(shop, way="person", user=str(staff["bela"].id))
    for one in OTHERS:
        shop.hears("hi", who=one)
    assert [who_has(one) for one in OTHERS] == [staff["bela"].id] * 3


@pytest.mark.feature("FN-33")
def test_a_conversation_is_given_to_a_team(shop: Shop, staff: dict[str, User]) -> None:
    team = team_of(shop, staff["bela"])
    assigns(shop, way="team", team=team)
    shop.hears("hi")
    assert (str(conversation().team_id), conversation().assignee_id) == (team, None)


@pytest.mark.feature("FN-33")
def test_everybody_has_a_turn(shop: Shop, staff: dict[str, User]) -> None:
    assigns(shop, way="round_robin")
    for one in OTHERS:
        shop.hears("hi", who=one)
    ravi, bela = staff["ravi"].id, staff["bela"].id
    assert [who_has(one) for one in OTHERS] in ([ravi, bela, ravi], [bela, ravi, bela])


@pytest.mark.feature("FN-33")
def test_whose_turn_it_is_within_a_team(shop: Shop, staff: dict[str, User]) -> None:
    team = team_of(shop, staff["bela"])
    assigns(shop, way="round_robin", team=team)
    for one in OTHERS:
        shop.hears("hi", who=one)
    assert [who_has(one) for one in OTHERS] == [staff["bela"].id] * 3


@pytest.mark.feature("FN-33")
def test_who_has_the_least_to_do_gets_it(shop: Shop, staff: dict[str, User]) -> None:
    ravi, bela = staff["ravi"], staff["bela"]
    assigns(shop, way="least_busy")
    first, second, _ = OTHERS
    shop.hears("hi", who=first)
    # Whoever got the first is free again, and the other has two.
    for one in (second, "919800000004"):
        shop.hears("hi", who=one)
    other = bela.id if who_has(first) == ravi.id else ravi.id
    for one in (first, second, "919800000004"):
        perform_one(actions.assign(other), conversation(one).id, EVERYTHING, "user:1")
    for one in ("919800000005", "919800000006"):
        shop.hears("hi", who=one)
        assert who_has(one) not in (None, other)


@pytest.mark.feature("FN-33")
def test_who_is_away_gets_nothing_and_the_flow_says_so(shop: Shop, staff: dict[str, User]) -> None:
    for one in staff.values():
        attendance.go_away(one.id, None, actor="system")
    assigns(shop, way="least_busy")
    shop.hears("hi")
    assert (who_has(conversation().contact.wa_id), shop.said()) == (None, ["nobody"])


@pytest.mark.feature("FN-31")
def test_tags_are_taken_off(shop: Shop) -> None:
    number = [int(tags.add_tag(name, "grape", by=shop.asha)["id"]) for name in ("VIP", "New", "Late")]
    shop.on(graph(node("n", "remove_tag", names="vip, late"), edges="start>n"))
    shop.hears("hello")
    perform_one(actions.tag(number, []), conversation().id, EVERYTHING, "user:1")
    shop.hears("hi")
    assert surroundings(shop.session(), None, now())["conversation"]["tags"] == ["New"]
    assert FlowStep.select().where(FlowStep.error.is_null(False)).count() == 0


@pytest.mark.feature("FN-34")
@pytest.mark.parametrize(("state", "before"), [("open", "resolved"), ("pending", "open"), ("resolved", "open")])
def test_a_conversation_is_opened_parked_and_resolved(shop: Shop, state: str, before: str) -> None:
    wait = {"id": "wait", "type": "wait_until", "data": {"kind": "webhook"}}
    shop.on(graph(wait, node("n", "set_state", state=state), edges="start>wait wait>n"))
    number = shop.hears("hi")
    if before == "resolved":
        perform_one(actions.resolve(), number, EVERYTHING, "user:1")
    assert conversation().state == before
    start.resume_session(EVERYTHING, shop.session().id, {})
    shop.plays()
    assert conversation().state == state


@pytest.mark.feature("FN-60")
def test_who_is_named_is_called_and_nobody_else(shop: Shop, staff: dict[str, User]) -> None:
    shop.on(graph(node("n", "notify_staff", text="{{contact.name}} waits", user=str(staff["bela"].id)), edges="start>n"))
    shop.hears("hi")
    assert [row.user.id for row in NoteMention.select()] == [staff["bela"].id]


@pytest.mark.feature("FN-48")
def test_a_flow_goes_on_in_another_and_comes_back_or_stays(shop: Shop) -> None:
    asks = graph(
        node("q", "ask_text", question="Which size?", save_as="size"), edges="start>q", trigger={"kind": "keyword", "words": "zzz"}
    )
    other = str(shop.on(asks, "Sizes"))
    for word, returns in (("back", True), ("stay", False)):
        go = node("go", "go_to_flow", flow=other, returns=returns)
        said = node("m", "send_message", text="{{size}} it is")
        shop.on(graph(go, said, edges="start>go go>m", trigger={"kind": "keyword", "words": word}), word)
    for word in ("back", "M", "stay", "L"):
        shop.hears(word)
    assert shop.said() == ["Which size?", "M it is", "Which size?"]


@pytest.mark.feature("FN-27")
@pytest.mark.feature("FE-29")
def test_without_a_word_of_the_owner_the_clock_is_indias(shop: Shop) -> None:
    store.put("opening_hours", "Mon-Sun 10:00-20:00")
    hours = node("n", "business_hours")
    shop.on(
        graph(hours, node("o", "send_message", text="open"), node("c", "send_message", text="closed"), edges="start>n n.open>o n.closed>c")
    )
    for clock in ("2026-11-23T04:29", "2026-11-23T04:31"):
        with frozen_at(datetime.fromisoformat(clock).replace(tzinfo=UTC)):
            shop.hears("hi")
    assert shop.said() == ["closed", "open"]


@pytest.mark.feature("FN-04")
def test_buttons_without_a_time_wait_for_a_month_and_longer(shop: Shop) -> None:
    buttons = [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]
    shop.on(graph(node("n", "send_buttons", text="Well?", buttons=buttons), edges="start>n"))
    began = now()
    shop.hears("hi")
    with shop.at(began + timedelta(days=60)):
        assert (shop.session().state, shop.session().resume_at) == ("waiting", None)
        shop.hears("yes")
    assert shop.steps()[-1] == ("n", "yes")


@pytest.mark.feature("FE-21")
def test_a_node_that_fails_without_a_way_for_that_stops_the_flow_and_calls_a_person(shop: Shop) -> None:
    shop.on(graph(node("n", "add_tag", names="nobody made this"), node("m", "send_message", text="x"), edges="start>n n>m"))
    number = shop.hears("hi")
    assert (shop.session().state, shop.said()) == ("failed", [])
    assert hold.is_held(number) and "nobody made this" in str(shop.session().reason)


@pytest.mark.feature("FE-21")
def test_a_mistake_of_a_nodes_own_goes_by_error_under_a_reference(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    shop.on(graph(node("n", "add_note", text="x"), node("m", "send_message", text="sorry"), edges="start>n n.error>m"))
    monkeypatch.setattr(AddNote, "do", breaks)
    shop.hears("hi")
    assert shop.said() == ["sorry"]
    assert "Something went wrong in this node, reference " in str(FlowStep.get(FlowStep.node_id == "n").error)


@pytest.mark.feature("AI-10")
def test_a_flow_of_the_clock_does_not_begin_where_a_person_is_answering(shop: Shop) -> None:
    number = shop.hears("is anybody there?")
    send_message(number, parse_outbound({"type": "text", "text": {"body": "Yes!"}}), actor=shop.asha.ref, scope=shop.asha.ref)
    flow = shop.on(graph(node("m", "send_message", text="Good morning"), edges="start>m", trigger={"kind": "keyword", "words": "zzz"}))
    with transaction():
        starts.add(flow, number, starts.Cause("test", "schedule"))
    shop.plays()
    assert (shop.said(), FlowStart.get().note) == (["Yes!"], "A person was answering.")
