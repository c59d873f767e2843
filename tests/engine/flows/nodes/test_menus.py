"""Nodes that give something to tap."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Talk, messages, problems, texts, way


def menu(count: int, **more: Any) -> dict[str, Any]:
    return {"text": "What do you need?", "buttons": [{"id": f"b{at}", "title": f"Choice {at}"} for at in range(1, count + 1)], **more}


def rows(count: int, **more: Any) -> dict[str, Any]:
    return {"text": "Our sarees", "rows": [{"id": f"r{at}", "title": f"Saree {at}"} for at in range(1, count + 1)], **more}


def listed(message: dict[str, Any]) -> list[str]:
    return [row["title"] for section in message["interactive"]["action"]["sections"] for row in section["rows"]]


@pytest.mark.feature("FN-04")
def test_buttons_are_sent_and_a_tap_goes_its_way(talk: Talk) -> None:
    heard = talk([("send_buttons", menu(2, header="Asha", footer="Est. 1990", save_as="need"))], {"reply_id": "b2", "text": "Choice 2"})
    sent = messages(heard)[0]["interactive"]

    assert [one["reply"] for one in sent["action"]["buttons"]] == [{"id": "b1", "title": "Choice 1"}, {"id": "b2", "title": "Choice 2"}]
    assert (sent["header"]["text"], sent["footer"]["text"]) == ("Asha", "Est. 1990")
    assert (way(heard), heard.run.variables["need"]) == ("b2", "Choice 2")


@pytest.mark.feature("FE-17")
@pytest.mark.parametrize("said", ["2", " 2. ", "option 2", "२", "choice 2", "CHOICE 2!", "*Choice 2*"])
def test_a_number_or_the_words_typed_count_as_a_tap(talk: Talk, said: str) -> None:
    assert way(talk([("send_buttons", menu(3))], said)) == "b2"


@pytest.mark.feature("FE-17")
def test_words_go_before_numbers(talk: Talk) -> None:
    data = {"text": "How many?", "buttons": [{"id": "two", "title": "2"}, {"id": "one", "title": "1"}]}

    assert way(talk([("send_buttons", data)], "1")) == "one"


@pytest.mark.feature("FE-16")
def test_what_fits_no_choice_is_asked_again_and_then_goes_its_own_way(talk: Talk) -> None:
    heard = talk([("send_buttons", menu(2, reprompts=2, reprompt_text="One of these, {{contact.first_name}}"))], "what?", "eh", "no")

    assert texts(heard) == ["What do you need?", "One of these, Asha", "One of these, Asha"]
    assert way(heard) == "unmatched"
    assert way(talk([("send_buttons", menu(2, reprompts=0))], "what?")) == "unmatched"
    assert way(talk([("send_buttons", menu(2))], "what?", "1")) == "b1"


@pytest.mark.feature("FE-16")
def test_without_words_of_the_owner_it_is_asked_again_in_the_boxs(talk: Talk) -> None:
    assert texts(talk([("send_buttons", menu(2))], "what?")) == [
        "What do you need?", "Sorry, that is not one of the choices. Please tap one, or send its number.",
    ]  # fmt: skip


@pytest.mark.feature("FN-04")
def test_nobody_waits_for_longer_than_wanted(talk: Talk) -> None:
    heard = talk([("send_buttons", menu(2, wait_minutes=30))], {"skip_s": 1799}, {"skip_s": 1})

    assert way(heard) == "timeout"
    assert way(talk([("send_buttons", menu(2, wait_minutes=30))], {"skip_s": 1799})) == "wait"


@pytest.mark.feature("FE-18")
def test_more_than_three_buttons_become_a_list(talk: Talk) -> None:
    heard = talk([("send_buttons", menu(4, button="See all"))], {"reply_id": "b4"})

    assert messages(heard)[0]["interactive"]["action"]["button"] == "See all"
    assert listed(messages(heard)[0]) == ["Choice 1", "Choice 2", "Choice 3", "Choice 4"]
    assert way(heard) == "b4"


@pytest.mark.feature("FE-18")
def test_more_than_ten_rows_become_pages(talk: Talk) -> None:
    heard = talk([("send_list", rows(25))], {"reply_id": "more_rows"}, "more", {"reply_id": "r25"})
    first, second, third = (listed(one) for one in messages(heard))

    assert (len(first), len(second), len(third)) == (10, 10, 7)
    assert (first[-1], second[0], second[-1], third[-1]) == ("More (2/3)", "Saree 10", "More (3/3)", "Saree 25")
    assert way(heard) == "r25"
    assert way(talk([("send_list", rows(25))], "17")) == "r17"
    assert listed(messages(talk([("send_list", rows(10))]))[0])[-1] == "Saree 10"


@pytest.mark.feature("FN-05")
def test_a_list_has_sections_and_descriptions(talk: Talk) -> None:
    data = rows(3)
    for one, section in zip(data["rows"], ("Silk", "Silk", "Cotton"), strict=True):
        one |= {"section": section, "description": "For {{contact.first_name}}"}
    heard = talk([("send_list", data)], {"reply_id": "r3"})
    sections = messages(heard)[0]["interactive"]["action"]["sections"]

    assert [(one["title"], len(one["rows"])) for one in sections] == [("Silk", 2), ("Cotton", 1)]
    assert sections[1]["rows"] == [{"id": "r3", "title": "Saree 3", "description": "For Asha"}]
    assert way(heard) == "r3"


@pytest.mark.feature("FN-05")
def test_words_that_values_made_too_long_are_cut_and_told_apart(talk: Talk) -> None:
    twice = [{"id": "a", "title": "{{contact.name}}"}, {"id": "b", "title": "{{contact.name}}"}, {"id": "c", "title": "{{nobody}}"}]
    heard = talk([("send_buttons", {"text": "t", "buttons": twice})], contact={"name": "A name that is far too long"})

    assert [one["reply"]["title"] for one in messages(heard)[0]["interactive"]["action"]["buttons"]] == [
        "A name that is far…",
        "A name that is far 2",
    ]


@pytest.mark.feature("FN-04")
@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"buttons": [{"id": "a", "title": "Yes"}]}, ["text"]),
        (menu(0), ["buttons"]),
        (menu(11), ["buttons"]),
        ({"text": "t", "buttons": [{"id": "a", "title": "x" * 21}]}, ["buttons.0.title"]),
        ({"text": "t", "buttons": [{"id": "a", "title": "Yes"}, {"id": "b", "title": "yes "}]}, ["buttons.1.title"]),
        ({"text": "t", "buttons": [{"id": "timeout", "title": "Yes"}]}, ["buttons.0.id"]),
        (menu(2, footer="x" * 61, wait_minutes=-1), ["wait_minutes", "footer"]),
        ({"text": "t", "buttons": [{"id": "a", "title": "{{contact.fields.a_long_name}}"}]}, []),
    ],
)
def test_whatsapps_limits_are_said_while_drawing(data: dict[str, Any], wrong: list[str]) -> None:
    assert problems("send_buttons", data) == wrong


@pytest.mark.feature("FN-05")
def test_rows_stand_in_sections_all_or_none() -> None:
    assert problems("send_list", rows(2)) == []
    assert problems("send_list", {"text": "t", "rows": [{"id": "a", "title": "A", "section": "S"}, {"id": "b", "title": "B"}]}) == [
        "rows.1.section"
    ]
    assert problems("send_list", rows(51)) == ["rows"]


CART = {"name": "cart", "kind": "expression", "expression": '`[{"title": "Silk", "price": 900}, {"title": "Cotton", "price": 300}]`'}


@pytest.mark.feature("FN-23")
def test_an_entry_of_a_list_is_chosen_and_kept_whole(talk: Talk) -> None:
    ask = {"text": "Which?", "source": "cart", "title_of": "title", "save_as": "saree"}
    heard = talk([("set_variable", CART), ("ask_choice", ask)], "cotton")
    priced = talk([("set_variable", CART), ("ask_choice", {**ask, "description_of": "price"})], "1")

    assert messages(priced)[0]["interactive"]["action"]["sections"][0]["rows"][0] == {"id": "0", "title": "Silk", "description": "900"}
    assert [one["reply"]["title"] for one in messages(heard)[0]["interactive"]["action"]["buttons"]] == ["Silk", "Cotton"]
    assert heard.run.variables["saree"] == {"title": "Cotton", "price": 300}


@pytest.mark.feature("FN-23")
def test_an_empty_list_offers_nothing_and_says_so(talk: Talk) -> None:
    heard = talk([("ask_choice", {"text": "Which?", "source": "nobody"})])

    assert (way(heard), messages(heard)) == ("error", [])


@pytest.mark.feature("FN-22")
@pytest.mark.parametrize("said", ["4", {"reply_id": "4", "text": "4 ★★★★"}, "⭐⭐⭐⭐", "4/5"])
def test_a_rating_is_kept_as_a_number(talk: Talk, said: Any) -> None:
    heard = talk([("ask_rating", {"text": "How was it?", "look": "faces"})], said)

    assert listed(messages(heard)[0]) == ["5 😍", "4 🙂", "3 😐", "2 🙁", "1 😞"]
    assert heard.run.variables["rating"] == 4


@pytest.mark.feature("FN-22")
def test_no_rating_is_asked_again(talk: Talk) -> None:
    assert way(talk([("ask_rating", {"text": "How was it?"})], "6", "great")) == "unmatched"


@pytest.mark.feature("FN-22")
def test_pictures_are_shown_once_and_one_is_chosen(talk: Talk) -> None:
    pictures = [{"id": "silk", "title": "Silk", "media": "7"}, {"id": "cotton", "title": "Cotton", "link": "https://a.in/c.jpg"}]
    heard = talk([("ask_picture", {"text": "Which one?", "pictures": pictures})], "hm", "2")

    assert [one["type"] for one in messages(heard)] == ["image", "image", "interactive", "interactive"]
    assert messages(heard)[1]["image"] == {"link": "https://a.in/c.jpg", "caption": "2. Cotton"}
    assert way(heard) == "cotton"
    assert way(talk([("ask_picture", {"text": "Which one?", "pictures": pictures})], {"reply_id": "silk"})) == "silk"
    assert way(talk([("ask_picture", {"text": "Which one?", "pictures": pictures})], "SILK!")) == "silk"
    assert problems("ask_picture", {"text": "t", "pictures": [{"id": "a", "title": "A"}, {"id": "b", "title": "B", "media": "1"}]}) == [
        "pictures.0.media"
    ]
