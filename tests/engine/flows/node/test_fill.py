"""Texts of a flow: one pass, a closed list of filters, each place in its own writing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wablast_box.engine.flows.node import values
from wablast_box.lib.errors import Invalid

INDIA = ZoneInfo("Asia/Kolkata")
KNOWN = {
    "contact": {"name": "Kabir Mehta", "fields": {"size": 42}},
    "order": {"total": 1234567.5, "paise": 9950, "items": [{"title": "Saree"}, {"title": "Stole"}]},
    "visit": "2026-12-25T20:00:00Z",
    "day": "2026-12-25",
    "words": ["red", 1, True],
    "blank": " ",
}

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def filled(text: str, encoder: str = "text", known: dict[str, Any] = KNOWN) -> str:
    return values.fill(text, known, encoder, INDIA)


@pytest.mark.feature("FE-07")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{contact.name | first_name | upper}}!", "Hi KABIR!"),
        ("{{ contact.nick | default: 'friend' | capitalize }}", "Friend"),
        ("{{blank | default: you}}", "you"),
        ("[{{nobody}}] [{{contact.name | rot13}}] [{{}}]", "[] [] []"),
        ("{{order.items.1.title}} of {{order.items | count}}", "Stole of 2"),
        ("{{order.items.9.title}}", ""),
        ("{{order.total | inr}}, {{order.paise | inr_paise}}", "₹12,34,567.50, ₹99.50"),
        ("{{order.total | number}} {{order.total | round}} {{order.total | round: 2 | number}}", "12,34,567.5 1234568 12,34,567.5"),
        ("{{visit | date}}, {{visit | time}}", "26 Dec 2026, 1:30 AM"),
        ("{{visit | datetime}}", "26 Dec 2026, 1:30 AM"),
        ('{{day | date: "dddd, DD MMMM YYYY"}}', "Friday, 25 December 2026"),
        ("{{words}} or {{words | join: ' / '}}", "red, 1, true or red / 1 / true"),
        ("{{contact.fields}}", '{"size":42}'),
        ("{{contact.name | inr}} {{contact.name | date}}", "Kabir Mehta Kabir Mehta"),
    ],
)
def test_values_stand_in_the_places_of_their_names(text: str, shown: str) -> None:
    assert filled(text) == shown


@pytest.mark.feature("FE-07")
@given(st.text(max_size=80), st.sampled_from(sorted(values.ENCODERS)))
def test_a_value_is_never_read_as_a_template(value: str, encoder: str) -> None:
    secret = "{{order.total}}"
    written = filled("{{said}}", encoder, KNOWN | {"said": value + secret})

    assert "1234567" not in written
    assert {"url": unquote, "json": lambda text: json.loads(f'"{text}"')}.get(encoder, str)(written).endswith(secret)


@pytest.mark.feature("FE-07")
@given(
    st.lists(st.sampled_from(["{{", "}}", "|", ":", "a", "a.b", " ", '"', "date", "inr", "json", "count", "join", "round: 99", "é{"])).map(
        "".join
    ),
    plain_values,
    st.sampled_from(sorted(values.ENCODERS)),
)
def test_any_text_with_any_values_is_filled(text: str, value: object, encoder: str) -> None:
    assert isinstance(filled(text, encoder, {"a": value}), str)


@pytest.mark.feature("FE-07")
@pytest.mark.parametrize("said", ['a"b\\c\nd', "é&x=1#?", "a\r\nSet-Cookie: x=1", '","admin":true,"x":"'])
def test_each_place_has_its_own_writing(said: str) -> None:
    known = {"said": said, "cart": [said]}

    assert json.loads(filled('{"a": "{{said}}", "b": {{cart | json}}}', "json", known)) == {"a": said, "b": [said]}
    assert unquote(filled("{{said}}", "url", known)) == unquote(filled("{{said | url}}", "url", known)) == said
    assert not {"\r", "\n", "\0"} & set(filled("{{said}}", "header", known))


@given(plain_values)
def test_what_is_kept_is_a_copy_that_json_can_hold(value: object) -> None:
    try:
        kept = values.plain(value, 10_000)
    except Invalid:
        return

    json.dumps(kept, allow_nan=False).encode()
    assert values.plain(kept, 10_000) == kept


@pytest.mark.parametrize("value", [object(), {1: 2}, {"a": {1, 2}}, float("nan"), 10**400, "x" * 101, ["x"] * 60])
def test_what_is_not_plain_or_too_large_is_refused(value: object) -> None:
    with pytest.raises(Invalid):
        values.plain(value, 100)


def test_a_value_that_holds_itself_is_left_in_time() -> None:
    twice: Any = "x"
    for _ in range(19):
        twice = [twice, twice, twice, twice]
    endless: list[Any] = []
    endless.append(endless)

    for value in (twice, endless):
        with pytest.raises(Invalid):
            values.plain(value, 64 * 1024)


@pytest.mark.parametrize(
    "name", ["contact.__class__", "contact.name.upper", "words.__len__", "words.-1", "words.x", "words.99999999", "a" * 300]
)
def test_no_name_reaches_what_is_not_a_value(name: str) -> None:
    assert values.look_up(name, KNOWN) is None
