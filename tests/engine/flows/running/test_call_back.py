"""Another system lets a flow go on: once, with what it brought, whenever it calls and whatever dies between."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.acting.servers import Asked, answers, listed, server
from tests.engine.flows.nodes.conftest import played, way
from tests.engine.flows.running.test_kill import child
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.keeping import addresses, turns
from wablast_box.engine.flows.models import FlowAddress, FlowTurn
from wablast_box.engine.flows.running.call_back import call_back
from wablast_box.engine.flows.running.start import stop_session
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.lib import db
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Invalid, NotFound

PAYING = graph(
    node("make", "make_address"),
    node("say", "send_message", text="Pay here: https://pay.example.com/?back={{resume_url}}"),
    node("wait", "wait_for_system", save_as="paid", wait_minutes=60),
    node("thanks", "send_message", text="Thank you for {{paid.amount | inr}}"),
    node("late", "send_message", text="Too late"),
    edges="start>make make>say say>wait wait.next>thanks wait.timeout>late",
)


def token_in(url: str) -> str:
    assert url.startswith("http") and addresses.PATH in url
    return url.rpartition("/")[2]


def token(shop: Shop, name: str = "resume_url") -> str:
    return token_in(shop.session().variables_json[name])


@pytest.mark.feature("FN-41")
def test_a_call_lets_the_flow_go_on_with_what_it_brought(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    key = token(shop)
    assert shop.session().wait_for == "address"

    assert call_back(key, {"amount": 1250})
    shop.plays()

    assert shop.said()[-1] == "Thank you for ₹1,250"
    assert len(key) >= 43 and key not in str([row.token_hash for row in FlowAddress.select()])


@pytest.mark.feature("FN-41")
def test_called_again_it_says_so_and_nothing_happens(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    key = token(shop)

    assert [call_back(key, {"amount": amount}) for amount in (1, 2, 3)] == [True, False, False]
    shop.plays()
    assert not call_back(key, {"amount": 4})

    assert shop.said()[1:] == ["Thank you for ₹1"]


@pytest.mark.feature("FN-41")
def test_it_may_be_called_before_the_flow_waits(shop: Shop) -> None:
    shop.on(
        graph(
            node("make", "make_address"), node("ask", "ask_text", question="Name?", save_as="name"),
            node("wait", "wait_for_system", save_as="brought"), node("say", "send_message", text="{{name}}: {{brought.state}}"),
            edges="start>make make>ask ask>wait wait>say",
        )
    )  # fmt: skip
    shop.hears("hi")
    assert call_back(token(shop), {"state": "paid"})
    shop.plays()
    assert shop.said() == ["Name?"]
    shop.hears("Kabir")

    assert shop.said() == ["Name?", "Kabir: paid"]


@pytest.mark.feature("FN-41")
def test_too_late_is_too_late(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    key = token(shop)
    with shop.at(now() + timedelta(minutes=61)):
        with pytest.raises(NotFound):
            call_back(key, {"amount": 1})
        assert shop.said()[-1] == "Too late"


@pytest.mark.feature("FN-41")
def test_nobody_waits_when_the_session_is_over(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    key = token(shop)
    stop_session(EVERYTHING, shop.session().id, shop.asha.ref)

    with pytest.raises(NotFound) as refused:
        call_back(key, {"amount": 1})
    assert refused.value.code == "address_over"
    assert not FlowTurn.select().where(FlowTurn.kind == "address").exists()


@pytest.mark.feature("FN-41")
def test_two_addresses_of_one_session_are_told_apart(shop: Shop) -> None:
    shop.on(
        graph(
            node("a", "make_address", save_as="yes_url"), node("b", "make_address", save_as="no_url"),
            node("wait", "wait_for_system", address="yes_url", wait_minutes=60), node("say", "send_message", text="yes"),
            node("late", "send_message", text="late"), edges="start>a a>b b>wait wait.next>say wait.timeout>late",
        )
    )  # fmt: skip
    shop.hears("hi")
    assert call_back(token(shop, "no_url"), {})
    shop.plays()
    assert (shop.said(), shop.session().wait_for) == ([], "address")
    with shop.at(now() + timedelta(minutes=59)):
        assert shop.said() == []
    assert call_back(token(shop, "yes_url"), {})
    shop.plays()

    assert shop.said() == ["yes"]


@pytest.mark.feature("FN-41")
def test_an_address_of_somebody_else_does_not_help(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    other = shop.session().variables_json["resume_url"]
    assert call_back(token_in(other), {"amount": 7})
    shop.plays()
    shop.on(
        graph(
            node("wait", "wait_for_system", address="theirs"), node("no", "send_message", text="no"), node("ask", "ask_text", question="?", save_as="theirs"),
            edges="start>ask ask>wait wait.error>no", trigger={"kind": "keyword", "words": "steal", "priority": 5},
        ), "Thief",
    )  # fmt: skip
    shop.hears("steal", who="919800000009")
    shop.hears(other, who="919800000009")

    assert (shop.session().state, shop.session().wait_for) == ("waiting", "address")


@pytest.mark.feature("FN-41")
def test_the_address_is_handed_on_by_a_request_before_the_wait(shop: Shop) -> None:
    def calls_at_once(asked: Asked, handler: Any) -> None:
        # The other system is faster than the flow: it calls before its answer is read.
        answers(200, b'{"ok": true}')(asked, handler)

    with server(calls_at_once) as crm, listed(crm):
        shop.on(
            graph(
                node("make", "make_address"),
                node("ask", "http_request", method="POST", url=crm.url, body_kind="json", body='{"back": "{{resume_url}}"}'),
                node("wait", "wait_for_system", save_as="brought"), node("say", "send_message", text="{{brought}}"),
                edges="start>make make>ask ask>wait wait>say",
            )
        )  # fmt: skip
        shop.hears("hi")
        told = crm.asked[0].body.decode()
    assert call_back(told.rpartition("/")[2].rstrip('"}'), ["a", "list"])
    shop.plays()

    assert shop.said() == ["a, list"]


@pytest.mark.feature("FN-41")
@pytest.mark.parametrize("body", ["x" * 70_000, {"a": ["x" * 1000] * 70}])
def test_what_is_too_large_to_be_kept_is_refused_and_may_be_sent_smaller(shop: Shop, body: Any) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    with pytest.raises(Invalid):
        call_back(token(shop), body)

    assert call_back(token(shop), {"amount": 1})


@pytest.mark.feature("FN-41")
def test_without_an_address_it_goes_by_error() -> None:
    done = played([("wait_for_system", {}), ("send_message", {"text": "next"})], ways={"n1.error": "n2"})

    assert way(done) == "error"
    assert next(one["error"] for one in done.steps if one["error"]).startswith("“resume_url” holds no address")


@pytest.mark.feature("FN-41")
def test_a_rehearsal_waits_and_goes_on_with_what_was_pinned() -> None:
    nodes: list[tuple[str, Any]] = [
        ("make_address", {}), ("wait_for_system", {"save_as": "paid", "wait_minutes": 10}), ("send_message", {"text": "{{paid.amount}}"}),
    ]  # fmt: skip
    waiting, pinned, late = played(nodes), played(nodes, pinned={"n2": {"amount": 5}}), played(nodes, {"skip_s": 3600})

    assert (waiting.run.state, waiting.run.wait_for) == ("waiting", "address")
    assert pinned.replies[0]["message"]["text"]["body"] == "5"
    assert way(late, "n2") == "timeout"
    assert waiting.run.variables["resume_url"].startswith("https://")


@pytest.mark.feature("FE-03")
def test_what_is_wrong_with_the_wait_is_said(shop: Shop) -> None:
    drawn = graph(
        node("make", "make_address", save_as="Bad name", valid_days=0),
        node("wait", "wait_for_system", save_as="resume_url"),
        edges="start>make make>wait",
    )

    assert {(one.node_id, one.field) for one in problems_of(drawn) if one.severity == "error"} == {
        ("make", "save_as"), ("make", "valid_days"), ("wait", "save_as"),
    }  # fmt: skip


@pytest.mark.feature("FE-14")
def test_a_box_that_dies_between_the_call_and_the_flow_goes_on_after_the_start(shop: Shop, box: Path) -> None:
    if db.is_postgres():
        pytest.skip("the child opens the file of this box")
    shop.on(PAYING)
    shop.hears("hi")
    assert call_back(token(shop), {"amount": 3})
    for _ in range(3):
        started = child(box)
        started.kill()
        started.wait()
    shop.plays()
    turns.release_all()
    shop.plays()

    assert shop.said()[1:] == ["Thank you for ₹3"]


def test_addresses_that_are_long_over_are_forgotten(shop: Shop) -> None:
    shop.on(PAYING)
    shop.hears("hi")
    with frozen_at(now() + timedelta(days=36)):
        addresses.prune()
        assert FlowAddress.select().count() == 1
    with frozen_at(now() + timedelta(days=38)):
        addresses.prune()

    assert FlowAddress.select().count() == 0


@pytest.mark.feature("FN-41")
def test_an_address_whose_days_are_over_lets_nobody_go_on_though_the_flow_still_waits(shop: Shop) -> None:
    shop.on(graph(
        node("make", "make_address", valid_days=1), node("wait", "wait_for_system", wait_minutes=7 * 24 * 60), edges="start>make make>wait",
    ))  # fmt: skip
    shop.hears("hi")
    began = now()
    with frozen_at(began + timedelta(days=1, minutes=1)), pytest.raises(NotFound):
        call_back(token(shop), {})
    assert (shop.session().state, FlowTurn.select().where(FlowTurn.kind == "address").count()) == ("waiting", 0)
    with frozen_at(began + timedelta(hours=23)):
        assert call_back(token(shop), {})
