"""A model answers customers of the shop: published flows, a real server, messages that come in and go out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.models import ModelServer, a_model
from wablast_box.engine.ai import ask, providers
from wablast_box.engine.ai.models import AiUsage
from wablast_box.engine.flows.models import FlowStep
from wablast_box.lib import worker


@pytest.fixture
def shop(box: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(worker.huey, "immediate", False)  # no bell is heard: nothing leaves
    ask._without.clear()
    return Shop()


def use(shop: Shop, model: ModelServer, **given: object) -> None:
    values = {"name": "Mine", "kind": "openai_compatible", "base_url": model.base_url, "model": "llama3.2:3b", "allows_private": True}
    providers.add_provider({**values, **given}, by=shop.asha)


def errors() -> list[str]:
    return [row.error for row in FlowStep.select().where(FlowStep.error.is_null(False))]


@pytest.mark.feature("FN-49")
@pytest.mark.feature("AI-02")
def test_a_model_of_ones_own_answers_from_what_it_is_told(shop: Shop) -> None:
    with a_model("We open at ten. {{contact.phone}} {% raw %}") as model:
        use(shop, model)
        shop.on(
            graph(
                node("it", "ai_answer", instructions="You work for Asha.", knowledge="Open 10-20."), node("no", "send_message", text="ask us"),
                edges="start>it it.unsure>no",
            )
        )  # fmt: skip
        shop.hears("When do you open?")

    assert errors() == []
    assert shop.said() == ["We open at ten. {{contact.phone}} {% raw %}"]
    assert "Open 10-20." in model.seen() and "You work for Asha." in model.seen()
    assert model.asked[0]["messages"][-1] == {"role": "user", "content": "When do you open?"}
    assert [(row.state, row.tokens_in, row.tokens_out, row.asked_by.split(":")[0]) for row in AiUsage.select()] == [
        ("done", 100, 20, "flow")
    ]
