"""Phone numbers as people write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import Phones, from_wa_id, read_phones, read_rows, to_e164


@pytest.mark.parametrize("text", ["98123 45678", "+91 98123 45678", "09812345678", "+91-98123-45678", "(+91) 9812345678"])
def test_an_indian_number_is_understood_in_every_spelling(text: str) -> None:
    assert to_e164(text) == "+919812345678"


@pytest.mark.parametrize("text", ["", "hello", "12", "+91 98123 45678 90123 4567"])
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        to_e164(text)
    assert "+91" in (refused.value.help or "")


@pytest.mark.parametrize(("wa_id", "phone"), [("919812345678", "+919812345678"), ("PHONE_NUMBER", None), ("", None), ("1" * 30, None)])
def test_whatsapps_own_id_becomes_a_number_when_it_is_one(wa_id: str, phone: str | None) -> None:
    assert from_wa_id(wa_id) == phone


@pytest.mark.feature("CT-07")
def test_every_spelling_of_the_public_cases_is_understood_or_refused(shared_folder: Path) -> None:
    vectors = json.loads((shared_folder / "india" / "vectors" / "phones_in.json").read_text())
    assert vectors["cases"], "the cases are there"

    wrong = [(text, expected) for text, expected in vectors["cases"] if _read(text, vectors["default_region"]) != expected]

    assert not wrong


@pytest.mark.feature("CT-07")
@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("9812345678", "+919812345678"),
        ("0098 981 2345", None),
        ("0091 98123 45678", "+919812345678"),
        ("९८१२३४५६७८", "+919812345678"),
        ("９８１２３４５６７８", "+919812345678"),
        ("080-4718 2200", "+918047182200"),
        ("971501234567", "+971501234567"),
        ("+1 650 555 0123", "+16505550123"),
        ("98123 45678 / 98123 45679", "+919812345678"),
        ("12345, 98123 45678", "+919812345678"),
        ("tel: 98123 45678", "+919812345678"),
        ("5551234567", None),
        ("+91981234567890", None),
        ("+999 12345678", None),
        ("", None),
        ("Kabir", None),
        ("9" * 5000, None),
    ],
)
def test_a_cell_becomes_a_number_that_exists_or_nothing(text: str, phone: str | None) -> None:
    assert _read(text, "IN") == phone


def test_several_numbers_in_a_cell_are_all_kept() -> None:
    assert read_phones("+91-9876543210 / 9123456789; 9876543210") == Phones("+919876543210", ("+919123456789",))


@pytest.mark.feature("CT-07")
def test_each_bad_row_says_what_is_wrong_with_it() -> None:
    good, bad = read_rows(["98123 45678", "", "12345", "Kabir", "98123 45678 90123", "5551234567"])

    assert {row: found.phone for row, found in good.items()} == {1: "+919812345678"}
    assert [(one.row, one.reason.partition("” ")[2]) for one in bad] == [
        (3, "has too few digits."),
        (4, "is not a phone number."),
        (5, "has too many digits."),
        (6, "is not a number that anybody can have."),
    ]


def _read(text: str, region: str) -> str | None:
    try:
        return read_phones(text, region=region).phone
    except Invalid:
        return None
