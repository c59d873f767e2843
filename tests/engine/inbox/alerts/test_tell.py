"""Who is called when a customer writes, and who is left alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.inbox.alerts.conftest import Told
from tests.engine.inbox.meta import body, delivers, text
from tests.people import add_person
from wablast_box.engine.events.models import EventCursor, EventDelivery
from wablast_box.engine.inbox.alerts import tell
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.visibility import EVERYTHING
from wablast_box.engine.notifications.push.models import Push
from wablast_box.engine.notifications.push.preferences import change_preference
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib import clock
from wablast_box.lib.clock import now


def kabir_writes(words: str = "is it ready?", **more: Any) -> Conversation:
    delivers(body(text(words, **more)))
    return Conversation.select().order_by(Conversation.sort_id.desc()).first()


def kinds(told: list[Any]) -> list[str]:
    return [one["kind"] for one in told]


@pytest.mark.feature("DT-03")
def test_a_chat_that_nobody_answers_calls_everybody_who_may(told: Told) -> None:
    conversation = kabir_writes()

    assert told("ravi") == [{"kind": "message", "conversation_id": str(conversation.id), "name": "Kabir", "type": "text", "text": None}]
    assert kinds(told("asha")) == ["message"]


def test_a_chat_of_ravis_calls_ravi_alone(told: Told, asha: Actor, ravi: Actor) -> None:
    assign(kabir_writes().id, ravi.id, actor=ravi.ref)
    told("ravi")
    kabir_writes("and now?")

    assert kinds(told("ravi"))[-1] == "message" and len(told("ravi")) == 2
    assert told("asha") == [], "assigned before anybody was called"


def test_words_are_shown_to_those_who_asked_for_them(told: Told, ravi: Actor) -> None:
    change_preference(ravi, {"shows_text": True})
    kabir_writes("the blue one, please")

    assert [one["text"] for one in told("ravi")] == ["the blue one, please"]
    assert [one["text"] for one in told("asha")] == [None]


@pytest.mark.feature("IN-35")
def test_who_sees_no_numbers_is_told_none_on_the_locked_screen(told: Told, ravi: Actor) -> None:
    change_preference(ravi, {"shows_text": True})
    store.put("agents_see_masked_numbers", True)
    kabir_writes("ring +91 98765 01234", name="919876501234", wa_id="919876501234")

    assert [(one["name"], one["text"]) for one in told("ravi")] == [("••••••234", "ring ••••••234")]
    assert [one["name"] for one in told("asha")] == ["919876501234"]


@pytest.mark.parametrize("unwanted", [{"hears_unassigned": False}, {"quiet_from_min": 0, "quiet_until_min": 1439}])
def test_who_wants_to_be_left_alone_is(unwanted: dict[str, Any], told: Told, ravi: Actor) -> None:
    change_preference(ravi, unwanted)
    with clock.frozen_at((now() + timedelta(days=1)).replace(hour=6, minute=0)):
        kabir_writes()
        assert (told("ravi"), kinds(told("asha"))) == ([], ["message"])


def test_who_has_read_it_by_then_is_not_called(told: Told) -> None:
    conversation = kabir_writes()
    Conversation.update(read_up_to_id=conversation.last_message_id).execute()

    assert told("ravi") == []


def test_a_heart_calls_nobody(told: Told) -> None:
    wamid = "wamid.X"
    kabir_writes(wamid=wamid)
    told("ravi")
    heart = text("")
    heart["messages"][0] |= {"type": "reaction", "reaction": {"message_id": wamid, "emoji": "❤"}}
    del heart["messages"][0]["text"]
    delivers(body(heart))

    assert len(told("ravi")) == 1


def test_five_lines_in_a_row_are_one_call(told: Told, ravi: Actor) -> None:
    change_preference(ravi, {"shows_text": True})
    for number in range(5):
        kabir_writes(f"line {number}")

    assert [one["text"] for one in told("ravi")] == ["line 4"]


def test_a_rush_is_told_as_a_number(told: Told) -> None:
    for number in range(9):
        kabir_writes(wa_id=f"91981234500{number}", name=f"Customer {number}")

    assert told("ravi") == [{"kind": "many", "count": 9}]


def test_each_message_is_told_once_also_when_the_box_stops_in_between(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    kabir_writes()

    def stops(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(tell.cursor, "move", stops)
        told("ravi")
    assert (EventCursor.select().count(), Push.select().count()) == (0, 0), "neither queued nor ticked off"

    assert len(told("ravi")) == 1 and len(told("ravi")) == 1


def test_a_hand_over_calls_who_gets_it_unless_they_took_it(told: Told, asha: Actor, ravi: Actor) -> None:
    conversation = kabir_writes()
    told("ravi")
    assign(conversation.id, ravi.id, actor=asha.ref)
    assert kinds(told("ravi")) == ["message", "assigned"]

    assign(conversation.id, asha.id, actor=asha.ref)
    assert kinds(told("asha")) == ["message"]


def test_who_is_called_by_name_in_a_note_hears_of_it(told: Told, asha: Actor, ravi: Actor) -> None:
    conversation = kabir_writes()
    told("ravi")
    add_note(EVERYTHING, asha, conversation.id, "can you look at this?", [ravi.id or 0])

    assert kinds(told("ravi")) == ["message", "mention"]
    assert kinds(told("asha")) == ["message"]


def test_what_one_may_not_see_one_does_not_hear_of(told: Told, asha: Actor, ravi: Actor) -> None:
    conversation = kabir_writes()
    told("ravi")
    add_note(EVERYTHING, asha, conversation.id, "can you look at this?", [ravi.id or 0])
    Conversation.update(assignee=asha.id).execute()

    assert kinds(told("ravi")) == ["message"]


def test_the_hot_path_pays_nothing(told: Told) -> None:
    kabir_writes()

    assert EventDelivery.select().where(EventDelivery.listener.contains("alerts")).count() == 0


def test_a_browser_registered_just_now_hears_of_the_next_customer_only(told: Told, ravi: Actor, registers: Any, service: Any) -> None:
    kabir_writes()
    with clock.frozen_at(now() + timedelta(seconds=1)):
        late = registers(ravi, "late")
    told("ravi")

    assert service.opened("late", late) == []


def test_somebody_who_never_opens_conversations_is_not_called(told: Told, registers: Any, service: Any) -> None:
    from tests.engine.notifications.conftest import signed_in

    meera = registers(signed_in(add_person(Role.ANALYST)), "meera")
    kabir_writes()
    told("ravi")

    assert service.opened("meera", meera) == []
