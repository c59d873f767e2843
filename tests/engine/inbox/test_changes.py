"""Reactions, edits and deletions show on the message that they are about, however they arrive."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, status, text
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.inbox.thread.read import Place, timeline
from wablast_box.engine.inbox.visibility import EVERYTHING

ORIGINAL = text("Is it open?", wamid="wamid.A")


def says(kind: str, content: dict[str, Any], *, wamid: str, at: int = 1760000050, **more: Any) -> dict[str, Any]:
    """Kabir reacts, edits or deletes."""
    value = text(wamid=wamid, **more)
    [message] = value["messages"]
    del message["text"]
    message |= {"type": kind, kind: content, "timestamp": str(at)}
    return value


def edit(words: str, *, wamid: str = "wamid.E", of: str = "wamid.A", **more: Any) -> dict[str, Any]:
    content = {"original_message_id": of, "message": {"type": "text", "text": {"body": words}}}
    return says("edit", content, wamid=wamid, **more)


def revoke(*, wamid: str = "wamid.R", of: str = "wamid.A", **more: Any) -> dict[str, Any]:
    return says("revoke", {"original_message_id": of}, wamid=wamid, **more)


def reaction(emoji: str | None, *, wamid: str, of: str = "wamid.A", **more: Any) -> dict[str, Any]:
    return says("reaction", {"message_id": of} | ({} if emoji is None else {"emoji": emoji}), wamid=wamid, **more)


def thread() -> list[dict[str, Any]]:
    return [item["message"] for item in timeline(EVERYTHING, Conversation.get().id, Place(), 50).items]


@pytest.mark.feature("CN-22")
@pytest.mark.parametrize("order", list(itertools.permutations(["original", "edit", "again"])), ids="-".join)
def test_an_edit_shows_on_its_message_before_after_and_twice(box: Path, order: tuple[str, ...]) -> None:
    bodies = {"original": body(ORIGINAL), "edit": body(edit("Is it open today?")), "again": body(edit("Is it open today?"), edit("Is it open today?"))}

    for name in order:
        delivers(bodies[name])

    [shown] = thread()
    assert shown["text"] == "Is it open today?"
    assert [earlier["text"] for earlier in shown["edited"]["earlier"]] == ["Is it open?"]
    assert Message.get(Message.wamid == "wamid.A").text == "Is it open?"


@pytest.mark.feature("CN-22")
def test_every_earlier_wording_stays_readable_in_the_order_it_was_written(box: Path) -> None:
    third, second = edit("third", wamid="wamid.E3", at=1760000300), edit("second", wamid="wamid.E2", at=1760000200)

    delivers(body(third), body(ORIGINAL), body(second))

    [shown] = thread()
    assert shown["text"] == "third"
    assert [earlier["text"] for earlier in shown["edited"]["earlier"]] == ["Is it open?", "second"]


@pytest.mark.feature("CN-22")
@pytest.mark.parametrize("order", list(itertools.permutations([ORIGINAL, edit("changed"), revoke()])), ids=lambda order: "-".join(v["messages"][0]["id"] for v in order))
def test_a_deleted_message_says_so_and_staff_still_read_it(box: Path, order: tuple[dict[str, Any], ...]) -> None:
    for value in order:
        delivers(body(value), body(value))

    [shown] = thread()
    assert shown["revoked"]["by"] == "customer"
    assert shown["text"] == "changed"


@pytest.mark.feature("CN-22")
def test_a_change_of_a_message_that_is_not_here_stands_for_itself(box: Path) -> None:
    delivers(body(edit("of something older")))

    [shown] = thread()
    assert (shown["type"], shown["text"]) == ("edit", "of something older")
    assert shown["about"] == {"wamid": "wamid.A", "message_id": None}


def test_nobody_changes_the_words_of_somebody_else(box: Path) -> None:
    delivers(body(ORIGINAL))
    Message.update(direction="out", sender="user:1").where(Message.wamid == "wamid.A").execute()

    delivers(body(edit("I owe you nothing"), revoke(), edit("not mine", wamid="wamid.X", wa_id="919800000001", name="Mallory")))

    own = next(m for m in thread() if m["wamid"] == "wamid.A")
    assert (own["text"], own["edited"], own["revoked"]) == ("Is it open?", None, None)


@pytest.mark.feature("IN-08")
def test_a_reaction_is_shown_on_its_message_replaced_and_taken_back(box: Path) -> None:
    delivers(body(reaction("👍", wamid="wamid.1", at=1760000100)), body(ORIGINAL))
    first = thread()
    delivers(body(reaction("❤️", wamid="wamid.2", at=1760000200)))
    second = thread()
    delivers(body(reaction(None, wamid="wamid.3", at=1760000300)), body(reaction("😡", wamid="wamid.0", at=1760000050)))
    third = thread()

    assert [[(r["emoji"], r["by"]) for r in shown["reactions"]] for [shown] in (first, second, third)] == [
        [("👍", "customer")],
        [("❤️", "customer")],
        [],
    ]


def test_windows_and_the_log_hear_of_the_message_that_changed(box: Path) -> None:
    delivers(body(ORIGINAL))
    number = Message.get().id

    delivers(body(edit("changed")))

    assert Event.select().where(Event.name == "message.updated", Event.subject_id == number).count() == 1


def echo(words: str, *, wamid: str, at: int, **more: Any) -> bytes:
    """Somebody wrote in the WhatsApp Business app on the shop's phone."""
    message = {"from": "918047182200", "to": "919812345678", "id": wamid, "timestamp": str(at), "type": "text", "text": {"body": words}, **more}
    return body({"message_echoes": [message]}, field="smb_message_echoes")


@pytest.mark.feature("CN-23")
def test_an_answer_on_the_phone_is_shown_once_with_its_quote(box: Path) -> None:
    delivers(body(ORIGINAL))

    for _ in range(2):
        delivers(echo("Until nine.", wamid="wamid.P", at=1760000100, context={"id": "wamid.A"}))

    question, answer = thread()
    assert (answer["direction"], answer["sender"]["kind"]) == ("out", "phone_app")
    assert answer["reply_to"] == {"wamid": "wamid.A", "message_id": question["id"]}


@pytest.mark.feature("CN-23")
def test_an_answer_on_the_phone_ends_the_wait_and_reads_what_came_before(box: Path) -> None:
    delivers(body(ORIGINAL))
    delivers(echo("Until nine.", wamid="wamid.P", at=1760000100))
    answered = Conversation.get()
    delivers(body(text("And tomorrow?", timestamp="1760000200")), echo("An old one", wamid="wamid.O", at=1760000150))
    waits = Conversation.get()

    assert (answered.waiting_since_at, answered.read_up_to_id >= answered.last_inbound_id) == (None, True)
    assert waits.waiting_since_at is not None
    assert waits.read_up_to_id < waits.last_inbound_id


@pytest.mark.feature("CN-23")
def test_what_was_changed_on_the_phone_changes_here(box: Path) -> None:
    delivers(echo("Until nein.", wamid="wamid.P", at=1760000100))
    inner = {"original_message_id": "wamid.P", "message": {"type": "text", "text": {"body": "Until nine."}}}
    delivers(echo("x", wamid="wamid.Q", at=1760000110, type="edit", edit=inner))

    [shown] = thread()

    assert (shown["text"], shown["edited"]["earlier"][0]["text"]) == ("Until nine.", "Until nein.")


def test_statuses_are_still_told_of_the_message_alone(box: Path) -> None:
    delivers(echo("Until nine.", wamid="wamid.P", at=1760000100), body(status("wamid.P", "read")))

    [shown] = thread()

    assert shown["state"] == "read"
