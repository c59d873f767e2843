"""Canned replies, drafts and scheduled messages over HTTP."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.web.browser import Browser, code_of
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role

SOON = (datetime.now(UTC) + timedelta(hours=1)).isoformat()


def writes() -> int:
    delivers(body(text("hi", timestamp=str(int(time.time())))))
    return int(Conversation.get().id)


@pytest.mark.feature("IN-24")
def test_a_request_to_send_later_is_carried_out_once_for_each_key(ravi: Browser) -> None:
    chat, words = writes(), {"type": "text", "text": {"body": "We are open."}}
    asked = {"json": {"at": SOON, "message": words}}

    made = [
        ravi.ask("POST", f"/api/v1/conversations/{chat}/scheduled", **asked, headers={"Idempotency-Key": key}) for key in ("a", "a", "b")
    ]

    assert [answer.status_code for answer in made] == [201, 201, 201]
    assert made[0].json()["id"] == made[1].json()["id"] != made[2].json()["id"]
    assert len(ravi.get(f"/api/v1/conversations/{chat}/scheduled").json()["items"]) == 2


@pytest.mark.feature("IN-22")
def test_a_canned_reply_is_made_filled_changed_and_deleted(asha: Browser, ravi: Browser) -> None:
    chat = writes()
    made = asha.post("/api/v1/canned-replies", {"shortcut": "thanks", "text": "Thanks, {{contact.first_name}}!", "shared": True})
    number = made.json()["id"]

    filled = ravi.post(f"/api/v1/conversations/{chat}/fill", {"reply_id": number}).json()
    changed = asha.patch(f"/api/v1/canned-replies/{number}", {"shortcut": "ty"}).json()
    refused = ravi.delete(f"/api/v1/canned-replies/{number}")
    gone = asha.delete(f"/api/v1/canned-replies/{number}")

    assert made.status_code == 201
    assert filled == {"text": "Thanks, Kabir!", "missing": [], "media": None}
    assert (changed["shortcut"], changed["text"]) == ("ty", "Thanks, {{contact.first_name}}!")
    assert (code_of(refused), gone.status_code) == ("denied", 204)
    assert ravi.get("/api/v1/canned-replies").json()["items"] == []


@pytest.mark.feature("IN-22")
def test_what_is_wrong_with_a_canned_reply_is_said_at_its_field(ravi: Browser) -> None:
    answer = ravi.post("/api/v1/canned-replies", {"shortcut": "x", "text": "{{contact.pin}}"})

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "text")
    assert "contact.first_name" in answer.json()["error"]["help"]


@pytest.mark.feature("DT-09")
def test_a_draft_is_there_on_the_next_device(ravi: Browser, asha: Browser) -> None:
    chat = writes()

    kept = ravi.ask("PUT", f"/api/v1/conversations/{chat}/draft", json={"text": "Dear Kabir", "window": "shop"}).json()
    there = ravi.get("/api/v1/drafts").json()["items"]
    emptied = ravi.ask("PUT", f"/api/v1/conversations/{chat}/draft", json={"text": "", "based_on": kept["version"]}).json()

    assert there == [kept] and kept["text"] == "Dear Kabir"
    assert emptied["text"] == "" and ravi.get("/api/v1/drafts").json()["items"] == []
    assert asha.get("/api/v1/drafts").json()["items"] == []


@pytest.mark.feature("IN-24")
def test_a_message_is_scheduled_changed_and_called_off(ravi: Browser) -> None:
    chat = writes()
    words = {"type": "text", "text": {"body": "See you tomorrow"}}

    made = ravi.post(f"/api/v1/conversations/{chat}/scheduled", {"at": SOON, "message": words})
    number = made.json()["id"]
    changed = ravi.patch(f"/api/v1/scheduled/{number}", {"message": {"type": "text", "text": {"body": "See you"}}}).json()
    listed = ravi.get(f"/api/v1/conversations/{chat}/scheduled").json()["items"]
    off = ravi.delete(f"/api/v1/scheduled/{number}")

    assert (made.status_code, made.json()["state"], made.json()["author"]["name"]) == (201, "waiting", "Ravi")
    assert listed == [changed] and changed["message"]["text"]["body"] == "See you"
    assert off.status_code == 204 and ravi.get(f"/api/v1/conversations/{chat}/scheduled").json()["items"] == []


@pytest.mark.feature("IN-24")
@pytest.mark.parametrize("at", ["tomorrow", "2030-01-01T10:00:00", "2020-01-01T10:00:00Z"])
def test_a_moment_that_is_none_is_refused(ravi: Browser, at: str) -> None:
    answer = ravi.post(f"/api/v1/conversations/{writes()}/scheduled", {"at": at, "message": {"type": "text", "text": {"body": "x"}}})

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "at")


def test_a_colleagues_conversation_is_not_there(ravi: Browser, asha: Browser, team: dict[Role, User]) -> None:
    chat = writes()
    words = {"type": "text", "text": {"body": "x"}}
    number = asha.post(f"/api/v1/conversations/{chat}/scheduled", {"at": SOON, "message": words}).json()["id"]
    assign(chat, team[Role.OWNER].id, actor="system")

    answers = [
        ravi.get(f"/api/v1/conversations/{chat}/scheduled"),
        ravi.post(f"/api/v1/conversations/{chat}/scheduled", {"at": SOON, "message": words}),
        ravi.patch(f"/api/v1/scheduled/{number}", {"at": SOON}),
        ravi.delete(f"/api/v1/scheduled/{number}"),
        ravi.post(f"/api/v1/conversations/{chat}/fill", {"text": "{{contact.name}}"}),
        ravi.ask("PUT", f"/api/v1/conversations/{chat}/draft", json={"text": "x"}),
    ]

    assert [code_of(answer) for answer in answers] == ["not_found"] * 6
