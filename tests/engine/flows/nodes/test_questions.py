"""Questions that are answered in words."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Talk, messages, problems, texts, way


def kept(talk: Talk, kind: str, said: Any, **data: Any) -> Any:
    """What is kept of an answer; None when it was asked again."""
    heard = talk([(kind, {"question": "Well?", **data})], said)
    return heard.run.variables.get("answer") if heard.run.state == "ended" else None


@pytest.mark.feature("FN-17")
def test_a_text_is_asked_and_kept_under_its_name(talk: Talk) -> None:
    heard = talk(
        [("ask_text", {"question": "Your name, {{contact.first_name}}?", "save_as": "name"}), ("send_message", {"text": "Hi {{name}}"})],
        " Kabir ",
    )

    assert texts(heard) == ["Your name, Asha?", "Hi Kabir"]


@pytest.mark.feature("FN-17")
def test_what_does_not_fit_is_asked_again_then_left_by_its_own_way(talk: Talk) -> None:
    data = {"question": "PIN code?", "pattern": "[1-9][0-9]{5}", "retries": 1, "retry_text": "Six digits, please"}

    assert kept(talk, "ask_text", "400001", **data) == "400001"
    assert kept(talk, "ask_text", "400001 x", **data) is None
    heard = talk([("ask_text", data)], "no", "why")
    assert (texts(heard), way(heard)) == (["PIN code?", "Six digits, please"], "invalid")
    assert way(talk([("ask_text", data)], {"media": "image"}, "400001")) == "next"
    assert way(talk([("ask_text", {**data, "wait_minutes": 5})], {"skip_s": 300})) == "timeout"


@pytest.mark.feature("FN-17")
def test_a_text_has_its_length_and_a_hostile_pattern_holds_nobody_up(talk: Talk) -> None:
    assert kept(talk, "ask_text", "abc", least=4) is None
    assert kept(talk, "ask_text", "abcdef", most=5) is None
    assert kept(talk, "ask_text", "a" * 900 + "!", pattern="(a+)+") is None
    assert problems("ask_text", {"question": "q", "pattern": "(", "least": 5, "most": 2}) == ["most", "pattern"]
    assert problems("ask_text", {"save_as": "Not a name"}) == ["question", "save_as"]


@pytest.mark.feature("FN-18")
@pytest.mark.parametrize(
    ("kind", "said", "answer"),
    [
        ("ask_number", "₹1,200.50", 1200.5),
        ("ask_number", "१२", 12),
        ("ask_number", "twelve", None),
        ("ask_phone", "98123 45678", "+919812345678"),
        ("ask_phone", "+1 650 253 0000", "+16502530000"),
        ("ask_phone", "12345", None),
        ("ask_email", "It is Kabir@Example.co.in, thanks", "Kabir@Example.co.in"),
        ("ask_email", "a@b", None),
        ("ask_email", "a@b.in or c@d.in", None),
        ("ask_url", "example.com/x", "https://example.com/x"),
        ("ask_url", "javascript:alert(1)", None),
        ("ask_url", "no idea", None),
    ],
)
def test_numbers_phones_mails_and_addresses_are_read(talk: Talk, kind: str, said: str, answer: object) -> None:
    assert kept(talk, kind, said) == answer


@pytest.mark.feature("FN-18")
def test_a_number_has_its_limits(talk: Talk) -> None:
    assert kept(talk, "ask_number", "5", least=1, most=5) == 5
    assert kept(talk, "ask_number", "6", least=1, most=5) is None
    assert kept(talk, "ask_number", "2.5", whole=True) is None
    assert texts(talk([("ask_number", {"question": "How many?"})], "?"))[1] == "Please send a number, for example 12."
    assert problems("ask_number", {"question": "q", "least": 5, "most": 2}) == ["most"]


@pytest.mark.feature("FN-18")
def test_a_shared_card_brings_its_number(talk: Talk) -> None:
    from wablast_box.engine.flows.nodes.questions import AskPhone

    card = {"type": "contacts", "text": None, "content": {"contacts": [{"phones": [{"phone": "+91 98123 45678"}]}]}}
    assert AskPhone({}).read(None, card) == "+919812345678"  # type: ignore[arg-type]


# The talk is on Friday, 25 December 2026.
@pytest.mark.feature("FN-19")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("26/12/2026", "2026-12-26"),
        ("26-12-26", "2026-12-26"),
        ("2027-01-05", "2027-01-05"),
        ("25/12", "2026-12-25"),
        ("24/12", "2027-12-24"),
        ("5 Jan", "2027-01-05"),
        ("1st of January 2027", "2027-01-01"),
        ("Tomorrow!", "2026-12-26"),
        ("kal", "2026-12-26"),
        ("parso", "2026-12-27"),
        ("aaj", "2026-12-25"),
        ("monday", "2026-12-28"),
        ("next Friday", "2027-01-01"),
        ("shukravar", "2027-01-01"),
        ("29 Feb", "2028-02-29"),
        ("31/2", None),
        ("32 Dec", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_as_people_write_it(talk: Talk, said: str, answer: str | None) -> None:
    assert kept(talk, "ask_date", said) == answer


@pytest.mark.feature("FN-19")
def test_days_may_have_limits(talk: Talk) -> None:
    assert kept(talk, "ask_date", "24/12/2026", allowed="today") is None
    assert kept(talk, "ask_date", "25/12/2026", allowed="today") == "2026-12-25"
    assert kept(talk, "ask_date", "aaj", allowed="tomorrow") is None
    assert kept(talk, "ask_date", "kal", allowed="past") is None
    assert kept(talk, "ask_date", "5 Jan", days_ahead=10) is None


@pytest.mark.feature("FN-19")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("17:30", "17:30"),
        ("5.30 PM", "17:30"),
        ("5pm", "17:00"),
        ("12 am", "00:00"),
        ("5 baje", "17:00"),
        ("10 baje", "10:00"),
        ("noon", "12:00"),
        ("25:00", None),
    ],
)
def test_a_time_is_read_as_people_write_it(talk: Talk, said: str, answer: str | None) -> None:
    assert kept(talk, "ask_time", said) == answer


@pytest.mark.feature("FN-19")
def test_times_may_have_limits(talk: Talk) -> None:
    assert kept(talk, "ask_time", "9:59", earliest="10:00", latest="19:30") is None
    assert kept(talk, "ask_time", "19:31", earliest="10:00", latest="19:30") is None
    assert kept(talk, "ask_time", "7.30 pm", earliest="10:00", latest="19:30") == "19:30"
    assert problems("ask_time", {"question": "q", "earliest": "ten"}) == ["earliest"]


@pytest.mark.feature("FN-08")
def test_a_location_is_asked_for_with_whatsapps_own_button(talk: Talk) -> None:
    place = {"latitude": 19.07, "longitude": 72.87, "name": "Home", "url": "x"}
    heard = talk([("request_location", {"question": "Where?", "save_as": "place"})], "here", {"location": place})

    assert [one["interactive"]["type"] for one in messages(heard)] == ["location_request_message"] * 2
    assert heard.run.variables["place"] == {"latitude": 19.07, "longitude": 72.87, "name": "Home"}


@pytest.mark.feature("FN-20")
def test_an_address_is_asked_for_with_a_form_or_in_words(talk: Talk) -> None:
    heard = talk([("ask_address", {"question": "Where to?"})], "12", "12 MG Road, Pune 411001")
    plain = talk([("ask_address", {"question": "Where to?", "typed": True})])

    assert messages(heard)[0]["interactive"]["action"] == {"name": "address_message", "parameters": {"country": "IN"}}
    assert heard.run.variables["answer"] == {"text": "12 MG Road, Pune 411001"}
    assert [one["type"] for one in messages(plain)] == ["text"] and texts(plain) == ["Where to?"]


@pytest.mark.feature("FN-20")
@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ('{"values": {"name": "Kabir", "in_pin_code": "411001"}}', {"name": "Kabir", "in_pin_code": "411001"}),
        ('{"in_pin_code": "411001"}', {"in_pin_code": "411001"}),
        ("no json", None),
        ("[1]", None),
        ("[" * 5000, None),
        (None, None),
    ],
)
def test_a_filled_form_is_read_whatever_it_holds(given: Any, answer: Any) -> None:
    from wablast_box.engine.flows.nodes.sharing import AskAddress

    said = {"type": "interactive", "text": "Sent", "content": {"type": "nfm_reply", "nfm_reply": {"response_json": given}}}
    assert AskAddress({}).read(None, said) == answer  # type: ignore[arg-type]


@pytest.mark.feature("FN-21")
def test_several_files_are_one_answer(talk: Talk) -> None:
    data = {"question": "Photos?", "kind": "image", "save_as": "photos", "gather_s": 10}
    heard = talk(
        [("ask_media", data)], {"media": "image", "text": "front"}, {"skip_s": 9}, {"media": "image"}, {"skip_s": 9}, {"skip_s": 1}
    )

    assert [one["caption"] for one in heard.run.variables["photos"]] == ["front", ""]
    assert way(heard) == "next"


@pytest.mark.feature("FN-21")
def test_enough_files_or_a_word_end_the_answer_and_other_kinds_do_not_fit(talk: Talk) -> None:
    data = {"question": "Photos?", "kind": "image", "most": 2}

    assert len(talk([("ask_media", data)], {"media": "image"}, {"media": "image"}).run.variables["answer"]) == 2
    assert len(talk([("ask_media", data)], {"media": "image"}, "that is all").run.variables["answer"]) == 1
    assert way(talk([("ask_media", data)], {"media": "video"}, "no", "no")) == "invalid"
    assert way(talk([("ask_media", {**data, "wait_minutes": 1})], {"skip_s": 60})) == "timeout"
