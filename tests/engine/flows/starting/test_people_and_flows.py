"""Nobody is looked for while a flow talks; somebody is as soon as it ends, hands over or fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from tests.people import add_person
from wablast_box.engine.desk.routing import attendance, route
from wablast_box.engine.flows.running import listen
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now


@pytest.fixture
def ravi(shop: Shop) -> Iterator[User]:
    person = add_person(Role.AGENT)
    attendance.go_away(shop.asha.id, None, actor="system")
    User.update(last_seen_at=now()).execute()
    store.put("routing", "round_robin")
    yield person


def given_to() -> int | None:
    with frozen_at(now() + timedelta(seconds=10)):
        route.route_waiting()
    return conversation().assignee_id  # type: ignore[attr-defined, no-any-return]


QUESTION = node("q", "ask_text", question="Size?", save_as="size")


@pytest.mark.feature("IN-16")
@pytest.mark.parametrize("how", ["ends", "hands over", "fails", "another takes over"])
def test_somebody_is_looked_for_once_the_flow_is_done(shop: Shop, ravi: User, how: str) -> None:
    then = {"hands over": node("x", "hand_off", note=""), "fails": node("x", "add_tag", names="nowhere")}.get(
        how, node("x", "send_message", text="Thanks")
    )
    shop.on(graph(QUESTION, then, edges="start>q q>x", trigger={"kind": "keyword", "words": "hi"}))
    shop.hears("hi")
    assert given_to() is None

    shop.hears("exit" if how == "another takes over" else "M")

    assert given_to() == ravi.id


@pytest.mark.feature("IN-16")
def test_what_a_flow_is_about_to_answer_is_left_to_it_for_a_moment(shop: Shop, ravi: User) -> None:
    shop.on(graph(QUESTION, edges="start>q"))
    route.use_patience(listen.may_answer)
    try:
        shop.hears("hi", play=False)
        route.route_waiting()
        assert conversation().assignee_id is None  # type: ignore[attr-defined]
        shop.plays()
        assert given_to() is None
    finally:
        route._patience.clear()
