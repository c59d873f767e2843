"""Filling a text: one pass, nothing run, values as they are."""

from __future__ import annotations

import pytest

from wablast_box.lib.interpolate import fill, names_in

VALUES = {"contact": {"name": "Kabir Mehta", "first_name": "Kabir", "fields": {"size": 42}}, "business": {"name": "Asha Sarees"}}


@pytest.mark.feature("IN-22")
@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{contact.first_name}}!", "Hi Kabir!"),
        ("Hi {{ contact.name | upper }}", "Hi KABIR MEHTA"),
        ("{{contact.name|first_word|lower}}", "kabir"),
        ('Hi {{contact.nick | default: "you"}}', "Hi you"),
        ("Hi {{contact.nick|default:friend|capitalize}}", "Hi Friend"),
        ("Size {{contact.fields.size}}", "Size 42"),
        ("{ {x} } {{ no }", "{ {x} } {{ no }"),
    ],
)
def test_names_give_way_to_values(text: str, filled: str) -> None:
    found = fill(text, VALUES)

    assert (found.text, found.missing) == (filled, ())


@pytest.mark.feature("IN-22")
def test_what_has_no_value_is_named_and_stays() -> None:
    found = fill("{{contact.age}} {{contact.nick}} {{contact.age}} {{ not a name }} {{contact.name|rot13}} {{contact}} {{}}", VALUES)

    assert found.missing == ("contact.age", "contact.nick", "not a name", "contact.name", "contact", "{{}}")
    assert "{{contact.age}}" in found.text


@pytest.mark.feature("IN-22")
@pytest.mark.parametrize("value", ["{{business.name}}", "{{contact.__class__}}", "{% x %}", "<b>", "\\1 \\g<0>", "%s {0}"])
def test_a_value_stands_there_as_it_is(value: str) -> None:
    found = fill("{{contact.name}} and {{contact.name}}", {"contact": {"name": value}, "business": {"name": "no"}})

    assert found.text == f"{value} and {value}"
    assert found.missing == ()


@pytest.mark.parametrize("name", ["contact.__class__", "contact.name.upper", "contact.name.__len__", "contact.keys", "a" * 300])
def test_no_name_reaches_what_is_not_a_value(name: str) -> None:
    assert fill("{{" + name + "}}", VALUES).missing == (name[:100],)


@pytest.mark.parametrize("value", ["", "  ", None, True, [], {}])
def test_nothing_is_missing_rather_than_blank(value: object) -> None:
    assert fill("{{contact.name}}", {"contact": {"name": value}}).missing == ("contact.name",)


def test_names_are_listed_once() -> None:
    assert names_in("{{a.b}} {{ a.b | upper }} {{c}}") == ("a.b", "c")
