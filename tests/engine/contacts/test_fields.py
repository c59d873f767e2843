"""Fields of the business's own making: each kind keeps one spelling and refuses what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from wablast_box.engine.contacts.fields import read
from wablast_box.engine.contacts.fields.define import add_field, change_field, delete_field
from wablast_box.engine.contacts.fields.values import checked_values, write_values
from wablast_box.engine.contacts.models import ContactField, ContactValue
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid

ASHA = "user:1"


def a_field(name: str, kind: str, choices: list[str] | None = None) -> int:
    return int(add_field(name, kind, choices, actor=ASHA)["id"])


def put(contact_id: int, **given: object) -> list[str]:
    with transaction():
        return write_values(contact_id, checked_values(given))


def kabir() -> int:
    with transaction():
        return find_or_create(wa_id="919812345678", name="Kabir")


@pytest.mark.feature("CT-01")
@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  likes blue \x00", "likes blue"),
        ("text", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("number", "1,250.50", "1250.5"),
        ("number", 0.1, "0.1"),
        ("number", -0.0, "0"),
        ("date", "2026-11-22", "2026-11-22"),
        ("choice", "gold", "Gold"),
        ("yes_no", True, "yes"),
        ("yes_no", "No", "no"),
        ("phone", "98123 45678", "+919812345678"),
        ("email", "Kabir@Example.COM", "Kabir@example.com"),
        ("link", "example.com/a?b=1", "https://example.com/a?b=1"),
        ("link", "HTTP://example.com", "HTTP://example.com"),
    ],
)
def test_a_value_is_kept_in_its_one_spelling(box: Path, kind: str, given: object, kept: str) -> None:
    a_field("X", kind, ["Gold", "Silver"] if kind == "choice" else None)
    number = kabir()

    put(number, X=given)

    assert read.values_of([number])[number][0]["value"] == kept


@pytest.mark.feature("CT-01")
@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "x" * 501),
        ("text", ["a"]),
        ("number", "twelve"),
        ("number", "NaN"),
        ("number", "1e400"),
        ("date", "22/11/2026"),
        ("date", "2026-02-30"),
        ("choice", "Platinum"),
        ("yes_no", "perhaps"),
        ("phone", "12345"),
        ("email", "kabir@"),
        ("email", "a@b.com,c@d.com"),
        ("link", "javascript:alert(1)"),
        ("link", "data:text/html,x"),
        ("link", "https://kabir:secret@example.com"),
        ("link", "https://exa mple.com"),
    ],
)
def test_what_a_field_is_not_is_refused_by_its_name(box: Path, kind: str, given: object) -> None:
    number = a_field("X", kind, ["Gold"] if kind == "choice" else None)

    with pytest.raises(Invalid) as refused:
        checked_values({"X": given})

    assert refused.value.field == f"fields.{number}" and refused.value.message.startswith("X ")


def test_every_wrong_field_is_named_at_once(box: Path) -> None:
    age, mail = a_field("Age", "number"), a_field("Mail", "email")

    with pytest.raises(Invalid) as refused:
        checked_values({"Age": "old", "mail": "none", "Shoe": "9"})

    assert [one.field for one in refused.value.fields] == [f"fields.{age}", f"fields.{mail}", "fields.Shoe"]


def test_an_empty_value_takes_it_away_and_only_changes_are_told(box: Path) -> None:
    a_field("City", "text")
    number = kabir()

    told = [put(number, City="Pune"), put(number, City="Pune"), put(number, City=None)]

    assert told == [["City"], [], ["City"]]
    assert ContactValue.select().count() == 0


@pytest.mark.parametrize(
    ("name", "kind", "choices"),
    [("", "text", None), ("tag", "text", None), ('a"b', "text", None), ("a:b", "text", None), ("X", "colour", None), ("X", "choice", []),
     ("X", "choice", ["a", "A"]), ("X", "text", ["a"]), ("x" * 41, "text", None)],
)  # fmt: skip
def test_a_field_that_cannot_be_is_refused(box: Path, name: str, kind: str, choices: list[str] | None) -> None:
    with pytest.raises(BoxError):
        add_field(name, kind, choices, actor=ASHA)

    assert ContactField.select().count() == 0


def test_two_fields_are_never_called_the_same(box: Path) -> None:
    a_field("City", "text")

    with pytest.raises(Conflict):
        a_field("CITY", "text")


def test_a_choice_that_somebody_has_cannot_be_taken_away(box: Path) -> None:
    field = a_field("Class", "choice", ["Gold", "Silver"])
    put(kabir(), Class="Gold")

    with pytest.raises(Conflict):
        change_field(field, choices=["Silver"], actor=ASHA)
    changed = change_field(field, choices=["Gold", "Bronze"], actor=ASHA)

    assert changed["choices"] == ["Gold", "Bronze"]


def test_fields_keep_the_order_that_they_are_given(box: Path) -> None:
    first, _, third = a_field("A", "text"), a_field("B", "text"), a_field("C", "text")

    change_field(third, place=1, actor=ASHA)
    change_field(first, name="Z", actor=ASHA)

    assert [field["name"] for field in read.fields()] == ["C", "Z", "B"]


def test_a_deleted_field_takes_its_values_along(box: Path) -> None:
    field = a_field("City", "text")
    put(kabir(), City="Pune")

    delete_field(field, actor=ASHA)

    assert (ContactField.select().count(), ContactValue.select().count()) == (0, 0)
