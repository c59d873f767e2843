"""A flow is translated by a language model: a real server, real rows, and answers of every kind."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.models import ModelServer, Rude, a_model, error
from wablast_box.engine.ai import ask, providers
from wablast_box.engine.ai.models import AiUsage
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.design.wording import lines
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.languages import mark_of
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.translating import order, work
from wablast_box.engine.flows.translating.models import FlowTranslation
from wablast_box.lib import worker
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import BoxError, Conflict, Invalid

pytestmark = pytest.mark.feature("FE-28")
HALF = '{"texts": [{"n": 1, "text": "\\ud800"}]}'
HELLO = "Hi {{contact.name}}, *10%* off till 24 Dec 🎉 https://asha.example/offer"
GOOD = "नमस्ते {{contact.name}}, 24 दिसंबर तक *10%* छूट 🎉 https://asha.example/offer"
DRAWN = {
    **graph(
        node("hello", "send_message", text=HELLO), node("ask", "send_buttons", text="Want it?", reprompts=0, reprompt_text="Again, please",
             buttons=[{"id": "y", "title": "Yes"}, {"id": "n", "title": "No"}]), edges="start>hello hello>ask",
    ),
    "languages": {"main": "en", "others": ["hi", "ta"]},
}  # fmt: skip
HINDI = {
    "hello/text": GOOD,
    "ask/text": "चाहिए?",
    "ask/reprompt_text": "फिर से",
    "ask/buttons.y.title": "हाँ",
    "ask/buttons.n.title": "नहीं",
    "ask/button": "चुनें",
}


@pytest.fixture
def shop(box: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(worker.huey, "immediate", False)  # the bell is rung by the test
    ask._without.clear()
    return Shop()


def use(shop: Shop, model: ModelServer) -> None:
    given = {"name": "Mine", "kind": "openai_compatible", "base_url": model.base_url, "model": "llama3.2:3b", "allows_private": True}
    providers.add_provider(given, by=shop.asha)


def answer(**changed: Any) -> dict[str, Any]:
    """What a good model says, but for what is changed; None leaves it out."""
    found = {**HINDI, **{path.replace("__", "/"): text for path, text in changed.items()}}
    listed = lines(parse_graph(DRAWN), "hi")
    asked = {f"{one.node.id}/{one.words.path}": at for at, one in enumerate(listed, 1)}
    return {"texts": [{"n": asked[path], "text": text} for path, text in found.items() if text is not None]}


def drawn(shop: Shop, changes: dict[str, Any] | None = None) -> int:
    return int(flows.create_flow("Offer", {**DRAWN, **(changes or {})}, shop.asha)["id"])


def texts(flow_id: int, language: str = "hi") -> dict[str, Any]:
    """Path and text of what stands in the draft."""
    nodes = Flow.get_by_id(flow_id).draft_json.get("texts", {}).get(language, {})
    return {f"{number}/{path}": one["text"] for number, paths in nodes.items() for path, one in paths.items()}


def test_a_model_translates_what_is_missing_and_a_person_still_has_to_look(shop: Shop) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        number = drawn(shop)
        made = order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

        assert (made["state"], made["total"]) == ("waiting", 6)
        assert texts(number) == HINDI
        assert {line.state for line in lines(parse_graph(Flow.get_by_id(number).draft_json), "hi")} == {"unseen"}
        assert order.orders(number)[0] | {"id": "", "created_at": ""} == {
            "id": "", "language": "hi", "state": "done", "total": 6, "done": 6, "refused": 0, "error": None, "created_at": "",
        }  # fmt: skip
        assert "6 not looked at yet" in next(one.message for one in problems_of(Flow.get_by_id(number).draft_json) if one.language == "hi")
        assert json.loads(model.asked[0]["messages"][1]["content"])["texts"][0]["text"] == HELLO
        assert "हिन्दी (hi)" in model.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace("{{contact.name}}", "Kabir"), GOOD.replace("name", "first_name"), GOOD + " {{contact.phone}}", GOOD.replace("*", ""),
        GOOD.replace("🎉", ""), GOOD.replace("offer", "angebot"), GOOD.replace("10", "20"), GOOD.replace("24", "25"), "", "   ", "x" * 4097,
        None, 7,
    ],
)  # fmt: skip
def test_what_did_not_survive_is_refused_and_stays_missing(shop: Shop, bad: Any) -> None:
    with a_model(answer(hello__text=bad)) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

    assert "hello/text" not in texts(number)
    assert (order.orders(number)[0]["done"], order.orders(number)[0]["refused"]) == (5, 1)


def test_numbers_may_be_written_in_the_other_script(shop: Shop) -> None:
    with a_model(answer(hello__text=GOOD.replace("24", "२४"))) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

    assert "२४" in texts(number)["hello/text"]


def test_a_button_that_came_out_too_long_is_refused(shop: Shop) -> None:
    with a_model(answer(**{"ask__buttons.y.title": "जी हाँ, मुझे यह ज़रूर चाहिए"})) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

    assert "ask/buttons.y.title" not in texts(number)


@pytest.mark.parametrize("nonsense", ["Cannot.", {"texts": "no"}, {"texts": [5, {"n": "1"}, {"n": 99, "text": "x"}]}, "{", HALF])
def test_an_answer_that_is_none_leaves_everything_missing(shop: Shop, nonsense: Any) -> None:
    with a_model(nonsense) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

    assert texts(number) == {}
    assert (order.orders(number)[0]["state"], order.orders(number)[0]["refused"]) == ("done", 6)


def test_what_a_person_wrote_is_written_over_only_when_all_are_wanted(shop: Shop) -> None:
    mine = {"texts": {"hi": {"ask": {"text": {"text": "लेंगे?", "of": mark_of("Want it?")}}}}}
    with a_model({"texts": [{"n": at, "text": "आ"} for at in range(1, 7)]}) as model:
        use(shop, model)
        number = drawn(shop, mine)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()
        assert texts(number)["ask/text"] == "लेंगे?"
        order.order(number, "hi", "all", shop.asha)
        work.translate_due()

    assert texts(number)["ask/text"] == "आ"


def test_what_has_changed_since_can_be_translated_alone(shop: Shop) -> None:
    old = {"texts": {"hi": {"ask": {"text": {"text": "पुराना", "of": "00000000"}}}}}
    with a_model({"texts": [{"n": 1, "text": "चाहिए?"}]}) as model:
        use(shop, model)
        number = drawn(shop, old)
        assert order.order(number, "hi", "stale", shop.asha)["total"] == 1
        work.translate_due()

    assert texts(number) == {"ask/text": "चाहिए?"}


def test_what_is_drawn_while_the_model_thinks_is_not_written_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        real = ask.complete

        def meanwhile(*given: Any, **options: Any) -> Any:
            found = real(*given, **options)
            changed = json.loads(json.dumps(DRAWN))
            changed["nodes"][1]["data"]["text"] = "Something else"
            changed["texts"] = {"hi": {"ask": {"text": {"text": "मेरा", "of": mark_of("Want it?")}}}}
            flows.save_draft(number, changed, shop.asha)
            return found

        monkeypatch.setattr(ask, "complete", meanwhile)
        work.translate_due()

    assert texts(number) == {path: text for path, text in HINDI.items() if path != "hello/text"} | {"ask/text": "मेरा"}


def test_a_box_that_died_after_the_answer_hears_it_again_and_pays_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        with monkeypatch.context() as dying:
            dying.setattr(work, "_take_over", _dies)
            with pytest.raises(KeyboardInterrupt):
                work.translate_due()
        with frozen_at(now() + timedelta(minutes=4)):
            order.work_waiting()
            work.translate_due()

        assert texts(number) == HINDI
        assert (len(model.asked), AiUsage.select().count()) == (1, 1)


def _dies(*given: Any) -> None:
    raise KeyboardInterrupt


def test_a_model_that_is_away_is_asked_again_later(shop: Shop) -> None:
    with a_model(error(503), answer()) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()
        assert order.orders(number)[0]["state"] == "waiting"
        with frozen_at(now() + timedelta(minutes=2)):
            work.translate_due()

    assert (order.orders(number)[0]["state"], texts(number)) == ("done", HINDI)


def test_a_model_that_stays_away_ends_the_order_with_its_reason(shop: Shop) -> None:
    with a_model(Rude(hangs_up=True)) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        for minutes in range(0, 12, 2):
            with frozen_at(now() + timedelta(minutes=minutes)):
                work.translate_due()

    found = order.orders(number)[0]
    assert (found["state"], bool(found["error"])) == ("failed", True)


def test_what_cannot_be_ordered_is_said(shop: Shop) -> None:
    number = drawn(shop)
    with pytest.raises(Conflict, match="No AI model"):
        order.order(number, "hi", "missing", shop.asha)
    with a_model(answer()) as model:
        use(shop, model)
        for to, only in (("mr", "missing"), ("hi", "stale"), ("hi", "some")):
            with pytest.raises(Invalid):
                order.order(number, to, only, shop.asha)
        order.order(number, "hi", "missing", shop.asha)
        with pytest.raises(Conflict, match="already"):
            order.order(number, "ta", "missing", shop.asha)


def test_a_language_that_is_taken_out_meanwhile_ends_the_order(shop: Shop) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        flows.save_draft(number, {**DRAWN, "languages": {"main": "en", "others": []}}, shop.asha)
        work.translate_due()

    assert order.orders(number)[0]["state"] == "failed"


def test_many_texts_are_asked_for_in_handfuls_that_fit(shop: Shop) -> None:
    many = [node(f"n{at}", "send_message", text=f"Text {at}: " + "word " * 60) for at in range(20)]
    whole = {**graph(*many, edges="start>n0"), "languages": {"main": "en", "others": ["hi"]}}
    with a_model({"texts": []}) as model:
        use(shop, model)
        number = int(flows.create_flow("Long", whole, shop.asha)["id"])
        order.order(number, "hi", "missing", shop.asha)
        work.translate_due()

        assert len(model.asked) > 2
        assert sum(len(json.loads(one["messages"][1]["content"])["texts"]) for one in model.asked) == 20


def test_orders_that_are_long_over_are_forgotten(shop: Shop) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        order.order(drawn(shop), "hi", "missing", shop.asha)
        work.translate_due()
    with frozen_at(now() + timedelta(days=31)):
        order.prune()

    assert FlowTranslation.select().count() == 0


def test_a_flow_that_was_put_away_meanwhile_ends_the_order(shop: Shop) -> None:
    with a_model(answer()) as model:
        use(shop, model)
        number = drawn(shop)
        order.order(number, "hi", "missing", shop.asha)
        flows.delete_flow(number, shop.asha)
        work.translate_due()
    with pytest.raises(BoxError):
        order.orders(number)

    assert FlowTranslation.get().state == "failed"
