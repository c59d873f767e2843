"""Numbers hidden in every shape that people write them in, and nothing else hidden."""

from __future__ import annotations

import pytest

from wablast_box.lib.masking import mask_text, mask_value


def alias(wamid: str) -> str:
    return f"wamid.~{len(wamid)}"


@pytest.mark.feature("IN-35")
@pytest.mark.parametrize(
    "written",
    [
        "+919812345678", "919812345678", "+91 98123 45678", "98123 45678", "9812345678", "+91-98123-45678", "(0981) 234-5678",
        "98123.45678", "９８１２３４５６７８", "९८१२३४५६७८", "9 8 1 2 3 4 5 6 7 8", "+1 (415) 555-2678", "tel:+919812345678", "wa.me/919812345678",
        "9812345678@upi", "ph9812345678", "+3545812678", "98123–45678", "98123‑45678", "23456678",
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_masked(written: str) -> None:
    masked = mask_text(f"call me on {written}, please")

    assert masked.startswith("call me on ") and masked.endswith(", please")
    assert masked.endswith(("678, please", "६७८, please", "６７８, please")) or "678@" in masked
    assert sum(c.isdigit() for c in masked) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T10:01:19.000Z", "on 2026-11-22 10:30", "22-11-2026", "₹1,23,45,678.00", "10:30-11:45", "order 4711", "PIN 400001",
        "1.5 + 2.25", "146028888030347264", "Block 12, 3rd floor", "v24.0", "", "3 x 12 cm",
    ],
)  # fmt: skip
def test_what_is_no_number_stays(text: str) -> None:
    assert mask_text(text) == text


def test_the_businesss_own_number_stays() -> None:
    assert mask_text("we are +91 80 1234 5678", {"918012345678"}) == "we are +91 80 1234 5678"


@pytest.mark.feature("IN-35")
def test_fields_of_numbers_are_masked_whatever_they_look_like() -> None:
    masked = mask_value(
        {"phone": "98765", "wa_id": "91981", "from": "919812345678", "to": None, "phones": [{"phone": "+91 98123"}], "input": 919812345678},
        alias=alias,
    )

    assert masked == {
        "phone": "••••••765", "wa_id": "••••••981", "from": "••••••678", "to": None, "phones": [{"phone": "••••••123"}], "input": "••••••678",
    }  # fmt: skip


@pytest.mark.feature("IN-35")
def test_ids_of_messages_hold_the_number_and_get_an_alias() -> None:
    masked = mask_value({"wamid": "wamid.HBgMOTE5ODEyMzQ1Njc4==", "text": "see wamid.ABC/+= here"}, alias=alias)

    assert masked == {"wamid": "wamid.~28", "text": "see wamid.~12 here"}


def test_codes_moments_and_addresses_stay_whole_but_a_number_is_no_code() -> None:
    value = {
        "id": "146028888030347264", "client_key": "550e8400-e29b-41d4-a716-446655440000", "created_at": "2026-11-22T10:01:19.000Z",
        "url": "/api/v1/media/146028888030347264", "size": 12345678, "contact_id": "919812345678", "filename": "9812345678.pdf",
    }  # fmt: skip

    assert mask_value(value, alias=alias) == value | {"contact_id": "••••••678"}


@pytest.mark.feature("IN-35")
def test_a_key_that_a_program_made_of_a_number_is_masked() -> None:
    value = {"idempotency_key": "welcome-919812345678", "client_key": "919812345678"}

    assert mask_value(value, alias=alias) == {"idempotency_key": "welcome-••••••678", "client_key": "••••••678"}
    assert mask_value({"client_key": "55012345-1234-4123-8123-446655440000"}, alias=alias) == {
        "client_key": "55012345-1234-4123-8123-446655440000"
    }


@pytest.mark.feature("IN-35")
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://wa.me/919812345678?text=hi", "https://wa.me/••••••678?text=hi"),
        ("https://api.whatsapp.com/send?phone=%2B919812345678", "https://api.whatsapp.com/send?phone=%2B••••••678"),
        ("tel:+919812345678", "tel:+••••••678"),
        ("https://www.facebook.com/122098765432109", "https://www.facebook.com/122098765432109"),
    ],
)
def test_an_address_that_is_made_of_a_number_is_masked(address: str, shown: str) -> None:
    assert mask_value({"url": address, "source_url": address}, alias=alias) == {"url": shown, "source_url": shown}


@pytest.mark.feature("IN-35")
def test_a_number_that_was_typed_as_a_figure_is_masked_and_times_and_sizes_stay() -> None:
    typed = mask_value({"Second number": 9812345678, "deep": [919812345678, 9812345678.0]}, alias=alias)
    figures = {"expiration_timestamp": 1763800000, "at": 1763800000123, "size": 12345678901, "latitude": 19.07, "price": 1e20, "ok": True}

    assert typed == {"Second number": "••••••678", "deep": ["••••••678", "••••••678"]}
    assert mask_value(figures, alias=alias) == figures


def test_names_of_fields_and_deep_lists_are_looked_at_too() -> None:
    assert mask_value({"919812345678": [[{"x": "+91 98123 45678"}]]}, alias=alias) == {"••••••678": [[{"x": "••••••678"}]]}


def test_what_was_masked_stays_as_it_is() -> None:
    once = mask_value({"phone": "+919812345678", "text": "+91 98123 45678"}, alias=alias)

    assert mask_value(once, alias=alias) == once
