"""The starter gallery: every flow in it is sound, tidy, plays a talk to its end, and all can be on in one box."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.talk import Shop
from wablast_box.engine.flows import starters
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.rehearsal.play import Rehearsal, play
from wablast_box.engine.flows.starters.gallery import ORDER
from wablast_box.engine.flows.starters.gallery import starters as all_starters

pytestmark = pytest.mark.feature("FE-25")
# Friday, half past ten in the morning in India.
MORNING = datetime(2026, 12, 25, 5, 0, tzinfo=UTC)
GRAPHS: dict[str, dict[str, Any]] = {one["id"]: one["graph"] for one in all_starters()}


def talk(name: str, *said: Any, **pinned: Any) -> Rehearsal:
    return play(parse_graph(GRAPHS[name]), said, begin=MORNING, contact={"name": "Kabir Singh"}, pinned=pinned)


def words(rehearsal: Rehearsal) -> list[str]:
    """What the customer reads, in order."""
    found = []
    for one in rehearsal.replies:
        message = one["message"]
        kind = message["type"]
        inner = message[kind]
        found.append(inner["body"] if kind == "text" else inner["body"]["text"] if kind == "interactive" else inner["caption"])
    return found


def acts(rehearsal: Rehearsal) -> list[tuple[str, Any]]:
    return [(one["what"], one["given"]) for one in rehearsal.acts]


def test_every_file_of_the_gallery_is_shown() -> None:
    there = {one.name.removesuffix(".json") for one in files(starters).iterdir() if one.name.endswith(".json")}
    assert there == set(ORDER) == set(GRAPHS)
    assert len(ORDER) == 11
    assert all(one["name"] and one["help"].endswith(".") for one in all_starters())


@pytest.mark.parametrize("name", ORDER)
def test_a_starter_has_neither_an_error_nor_a_warning(name: str) -> None:
    assert problems_of(GRAPHS[name]) == []


@pytest.mark.parametrize("name", ORDER)
def test_a_starter_is_drawn_from_left_to_right_and_nothing_covers_anything(name: str) -> None:
    graph = GRAPHS[name]
    places = {number: (at["x"], at["y"]) for number, at in graph["layout"].items()}
    assert set(places) == {node["id"] for node in graph["nodes"]}
    assert len(set(places.values())) == len(places)
    assert [edge for edge in graph["edges"] if places[edge["to"]][0] <= places[edge["from"]][0]] == []
    assert [node["id"] for node in graph["nodes"] if not node.get("name")] == []


def test_all_of_them_are_published_in_one_box_and_none_takes_another_ones_words(box: Path) -> None:
    shop = Shop()
    for one in all_starters():
        shop.on(one["graph"], one["name"])


def test_the_menu_is_walked_twice_and_left() -> None:
    done = talk("menu", "hi", {"reply_id": "timings", "text": "Timings"}, "yes, show menu", "3", "No, thank you")
    assert words(done) == [
        "Namaste Kabir! Welcome to our shop. What can we do for you?",
        "We are open Monday to Saturday, 10 am to 8 pm. Sunday is our holiday.",
        "Can we help you with something else?",
        "Namaste Kabir! Welcome to our shop. What can we do for you?",
        "Shop 12, Gandhi Market, near the bus stand. Parking is behind the shop.",
        "Can we help you with something else?",
        "Thank you for writing to us. Have a nice day!",
    ]
    assert (done.run.state, done.run.reason) == ("ended", "served")


def test_who_is_not_understood_by_the_menu_comes_to_a_person() -> None:
    done = talk("menu", "hi", "how much for 5 kg rice", "rice!!")
    assert words(done)[1:] == [
        "Sorry, I did not understand. Please tap one of the choices.",
        "Thank you. One of us will answer you here soon.",
    ]
    assert acts(done) == [("hand_off", {"note": "Kabir Singh asked for a person in the menu."})]


def test_an_appointment_is_asked_for_with_another_day_and_a_time_that_fits() -> None:
    done = talk("appointment", "book", "facial", "kal", "5 baje", {"reply_id": "change"}, "28/12", "11 pm", "11:30 am", "yes, book it")
    assert "Facial on Saturday, 26 Dec at 17:00. Shall we book it?" in words(done)
    assert words(done)[-3:] == [
        "Please send a time between 10 am and 7 pm. For example 5:30 pm.",
        "Facial on Monday, 28 Dec at 11:30. Shall we book it?",
        "Thank you, Kabir. We have noted it and will confirm here soon.",
    ]
    assert [what for what, _ in acts(done)] == ["tag", "note", "notify"]
    assert (done.run.variables["day"], done.run.variables["visit_time"], done.run.reason) == ("2026-12-28", "11:30", "requested")


def test_a_lead_is_written_down_and_given_to_whose_turn_it_is() -> None:
    done = talk("lead", "quote", "Kabir", "50 chairs", "Pune", "3")
    assert words(done)[-1] == "Thank you, Kabir. We will send you our best price here, today or tomorrow."
    assert acts(done) == [
        ("tag", {"names": ["lead", "large order"]}),
        ("note", {"text": "New lead\nName: Kabir\nNeeds: 50 chairs\nCity: Pune\nBudget: Above ₹50,000"}),
        ("assign", {"user": None, "team": None, "way": "round_robin"}),
    ]
    assert (done.run.state, done.run.reason) == ("ended", "lead")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            {"status": "shipped", "arrives": "2026-12-28"},
            "Good news! Your order A1024 is on its way. It reaches you Monday, 28 Dec.",
        ),
        ({"status": "shipped"}, "Good news! Your order A1024 is on its way. It reaches you soon."),
        ({"status": "delivered"}, 'Your order A1024 was delivered. If something is missing, write "help".'),
        ({"status": "paid"}, "We are packing your order A1024. We will write to you when it leaves our shop."),
        ({}, "I could not find the order A1024. One of us will look for it and answer you here."),
    ],
)
def test_an_orders_state_is_asked_of_the_shops_system(answer: dict[str, str], says: str) -> None:
    done = talk("order_status", "order", "hm", "A1024", ask=answer)
    assert words(done)[1].startswith("That does not look like an order number.")
    assert words(done)[-1] == says
    assert acts(done)[0] == ("http", {"method": "GET", "url": "https://example.com/orders/A1024"})
    assert done.run.state == "ended"


def test_common_questions_are_answered_one_after_the_other() -> None:
    done = talk("faq", "faq", "delivery", {"reply_id": "other"}, "gst bill", "yes thank you")
    assert words(done)[1].startswith("We deliver in the city the same day")
    assert words(done)[4].startswith("Yes, we give GST bills.")
    assert (words(done)[-1], done.run.reason) == ('Happy to help. Write "faq" any time.', "answered")


def test_a_happy_customer_is_led_to_the_reviews_and_an_unhappy_one_to_the_owner() -> None:
    happy = talk("feedback", "feedback", "5")
    assert happy.replies[-1]["message"]["interactive"]["action"]["parameters"]["url"] == "https://example.com/review"
    assert (happy.run.reason, acts(happy)) == ("happy", [])
    unhappy = talk("feedback", "feedback", "⭐⭐", "Too slow")
    assert acts(unhappy) == [("tag", {"names": ["unhappy"]}), ("notify", {"text": "Kabir Singh gave 2 stars: Too slow", "users": []})]
    assert words(unhappy)[-1] == "Thank you for telling us. We will set it right and write to you."


def test_who_pays_later_names_a_day_and_who_has_paid_sends_a_picture() -> None:
    later = talk("payment_reminder", "paid", "I will pay later", "next year", "friday")
    assert words(later)[-1] == "Thank you. We have noted Friday, 1 Jan."
    assert acts(later) == [("note", {"text": "Will pay on Friday, 1 Jan 2027."})]
    paid = talk("payment_reminder", "paid", "1", {"media": "image"}, {"skip_s": 60})
    assert words(paid)[-1] == "Thank you. We will check it and send you the receipt here."
    assert (acts(paid), paid.run.reason) == ([("tag", {"names": ["payment to check"]})], "paid")


def test_a_closed_shop_takes_a_message_and_an_open_one_keeps_quiet() -> None:
    closed = talk("out_of_office", "hello?", "5 kg rice", hours=False)
    assert words(closed)[-1] == "Thank you, we have noted it. We will write to you when we open."
    assert ("note", {"text": "Wrote while the shop was closed: 5 kg rice"}) in acts(closed)
    silent = talk("out_of_office", "hello?", {"skip_s": 12 * 3600}, hours=False)
    assert (silent.run.reason, len(words(silent))) == ("no message", 1)
    is_open = talk("out_of_office", "hello?")
    assert (is_open.run.reason, words(is_open)) == ("open", [])


def test_the_catalogue_is_browsed_by_list_and_picture_and_ends_in_an_order() -> None:
    done = talk("catalogue", "products", "sarees", "2", "two", "3")
    assert [one["message"]["image"]["link"] for one in done.replies if one["message"]["type"] == "image"] == [
        f"https://example.com/pictures/{name}.jpg" for name in ("silk", "cotton", "banarasi")
    ]
    assert words(done)[-1] == "3 × Cotton, ₹900, noted. We will send you the bill with delivery here."
    assert acts(done) == [("hand_off", {"note": "Order: 3 × Cotton, ₹900 (Sarees)"})]


def test_who_asks_for_a_person_hears_when_one_answers() -> None:
    now, later = talk("hand_off", "help", "my bill", "It is wrong"), talk("hand_off", "help", "2", "It is wrong", hours=False)
    assert words(now)[-1] == "Thank you. One of us answers you here in a few minutes."
    assert words(later)[-1] == "Thank you. We are closed now and will answer you as soon as we open."
    assert acts(now)[-1] == acts(later)[-1] == ("hand_off", {"note": "About: My bill. It is wrong"})


@pytest.mark.feature("AI-05")
def test_the_assistant_answers_and_a_person_takes_over_with_its_summary() -> None:
    said = ["We deliver for ₹40.", {"tool": "hand_off", "arguments": {"summary": "Wants to return a saree."}}]
    done = talk("assistant", "delivery?", "I want my money back", agent=said)
    assert words(done) == ["We deliver for ₹40.", "One of us will answer you here soon."]
    assert acts(done)[-1] == ("hand_off", {"note": "Wants to return a saree."})
    many = talk("assistant", *["hm"] * 9, agent="And?")
    assert (words(many).count("And?"), words(many)[-1]) == (8, "One of us will answer you here soon.")
