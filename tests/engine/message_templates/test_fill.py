"""What a template asks for, and what becomes of the answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.message_templates.planting import CODE, NAMED, ORDER
from tests.journeys.hostile import EVERYTHING
from wablast_box.engine.message_templates.fill import Filled, fill
from wablast_box.engine.message_templates.given import values_given
from wablast_box.engine.message_templates.shape import Shape, shape_of

FULL = {"header": {"1": "WB-7"}, "body": {"1": "Kabir", "2": "WB-7"}, "buttons": {"1": "7", "3": "DIWALI20"}}


def positional(components: Any = ORDER, category: str = "utility") -> Shape:
    return shape_of(components, category=category, parameter_format="positional")


def named() -> Shape:
    return shape_of(NAMED, category="utility", parameter_format="named")


def messages(filled: Filled) -> list[str]:
    return [one.message for one in filled.wrong]


@pytest.mark.feature("TP-06")
def test_numbered_values_stand_in_the_order_of_their_numbers_and_the_headers_apart() -> None:
    filled = fill(positional(), FULL)

    assert filled.wrong == ()
    assert filled.components[0] == {"type": "header", "parameters": [{"type": "text", "text": "WB-7"}]}
    assert filled.components[1] == {"type": "body", "parameters": [{"type": "text", "text": "Kabir"}, {"type": "text", "text": "WB-7"}]}


@pytest.mark.feature("TP-06")
def test_numbers_count_by_value_wherever_they_stand_in_the_text() -> None:
    shape = positional([{"type": "BODY", "text": "{{2}} before {{10}} and {{1}}, {{2}} again."}])

    filled = fill(shape, {"body": {"1": "one", "2": "two", "10": "ten"}})

    assert [one["text"] for one in filled.components[0]["parameters"]] == ["one", "two", "ten"]
    assert filled.rendered["body"] == "two before ten and one, two again."


@pytest.mark.feature("TP-06")
def test_named_values_carry_their_names_and_a_picture_is_the_headers_own() -> None:
    filled = fill(named(), {"header": {"media": {"media_id": "7"}}, "body": {"item": "saree", "first_name": "Kabir"}})

    assert filled.components == [
        {"type": "header", "parameters": [{"type": "image", "image": {"media_id": "7"}}]},
        {
            "type": "body",
            "parameters": [
                {"type": "text", "text": "Kabir", "parameter_name": "first_name"},
                {"type": "text", "text": "saree", "parameter_name": "item"},
            ],
        },
    ]
    assert filled.rendered["body"] == "Hi Kabir, your saree is ready."


@pytest.mark.feature("TP-07")
def test_everything_that_is_blank_or_missing_is_named_at_once() -> None:
    filled = fill(positional(), {"body": {"1": " \t", "2": "WB-7"}, "buttons": {"3": "DIWALI20"}})

    assert [one.field for one in filled.wrong] == ["parameters.header.1", "parameters.body.1", "parameters.buttons.1"]
    assert messages(filled)[1] == "“{{1}}” in the text is blank."
    assert [(blank.place, blank.key) for blank in filled.missing] == [("header", "1"), ("body", "1"), ("buttons", "1")]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("a line break", {"body": {"1": "a\nb", "2": "c"}}, "line break"),
    ("a tab", {"body": {"1": "a\tb", "2": "c"}}, "line break"),
    ("five spaces", {"body": {"1": "a     b", "2": "c"}}, "line break"),
    ("a NUL", {"body": {"1": "a\0b", "2": "c"}}, "line break"),
    ("half a character", {"body": {"1": "a\ud83d", "2": "c"}}, "line break"),
    ("a number", {"body": {"1": 7, "2": "c"}}, "should be text"),
    ("too long", {"body": {"1": "W" * 1025, "2": "c"}}, "1025 characters"),
    ("too long together", {"body": {"1": "W" * 600, "2": "W" * 600}}, "Filled in"),
    ("a header too long", {"header": {"1": "W" * 61}}, "61 characters"),
    ("a space in a link", {"buttons": {"1": "7 8", "3": "X"}}, "spaces"),
    ("a coupon too long", {"buttons": {"1": "7", "3": "X" * 21}}, "21 characters"),
    ("a name nobody asked for", {"body": {"1": "a", "2": "b", "colour": "red"}}, "no “colour”"),
    ("a button that is not there", {"buttons": {"1": "7", "3": "X", "9": "x"}}, "no “9”"),
]


@pytest.mark.parametrize(("values", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_meta_would_refuse_is_refused_before_it_is_sent(values: dict[str, Any], words: str) -> None:
    filled = fill(positional(), FULL | values)

    assert any(words in message for message in messages(filled))


def test_the_preview_shows_every_part_and_leaves_blanks_in_sight() -> None:
    shown = fill(positional(), {"body": {"1": "Kabir"}, "buttons": {"1": "7"}}).rendered

    assert shown["header"] == {"kind": "text", "text": "Order {{1}}"}
    assert shown["body"] == "Hello Kabir, order {{2}} leaves today."
    assert shown["footer"] == "Asha Textiles"
    assert shown["buttons"] == [
        {"kind": "quick_reply", "text": "Track"},
        {"kind": "url", "text": "Details", "url": "https://shop.example/o/7"},
        {"kind": "phone_number", "text": "Call", "phone_number": "+918047182200"},
        {"kind": "copy_code", "text": "Copy", "code": None},
    ]


def test_a_code_stands_in_the_text_and_on_its_button_though_it_is_typed_once() -> None:
    shape = positional(CODE, "authentication")

    filled = fill(shape, {"body": {"1": "481516"}})

    assert [blank.kind for blank in shape.blanks] == ["code"]
    assert filled.wrong == ()
    assert filled.components[1] == {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "481516"}]}
    assert filled.rendered["footer"] == "This code expires in 10 minutes."
    assert filled.rendered["buttons"] == [{"kind": "copy_code", "text": "Copy code", "code": "481516"}]


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert fill(positional(), FULL | {"body": {"1": "{{2}}", "2": "{{1}}"}}).rendered["body"] == "Hello {{2}}, order {{1}} leaves today."


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_hostile_text_changes_nothing_but_the_text(text: str) -> None:
    shape = positional([{"type": "BODY", "text": text}, {"type": "FOOTER", "text": text}])

    assert fill(shape, {}).rendered["body"] == text
    assert fill(positional(), FULL | {"body": {"1": text, "2": "x"}}).rendered["body"] == (
        f"Hello {text if text.strip() else '{{1}}'}, order x leaves today."
    )


MISSHAPEN: list[Any] = [None, "x", 7, {}, [None], [7], [{"type": 7}], [{"type": "BODY"}], [{"type": "BODY", "text": ["a"]}], [{"type": "HEADER", "format": 1}],
    [{"type": "BUTTONS", "buttons": [None, {"type": None}, {"type": "URL", "url": 7, "example": {}}]}], [{"type": "BODY", "text": "{{1}}", "example": {"body_text": [7]}}],
    [{"type": "BODY", "text": "{{1}}", "example": "x"}], [{"type": "BUTTONS", "buttons": {}}]]  # fmt: skip


@pytest.mark.parametrize("components", MISSHAPEN, ids=repr)
@pytest.mark.parametrize("form", ["named", "positional"])
def test_components_of_any_form_can_be_read_and_drawn(components: Any, form: str) -> None:
    shape = shape_of(components, category="utility", parameter_format=form)

    assert isinstance(fill(shape, {}).rendered["body"], str)


def test_a_limited_time_offer_is_left_to_programs() -> None:
    shape = positional([{"type": "BODY", "text": "Look"}, {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon"}}])

    assert shape.beyond == "a limited-time offer"


def test_values_in_metas_own_form_are_checked_like_ours() -> None:
    filled = fill(positional(), FULL)

    values, wrong = values_given(positional(), filled.components)

    assert (values, wrong) == (FULL, [])
    assert fill(positional(), values).rendered == filled.rendered


def test_more_values_than_blanks_are_counted() -> None:
    parameters = [{"type": "text", "text": str(n)} for n in range(3)]

    wrong = values_given(positional(), [{"type": "body", "parameters": parameters}])[1]

    assert wrong[0].message == "There are 3 values for the body, but the template takes 2."


def test_amounts_and_moments_count_with_their_fallback() -> None:
    parameters = [
        {"type": "currency", "currency": {"fallback_value": "₹ 900", "code": "INR", "amount_1000": 900000}},
        {"type": "text", "text": "x"},
    ]

    values = values_given(positional(), [{"type": "body", "parameters": parameters}])[0]

    assert values["body"] == {"1": "₹ 900", "2": "x"}
