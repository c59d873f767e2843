"""A test run of a flow that no message begins."""

from __future__ import annotations

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.rehearsal.talk import simulate
from wablast_box.lib.errors import Invalid

WELCOME = graph(
    node("m", "send_message", text="Hello {{tag}}{{message.text}}"), edges="start>m", trigger={"kind": "tag_added", "tag": "VIP"}
)


@pytest.mark.feature("FT-07")
def test_a_flow_that_begins_by_itself_is_tried_without_a_word(shop: Shop) -> None:
    number = int(flows.create_flow("VIP", WELCOME, shop.asha)["id"])

    for talk in ([], [{"begins": "t"}]):
        played = simulate(number, talk)
        assert [one["message"]["text"]["body"] for one in played["replies"]] == ["Hello VIP"]
        assert (played["state"], played["replies"][0]["after"]) == ("ended", 0)


@pytest.mark.feature("FT-07")
def test_one_that_a_message_begins_waits_for_it(shop: Shop) -> None:
    drawn = graph(node("m", "send_message", text="Hello"), edges="start>m")
    number = int(flows.create_flow("Any", drawn, shop.asha)["id"])

    assert simulate(number, [])["steps"] == []
    with pytest.raises(Invalid, match="no message sets off"):
        simulate(number, [{"begins": "t"}])
