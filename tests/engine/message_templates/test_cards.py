"""Templates with cards side by side: what each card asks for, by name, and the form that Meta documents."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.engine.message_templates.planting import SAREES, card
from tests.journeys.hostile import EVERYTHING
from wablast_box.engine.message_templates.fill import Filled, fill
from wablast_box.engine.message_templates.given import values_given
from wablast_box.engine.message_templates.read import checked_values
from wablast_box.engine.message_templates.shape import Shape, shape_of
from wablast_box.lib.errors import Invalid


def silk(**more: Any) -> dict[str, Any]:
    return {"header": {"media": {"media_id": "7"}}, "body": {"1": "Silk", "2": "₹4,200"}, "buttons": {"1": "silk"}} | more


FULL = {"body": {"1": "Kabir"}, "cards": [silk(), silk(body={"1": "Cotton", "2": "₹900"}, buttons={"1": "cotton"})]}


def shape(components: Any = SAREES, form: str = "positional") -> Shape:
    return shape_of(components, category="marketing", parameter_format=form)


def of_cards(*cards: dict[str, Any]) -> Shape:
    return shape([{"type": "BODY", "text": "Look"}, {"type": "CAROUSEL", "cards": list(cards)}])


def fields(filled: Filled) -> list[str]:
    return [one.field for one in filled.wrong]


@pytest.mark.feature("TP-06")
def test_the_numbers_of_each_card_are_its_own_and_go_out_as_meta_documents() -> None:
    filled = fill(shape(), FULL)

    assert filled.wrong == ()
    assert filled.components == [
        {"type": "body", "parameters": [{"type": "text", "text": "Kabir"}]},
        {
            "type": "carousel",
            "cards": [
                {
                    "card_index": 0,
                    "components": [
                        {"type": "header", "parameters": [{"type": "image", "image": {"media_id": "7"}}]},
                        {"type": "body", "parameters": [{"type": "text", "text": "Silk"}, {"type": "text", "text": "₹4,200"}]},
                        {
                            "type": "button",
                            "sub_type": "quick_reply",
                            "index": "0",
                            "parameters": [{"type": "payload", "payload": "card 1: Show me"}],
                        },
                        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "silk"}]},
                    ],
                },
                {
                    "card_index": 1,
                    "components": [
                        {"type": "header", "parameters": [{"type": "image", "image": {"media_id": "7"}}]},
                        {"type": "body", "parameters": [{"type": "text", "text": "Cotton"}, {"type": "text", "text": "₹900"}]},
                        {
                            "type": "button",
                            "sub_type": "quick_reply",
                            "index": "0",
                            "parameters": [{"type": "payload", "payload": "card 2: Show me"}],
                        },
                        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "cotton"}]},
                    ],
                },
            ],
        },
    ]


@pytest.mark.feature("TP-06")
def test_named_values_of_a_card_carry_their_names() -> None:
    named = shape(
        [{"type": "BODY", "text": "Hi {{name}} there"}, {"type": "CAROUSEL", "cards": [card(words="The {{name}} now"), card(words="It")]}],
        "named",
    )

    filled = fill(named, {"body": {"name": "Kabir"}, "cards": [silk(body={"name": "saree"}), silk(body={})]})

    assert filled.wrong == ()
    assert filled.rendered["body"] == "Hi Kabir there"
    sent = filled.components[1]["cards"][0]["components"][1]
    assert sent == {"type": "body", "parameters": [{"type": "text", "text": "saree", "parameter_name": "name"}]}
    assert filled.rendered["cards"][0]["body"] == "The saree now"


@pytest.mark.feature("TP-07")
def test_every_value_that_is_missing_is_named_with_its_card() -> None:
    filled = fill(shape(), {"body": {"1": "Kabir"}, "cards": [silk(), {"body": {"1": "Cotton", "2": " "}}]})

    assert fields(filled) == ["parameters.cards.1.header.media", "parameters.cards.1.body.2", "parameters.cards.1.buttons.1"]
    assert [one.message for one in filled.wrong] == [
        "The image of card 2 is missing.",
        "“{{2}}” in the text of card 2 is blank.",
        "“Buy” on the button of card 2 is blank.",
    ]
    assert {blank.card for blank in filled.missing} == {1}


@pytest.mark.feature("TP-07")
def test_a_card_that_was_forgotten_is_missing_as_a_whole() -> None:
    assert fields(fill(shape(), {"body": {"1": "Kabir"}, "cards": [silk()]})) == [
        "parameters.cards.1.header.media",
        "parameters.cards.1.body.1",
        "parameters.cards.1.body.2",
        "parameters.cards.1.buttons.1",
    ]


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("a line break", {"body": {"1": "a\nb", "2": "c"}}, "parameters.cards.1.body.1", "“{{1}}” of card 2 holds a line break"),
    ("a value too long", {"body": {"1": "W" * 161, "2": "c"}}, "parameters.cards.1.body.1", "WhatsApp takes at most 160"),
    ("too long together", {"body": {"1": "W" * 90, "2": "W" * 90}}, "parameters.cards.1.body", "the text of card 2 has 185 characters"),
    ("a space in a link", {"buttons": {"1": "a b"}}, "parameters.cards.1.buttons.1", "“Buy” of card 2 may not hold spaces"),
    ("what nobody asked for", {"body": {"1": "a", "2": "b", "3": "c"}}, "parameters.cards.1.body.3", "no “3” in the text of card 2"),
]


@pytest.mark.parametrize(("values", "field", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_meta_would_refuse_in_a_card_is_refused_by_its_name(values: dict[str, Any], field: str, words: str) -> None:
    filled = fill(shape(), {"body": {"1": "Kabir"}, "cards": [silk(), silk(**values)]})

    assert fields(filled) == [field]
    assert words in filled.wrong[0].message


def test_more_cards_than_the_template_has_are_refused() -> None:
    assert fill(shape(), FULL | {"cards": [silk(), silk(), silk()]}).wrong[0].field == "parameters.cards"
    assert fill(shape([{"type": "BODY", "text": "Look"}]), {"cards": [silk()]}).wrong[0].field == "parameters.cards"


def test_the_preview_shows_every_card_with_its_file_and_its_blanks_in_sight() -> None:
    shown = fill(shape(), {"cards": [silk(body={"1": "Silk"})]}).rendered

    assert shown["cards"][0] == {
        "header": {"kind": "image", "media_id": "7"},
        "body": "Silk for {{2}}",
        "footer": None,
        "buttons": [{"kind": "quick_reply", "text": "Show me"}, {"kind": "url", "text": "Buy", "url": "https://shop.example/p/silk"}],
    }
    assert shown["cards"][1]["header"] == {"kind": "image"}
    assert shown["cards"][1]["body"] == "{{1}} for {{2}}"


def test_what_cards_ask_for_stands_behind_what_the_text_asks_for() -> None:
    assert [(blank.card, blank.place, blank.key, blank.most) for blank in shape().all_blanks] == [
        (None, "body", "1", 1024), (0, "header", "media", 0), (0, "body", "1", 160), (0, "body", "2", 160), (0, "buttons", "1", 2000),
        (1, "header", "media", 0), (1, "body", "1", 160), (1, "body", "2", 160), (1, "buttons", "1", 2000),
    ]  # fmt: skip
    assert "Show me" in shape().words


@pytest.mark.feature("TP-06")
def test_metas_own_form_gives_the_same_values_whatever_the_order_of_the_cards() -> None:
    sent = fill(shape(), FULL).components
    sent[1]["cards"].reverse()

    values, wrong = values_given(shape(), sent)

    assert wrong == []
    assert fill(shape(), values).rendered == fill(shape(), FULL).rendered


WRONG_CARDS: list[tuple[str, list[int], str]] = [("one twice", [0, 0], "there twice"), ("one too many", [0, 1, 2], "has 2 cards")]


@pytest.mark.parametrize(("numbers", "words"), [row[1:] for row in WRONG_CARDS], ids=[row[0] for row in WRONG_CARDS])
def test_cards_that_do_not_count_are_refused_in_metas_own_form_too(numbers: list[int], words: str) -> None:
    sent = fill(shape(), FULL).components
    sent[1]["cards"] = [deepcopy(sent[1]["cards"][0]) | {"card_index": number} for number in numbers]

    assert words in values_given(shape(), sent)[1][0].message


def test_values_too_many_in_a_card_are_counted_in_metas_own_form() -> None:
    sent = fill(shape(), FULL).components
    sent[1]["cards"][1]["components"][1]["parameters"].append({"type": "text", "text": "x"})

    assert values_given(shape(), sent)[1][0].field == "template.components.cards.1.body"


BEYOND: list[tuple[str, Shape, str]] = [
    ("no cards", of_cards(), "a carousel without cards"),
    ("products", of_cards(card(kind="PRODUCT"), card(kind="PRODUCT")), "cards with products"),
    ("a product's button", of_cards(card(buttons=[{"type": "SPM", "text": "View"}])), "cards with products"),
    ("a document", of_cards(card(kind="DOCUMENT")), "cards with a header of the kind document"),
]


@pytest.mark.parametrize(("read", "why"), [row[1:] for row in BEYOND], ids=[row[0] for row in BEYOND])
def test_cards_that_only_a_program_can_fill_say_why(read: Shape, why: str) -> None:
    assert read.beyond == why
    assert read.cards == ()


@pytest.mark.parametrize(
    "cards", [None, 7, "x", {}, [None], [7, "x"], [{}], [{"components": 7}], [{"components": [None, {"type": 3}]}]], ids=repr
)
def test_cards_of_any_form_can_be_read_and_drawn(cards: Any) -> None:
    read = shape([{"type": "BODY", "text": "Look"}, {"type": "CAROUSEL", "cards": cards}])

    assert fill(read, {}).rendered["body"] == "Look"


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_hostile_value_changes_nothing_but_its_card(text: str) -> None:
    filled = fill(shape(), FULL | {"cards": [silk(body={"1": text, "2": "x"}), silk()]})

    assert filled.rendered["cards"][0]["body"] == f"{text if text.strip() else '{{1}}'} for x"
    assert filled.rendered["cards"][1]["body"] == "Silk for ₹4,200"


FORMS: list[Any] = [
    {"cards": {}},
    {"cards": [7]},
    {"cards": [{"colour": {}}]},
    {"cards": [{"body": 7}]},
    {"cards": [{}] * 11},
    {"cards": [{"cards": []}]},
]


@pytest.mark.parametrize("parameters", FORMS, ids=repr)
def test_values_of_another_form_are_refused_by_their_place(parameters: Any) -> None:
    with pytest.raises(Invalid) as refused:
        checked_values(parameters)

    assert str(refused.value.field).startswith("parameters.cards")
