"""Phone numbers as people write them."""

from __future__ import annotations

import pytest

from wablast_box.lib.errors import Invalid
from wablast_box.lib.phones import from_wa_id, to_e164


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
