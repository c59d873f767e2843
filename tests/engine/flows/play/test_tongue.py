"""A flow in several languages, played: which one a customer reads, and that labels typed in any of them count."""

from __future__ import annotations

from typing import Any

import pytest

from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.languages import Languages, mark_of
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play

pytestmark = pytest.mark.feature("FE-28")
BUTTONS = {"text": "Do you want it?", "buttons": [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}], "save_as": "wish"}
HINDI = {"text": "क्या आपको चाहिए?", "buttons.yes.title": "हाँ", "buttons.no.title": "नहीं", "button": "चुनें"}
TAMIL = {"buttons.yes.title": "ஆம்"}


def drawn(*nodes: dict[str, Any], others: tuple[str, ...] = ("hi", "ta"), **texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Each node leads to the next."""
    listed = [{"id": "n0", "type": "start", "data": {}}, *({"id": f"n{at}", **one} for at, one in enumerate(nodes, 1))]
    return {
        "nodes": listed,
        "edges": [{"from": f"n{at}", "output": "next", "to": f"n{at + 1}"} for at in range(len(nodes))],
        "languages": {"main": "en", "others": list(others)},
        "texts": {
            code.replace("_", "-"): {node: {path: {"text": text} for path, text in paths.items()} for node, paths in per.items()}
            for code, per in texts.items()
        },
    }


def menu(**texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    return drawn({"type": "send_buttons", "data": BUTTONS}, **(texts or {"hi": {"n1": HINDI}, "ta": {"n1": TAMIL}}))


def talk(graph: dict[str, Any], *said: Any, language: str = "hi") -> Rehearsal:
    return play(parse_graph(graph), ["hi", *said], contact={"language": language})


def said(heard: Rehearsal) -> list[str]:
    bodies = [one["message"] for one in heard.replies]
    return [one["text"]["body"] if one["type"] == "text" else one["interactive"]["body"]["text"] for one in bodies]


@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("hi", "क्या आपको चाहिए?", "हाँ"), ("hi-IN", "क्या आपको चाहिए?", "हाँ"), ("hi-Latn-IN", "क्या आपको चाहिए?", "हाँ"),
        ("ta", "Do you want it?", "ஆம்"), ("en", "Do you want it?", "Yes"), ("fr", "Do you want it?", "Yes"), ("hin", "Do you want it?", "Yes"),
    ],
)  # fmt: skip
def test_a_customer_reads_the_nearest_language_that_is_there(language: str, words: str, button: str) -> None:
    sent = talk(menu(), language=language).replies[0]["message"]["interactive"]

    assert (sent["body"]["text"], sent["action"]["buttons"][0]["reply"]) == (words, {"id": "yes", "title": button})


def test_what_a_region_does_not_say_its_language_does() -> None:
    texts = {"hi": {"n1": {"text": "नमस्ते"}, "n2": {"text": "अलविदा"}}, "hi_IN": {"n1": {"text": "नमस्कार"}}}
    graph = drawn({"type": "send_message", "data": {"text": "Hello"}}, {"type": "send_message", "data": {"text": "Bye"}},
                  others=("hi", "hi-IN"), **texts)  # fmt: skip

    assert said(talk(graph, language="hi-IN")) == ["नमस्कार", "अलविदा"]


def test_whoever_reads_the_main_language_reads_nothing_else() -> None:
    assert Languages("hi", ("hi-IN", "en")).wanted_by("hi") == ()
    assert Languages("hi", ("hi-IN", "en")).wanted_by("hi-IN") == ("hi-IN",)
    assert Languages("hi", ("en",)).wanted_by("en_GB") == ("en",)
    assert Languages("en", ("hi",)).wanted_by(None) == ()


def test_the_language_is_read_at_each_step() -> None:
    graph = drawn(
        {"type": "send_message", "data": {"text": "Hello"}}, {"type": "set_language", "data": {"language": "hi"}},
        {"type": "send_message", "data": {"text": "Hello"}}, hi={"n1": {"text": "नमस्ते"}, "n3": {"text": "नमस्ते"}},
    )  # fmt: skip

    assert said(talk(graph, language="en")) == ["Hello", "नमस्ते"]


@pytest.mark.parametrize("language", ["en", "hi", "ta"])
@pytest.mark.parametrize("typed", ["हाँ", "Yes", "yes!", "ஆம்", "1"])
def test_a_label_typed_in_any_language_of_the_flow_is_a_tap(language: str, typed: str) -> None:
    heard = talk(menu(), typed, language=language)

    assert (heard.steps[-1]["outcome"], heard.run.variables["wish"]) == ("yes", "Yes")


def test_the_customers_own_language_goes_first_where_two_say_the_same() -> None:
    texts = {"hi": {"n1": {"buttons.no.title": "Yes", "buttons.yes.title": "Ha"}}}

    assert talk(menu(**texts), "yes", language="hi").steps[-1]["outcome"] == "no"
    assert talk(menu(**texts), "yes", language="en").steps[-1]["outcome"] == "yes"


def test_what_no_language_says_is_asked_again_in_the_customers_own() -> None:
    texts = {"hi": {"n1": {**HINDI, "reprompt_text": "फिर से बताइए"}}}

    assert said(talk(menu(**texts), "what?"))[-1] == "फिर से बताइए"


def test_what_is_kept_of_a_choice_is_in_the_main_language_so_that_conditions_hold() -> None:
    heard = talk(menu(), {"reply_id": "no", "text": "नहीं"})

    assert (heard.steps[-1]["outcome"], heard.run.variables["wish"]) == ("no", "No")


def test_the_same_talk_takes_the_same_steps_in_every_language() -> None:
    ways = {
        language: [one["outcome"] for one in talk(menu(), {"reply_id": "yes", "text": ""}, language=language).steps]
        for language in ("en", "hi")
    }

    assert ways["en"] == ways["hi"]


def test_the_mark_of_a_text_is_what_browsers_work_out() -> None:
    assert (mark_of("Do you want it?"), mark_of("नमस्ते 🙏"), mark_of("")) == ("b9c44194", "bdd3ebbb", "00000000")
