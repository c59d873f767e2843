"""What is said of translations while a flow is drawn, and what is kept of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.design.wording import lines
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.languages import mark_of
from wablast_box.lib.errors import Invalid

pytestmark = pytest.mark.feature("FE-28")
MENU = node("ask", "send_buttons", text="Well, {{contact.name}}?", buttons=[{"id": "y", "title": "Yes"}, {"id": "n", "title": "No"}],
            reprompts=0, reprompt_text="Once more")  # fmt: skip
SOURCES = {
    "text": "Well, {{contact.name}}?",
    "reprompt_text": "Once more",
    "button": "Choose",
    "buttons.y.title": "Yes",
    "buttons.n.title": "No",
}
WHOLE = {"text": "तो, {{contact.name}}?", "reprompt_text": "फिर से", "button": "चुनें", "buttons.y.title": "हाँ", "buttons.n.title": "नहीं"}


def flow(others: list[str] | None = None, **changed: Any) -> dict[str, Any]:
    """A menu with all of its Hindi but what is changed."""
    texts: dict[str, Any] = {path: {"text": text, "of": mark_of(SOURCES[path])} for path, text in WHOLE.items()}
    texts |= {path.replace("__", "."): one for path, one in changed.items()}
    return {
        **graph(MENU, edges="start>ask"), "languages": {"main": "en", "others": ["hi"] if others is None else others},
        "texts": {"hi": {"ask": {path: one for path, one in texts.items() if one is not None}}},
    }  # fmt: skip


def told(drawn: dict[str, Any]) -> list[tuple[str | None, str, str | None, str | None]]:
    found = problems_of(drawn)
    return [(one.field, one.code, one.severity, one.language) for one in found if one.language is not None]


def test_a_flow_that_is_translated_whole_has_nothing_to_say() -> None:
    assert told(flow()) == []


def test_how_many_are_missing_stale_and_not_looked_at_is_one_warning() -> None:
    drawn = flow(text={"text": "तो {{contact.name}}?", "of": "00000000"}, button={"text": "चुनें", "of": mark_of("Choose"), "unseen": True},
                 reprompt_text=None)  # fmt: skip

    (found,) = [one for one in problems_of(drawn) if one.language]

    assert (found.node_id, found.severity) == (None, "warning")
    assert found.message == "हिन्दी (hi): of 5 texts 1 not translated, 1 changed since, 1 not looked at yet."


def test_words_that_change_make_their_translation_stale_and_moving_a_button_does_not() -> None:
    drawn = flow()
    ask = drawn["nodes"][1]["data"]
    drawn["nodes"][1] = {**drawn["nodes"][1], "data": {**ask, "text": "So, {{contact.name}}?", "buttons": ask["buttons"][::-1]}}

    states = {line.words.path: line.state for line in lines(parse_graph(drawn), "hi")}

    assert {path for path, state in states.items() if state != "done"} == {"text"}


def test_whatsapps_limits_hold_in_every_language_and_name_the_place() -> None:
    drawn = flow(buttons__n__title={"text": "यह बीस अक्षरों से कहीं ज़्यादा है", "of": mark_of("No")})

    (found,) = [one for one in problems_of(drawn) if one.severity == "error"]

    assert (found.node_id, found.field, found.language, found.code) == ("ask", "buttons.1.title", "hi", "too_long")
    assert found.message.startswith("हिन्दी (hi): “Words” has")


def test_two_buttons_with_the_same_translation_cannot_be_told_apart() -> None:
    assert ("buttons.1.title", "twice", "error", "hi") in told(flow(buttons__n__title={"text": "हाँ", "of": mark_of("No")}))


def test_a_translation_that_lost_a_value_is_warned_of() -> None:
    assert told(flow(text={"text": "तो?", "of": mark_of(SOURCES["text"])})) == [("text", "values_differ", "warning", "hi")]
    assert told(flow(text={"text": "तो, {{ contact.name }}?", "of": mark_of(SOURCES["text"])})) == []


def test_a_region_counts_what_its_language_says() -> None:
    assert {line.state for line in lines(parse_graph(flow(["hi", "hi-IN"])), "hi-IN")} == {"done"}


def test_a_limit_forbids_publishing_and_missing_texts_do_not(shop: Shop) -> None:
    shop.on(flow(text=None))
    with pytest.raises(Invalid, match="characters"):
        shop.on(flow(text={"text": "ह" * 1025}))


def test_texts_of_what_is_gone_go_at_the_next_save(shop: Shop) -> None:
    drawn = flow(buttons__old__title={"text": "पुराना"}, unheard_of={"text": "?"})
    drawn["texts"] |= {"ta": {"ask": {"text": {"text": "அப்படியா"}}}}
    drawn["texts"]["hi"]["gone"] = {"text": {"text": "गया"}}

    made = flows.create_flow("Welcome", drawn, shop.asha)["graph"]

    assert made["texts"] == {"hi": {"ask": flow()["texts"]["hi"]["ask"]}}


def test_a_field_that_is_empty_for_now_keeps_its_translation(shop: Shop) -> None:
    drawn = flow(footer={"text": "छोटा"})

    assert flows.create_flow("Welcome", drawn, shop.asha)["graph"] == drawn


def test_what_a_node_of_an_absent_plugin_says_is_kept(shop: Shop) -> None:
    drawn = {**graph(node("x", "away.greet", words="Hello"), edges="start>x"), "languages": {"others": ["hi"]},
             "texts": {"hi": {"x": {"words": {"text": "नमस्ते"}}}}}  # fmt: skip

    assert flows.create_flow("Welcome", drawn, shop.asha)["graph"] == drawn


@pytest.mark.parametrize(
    "broken",
    [
        {"languages": []}, {"languages": {"others": "hi"}}, {"languages": {"main": "hindi!"}}, {"languages": {"others": ["HI"]}},
        {"languages": {"others": ["hi", "hi"]}}, {"languages": {"main": "hi", "others": ["hi"]}}, {"languages": {"others": [5]}},
        {"languages": {"others": [f"x{chr(97 + at)}" for at in range(21)]}}, {"texts": []}, {"texts": {"hi": {"n": []}}},
        {"texts": {"hi": {"n": {"text": "words"}}}}, {"texts": {"hi": {"n": {"text": {"text": 5}}}}},
        {"texts": {"hi": {"n": {"text": {"text": "x" * 20_001}}}}}, {"texts": {"hi": {"n": {"text": {"text": "x", "unseen": 1}}}}},
    ],
)  # fmt: skip
def test_languages_of_another_form_are_refused_with_the_place(broken: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        parse_graph({"nodes": [], "edges": [], **broken})

    assert refused.value.code == "not_a_graph"
    assert str(refused.value.field).startswith("graph.")
