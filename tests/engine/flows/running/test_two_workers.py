"""Where several workers act at one instant, as on PostgreSQL they do: each thing is done once, and nothing is written over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.people import add_person
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import turns
from wablast_box.engine.flows.models import Flow, FlowVersion
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.settings import store
from wablast_box.engine.team.roles import Role
from wablast_box.lib.db import connect_thread, disconnect_thread, is_postgres

AT_ONCE = 6


@pytest.fixture(autouse=True)
def on_postgres(box: object) -> None:
    if not is_postgres():
        pytest.skip("SQLite has one writer")


def at_once(*verbs: Callable[[], Any]) -> list[BaseException]:
    """All of them in threads of their own, let go in the same moment; what they raised."""
    barrier, raised = threading.Barrier(len(verbs)), []

    def does(verb: Callable[[], Any]) -> None:
        connect_thread()
        barrier.wait()
        try:
            verb()
        except BaseException as failed:
            raised.append(failed)
        finally:
            disconnect_thread()

    threads = [threading.Thread(target=does, args=(verb,)) for verb in verbs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised


def play() -> None:
    while (turn := turns.take()) is not None:
        take_turn(turn)


@pytest.mark.feature("FN-34")
@pytest.mark.parametrize("again", range(4))
def test_flows_that_assign_at_once_give_each_person_their_share(shop: Shop, again: int) -> None:
    store.put("routing_only_present", False)
    people = [shop.asha.id, *(add_person(Role.AGENT, name=f"P{n}", email=f"p{n}@shop.in", password=None).id for n in range(AT_ONCE - 1))]
    shop.on(graph(node("a", "assign", way="round_robin"), edges="start>a"))
    for number in range(AT_ONCE):
        shop.hears(who=f"91981234500{number}", play=False)
    assert not at_once(*[play] * AT_ONCE)
    play()
    held = sorted(row.assignee_id for row in Conversation.select())
    assert held == sorted(people)


@pytest.mark.feature("FE-02")
@pytest.mark.parametrize("again", range(4))
def test_what_two_write_of_one_flow_at_once_is_all_kept(shop: Shop, again: int) -> None:
    drawn = graph(node("m", "send_message", text="Hello"), edges="start>m")
    flow_id = shop.on(drawn)
    changed = graph(node("m", "send_message", text="Changed"), edges="start>m")
    raised = at_once(
        lambda: flows.save_draft(flow_id, changed, shop.asha),
        lambda: flows.change_flow(flow_id, shop.asha, name="Renamed"),
        lambda: flows.change_flow(flow_id, shop.asha, is_on=False),
        lambda: publish.publish(flow_id, shop.asha),
        lambda: publish.publish(flow_id, shop.asha),
    )
    assert not raised
    flow = Flow.get_by_id(flow_id)
    assert (flow.draft_json, flow.name, flow.published_number) == (changed, "Renamed", 3)
    assert FlowVersion.select().count() == 3
