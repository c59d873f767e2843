"""Macros: several steps by one press; all of them or none, and never twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.desk.test_routing import somebody_writes
from wablast_box.engine.desk.macros import macros
from wablast_box.engine.desk.triage import tags
from wablast_box.engine.inbox.models import Conversation, ConversationTag, Message
from wablast_box.engine.inbox.thread.models import Note
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.errors import BoxError, Denied, Invalid, NotFound


def a_macro(actor: Actor, *steps: dict[str, Any], shared: bool = True) -> int:
    return int(macros.add_macro(actor, name="Delivered", given=steps, shared=shared)["id"])


@pytest.mark.feature("IN-23")
def test_one_press_answers_notes_tags_takes_and_resolves(asha: Actor, ravi: Actor) -> None:
    done = tags.add_tag("done", "green", by=asha)
    number = a_macro(
        asha,
        {"do": "reply", "text": "Thank you, {{contact.name}}!"},
        {"do": "note", "text": "Paid in cash"},
        {"do": "tag", "add": [done["id"]]},
        {"do": "assign", "user_id": "me"},
        {"do": "resolve"},
    )
    (chat,) = somebody_writes("911")

    view = macros.run_macro(Viewer(ravi.id), ravi, chat, number, key="press-1")

    assert (view["state"], view["assignee"]["name"], [tag["name"] for tag in view["tags"]]) == ("resolved", "Ravi", ["done"])
    assert Message.get(Message.direction == "out").text == "Thank you, Kabir!"
    assert Note.get().text == "Paid in cash"


@pytest.mark.feature("IN-23")
def test_a_step_that_is_refused_takes_back_the_others(asha: Actor) -> None:
    done = tags.add_tag("done", "green", by=asha)
    number = a_macro(asha, {"do": "tag", "add": [done["id"]]}, {"do": "note", "text": "x"}, {"do": "reply", "text": "hello"})
    (chat,) = somebody_writes("911")
    Conversation.update(last_inbound_at=None).execute()

    with pytest.raises(BoxError, match=r"Step 3 \(reply\)"):
        macros.run_macro(EVERYTHING, asha, chat, number, key=None)

    assert not ConversationTag.select().exists()
    assert not Note.select().exists()


def test_a_press_that_is_repeated_sends_nothing_twice(asha: Actor) -> None:
    number = a_macro(asha, {"do": "reply", "text": "hello"})
    (chat,) = somebody_writes("911")

    for _ in range(2):
        macros.run_macro(EVERYTHING, asha, chat, number, key="press-1")

    assert Message.select().where(Message.direction == "out").count() == 1


def test_a_macro_of_ones_own_is_nobody_elses(asha: Actor, ravi: Actor) -> None:
    number = a_macro(ravi, {"do": "resolve"}, shared=False)

    with pytest.raises(NotFound):
        macros.macro(asha, number)
    with pytest.raises(Denied):
        a_macro(ravi, {"do": "resolve"}, shared=True)


def test_who_may_not_do_a_step_cannot_do_it_by_a_macro(asha: Actor, ravi: Actor) -> None:
    number = a_macro(asha, {"do": "assign", "user_id": str(asha.id)})
    (chat,) = somebody_writes("911")

    with pytest.raises(Denied):
        macros.run_macro(Viewer(ravi.id), ravi, chat, number, key=None)


def test_a_hidden_conversation_is_not_found(asha: Actor, ravi: Actor) -> None:
    number = a_macro(asha, {"do": "resolve"})
    (chat,) = somebody_writes("911")
    Conversation.update(assignee=asha.id).execute()

    with pytest.raises(NotFound):
        macros.run_macro(Viewer(ravi.id), ravi, chat, number, key=None)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"do": "dance"}],
        [{"do": "reply", "text": ""}],
        [{"do": "reply", "text": "{{contact.secret}}"}],
        [{"do": "resolve", "text": "x"}],
        [{"do": "snooze", "minutes": -1}],
        [{"do": "assign", "user_id": "7"}],
        [{"do": "tag", "add": []}],
        [{"text": "x"}],
        [{"do": "resolve"}] * 11,
    ],
)
def test_steps_that_cannot_be_done_are_refused_when_they_are_written(asha: Actor, steps: list[dict[str, Any]]) -> None:
    with pytest.raises((Invalid, NotFound)):
        macros.add_macro(asha, name="x", given=steps, shared=True)
