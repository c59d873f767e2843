"""A node's words for the customer: which they are, and that nothing else is touched when another language is laid over them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.flows.wild import WORDS, fields_of
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import EMPTY, Text
from wablast_box.engine.flows.node.lists import Items, Names
from wablast_box.engine.flows.node.spoken import has_words, laid_over, words_of
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.nodes.menus import SendButtons
from wablast_box.engine.flows.nodes.questions import AskText
from wablast_box.engine.flows.nodes.talk import SendTemplate

pytestmark = pytest.mark.feature("FE-28")
often = settings(derandomize=True, max_examples=400, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MENU = {"text": "Well?", "buttons": [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}], "save_as": "said"}
DRAWN = st.sampled_from(BUILTIN).flatmap(lambda kind: st.tuples(st.just(kind), fields_of(kind)))


def test_words_are_found_with_items_by_their_ids() -> None:
    found = {one.path: (one.at, one.text) for one in words_of(SendButtons, MENU)}

    assert found["text"] == ("text", "Well?")
    assert found["buttons.no.title"] == ("buttons.1.title", "No")
    assert "save_as" not in found


def test_what_a_node_says_by_itself_can_be_translated_too() -> None:
    found = {one.path: one.text for one in words_of(AskText, {"question": "Your name?"})}

    assert found == {"question": "Your name?", "retry_text": AskText.sorry}
    assert AskText.describe()["fields"]["properties"]["retry_text"]["x-unsaid"] == AskText.sorry


def test_values_of_a_template_are_words_and_its_name_is_not() -> None:
    assert [one.path for one in words_of(SendTemplate, {"name": "offer", "values": {"1": "{{contact.name}}", "2": "a saree"}})] == [
        "values.2"
    ]


@pytest.mark.parametrize("text", ["", "{{contact.name}}", "12", "👍", "{{a}} – {{b}}", None, 5])
def test_what_holds_no_letter_needs_no_translation(text: Any) -> None:
    assert not has_words(text)


def test_a_plugins_own_fields_are_found_by_the_same_walk() -> None:
    class Greet(NodeType):
        """Greets."""

        type, title, category = "greet", "Greet", "messages"
        words = Text("Words", spoken=True)
        secret = Text("Secret")
        lines = Items("Lines", {"title": Text("Title", spoken=True), "code": Text("Code")})

    data = {"words": "Hello", "secret": "Do not tell", "lines": [{"id": "a.b", "title": "One", "code": "X"}]}

    assert [one.path for one in words_of(Greet, data)] == ["words", "lines.a.b.title"]
    assert laid_over(Greet, data, {"words": "नमस्ते", "secret": "?", "lines.a.b.title": "एक", "lines.a.b.code": "Y"}) == {
        "words": "नमस्ते", "secret": "Do not tell", "lines": [{"id": "a.b", "title": "एक", "code": "X"}],
    }  # fmt: skip


def test_what_is_silent_stays_silent() -> None:
    assert laid_over(SendButtons, {**MENU, "footer": ""}, {"footer": "छोटा", "header": "शीर्षक"}) == {**MENU, "footer": ""}


# What the customer reads and nobody translates: the names of people and firms, numbers, files, templates' names.
PLAIN = {"send_contact", "send_template"}


@pytest.mark.parametrize("kind", [kind for kind in BUILTIN if kind.type not in PLAIN], ids=lambda kind: kind.type)
def test_whatever_a_node_shows_the_customer_can_be_translated(kind: type[NodeType]) -> None:
    shown = [kind.fields()[name] for part, name in kind.preview.items() if part not in ("media", "link") and name in kind.fields()]
    silent = [one.name for one in shown if isinstance(one, Text) and not one.spoken]
    silent += [one.name for one in shown if isinstance(one, Items) and not any(inner.spoken for inner in one.fields.values())]

    assert silent == []


@often
@given(DRAWN, st.data())
def test_laying_over_changes_nothing_but_spoken_words(drawn: tuple[type[NodeType], dict[str, Any]], choose: st.DataObject) -> None:
    kind, data = drawn
    paths = [one.path for one in words_of(kind, data)]
    texts = choose.draw(st.dictionaries(st.sampled_from(paths) | WORDS if paths else WORDS, WORDS, max_size=6))

    spoken = laid_over(kind, data, texts)

    assert blanked(kind, spoken) == blanked(kind, data)
    ids = [one for one in texts if one in paths and has_words(texts[one])]
    assert {one.text for one in words_of(kind, spoken) if one.path in ids} <= set(texts.values())


def blanked(kind: type[NodeType], data: Any) -> Any:
    """The data without its words for the customer."""
    left: dict[str, Any] = {}
    for name, value in data.items():
        field = kind.fields().get(name)
        if isinstance(field, Names) and field.spoken and isinstance(value, dict):
            value = sorted(value)
        elif isinstance(field, Text) and field.spoken and (isinstance(value, str) or value in EMPTY):
            continue
        elif isinstance(field, Items) and isinstance(value, list):
            inner = {each for each, one in field.fields.items() if one.spoken}
            value = [{k: v for k, v in one.items() if k not in inner} if isinstance(one, dict) else one for one in value]
        left[name] = value
    return left
