"""The thread over HTTP: pages both ways and around, notes, and what a closed conversation keeps to itself."""

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


def writes(words: str = "hi") -> int:
    delivers(body(text(words, timestamp=str(int(time.time())))))
    return int(Conversation.get().id)


@pytest.mark.feature("IN-20")
def test_a_note_stands_in_the_thread_and_is_not_sent(asha: Browser, ravi: Browser, team: dict[Role, User]) -> None:
    conversation_id = writes()
    ravi_id = str(team[Role.AGENT].id)

    answer = asha.post(f"/api/v1/conversations/{conversation_id}/notes", {"text": "@Ravi give him 5 %", "mentions": [ravi_id]})

    assert answer.status_code == 201
    page = ravi.get(f"/api/v1/conversations/{conversation_id}/timeline").json()
    assert [item["kind"] for item in page["items"]] == ["message", "note"]
    assert page["items"][1]["note"]["mentions"] == [{"id": ravi_id, "name": "Ravi"}]
    assert [m["text"] for m in asha.get("/api/v1/messages?direction=out").json()["items"]] == []


@pytest.mark.parametrize("query", ["limit=0", "before=x", "before=1&after=2", "at=yesterday", "at=2026-11-22T00:00:00", "around=-1"])
def test_a_place_that_is_none_is_refused_with_its_field(asha: Browser, query: str) -> None:
    answer = asha.get(f"/api/v1/conversations/{writes()}/timeline?{query}")

    assert answer.status_code == 422
    assert answer.json()["error"]["field"] in ("limit", "cursor", "after", "at", "around")


def test_a_thread_can_be_opened_at_a_moment(asha: Browser) -> None:
    conversation_id = writes("long ago")
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    page = asha.get(f"/api/v1/conversations/{conversation_id}/timeline", params={"at": later, "limit": "4"}).json()

    assert [item["message"]["text"] for item in page["items"]] == ["long ago"]
    assert (page["before"], page["after"]) == (None, None)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "2163-06-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_any_moment_of_the_calendar_can_be_asked_for(asha: Browser, moment: str) -> None:
    conversation_id = writes("long ago")

    thread = asha.get(f"/api/v1/conversations/{conversation_id}/timeline", params={"at": moment})
    events = asha.get("/api/v1/webhook-events", params={"since": moment, "until": moment})
    found = asha.get("/api/v1/search", params={"q": f"ago since:{moment[:10]}"})

    assert [item["message"]["text"] for item in thread.json()["items"]] == ["long ago"]
    assert (events.status_code, events.json()["items"]) == (200, [])
    assert found.status_code == 200


def test_a_colleagues_conversation_is_not_there(ravi: Browser, team: dict[Role, User]) -> None:
    conversation_id = writes()
    assign(conversation_id, team[Role.OWNER].id, actor="system")

    answers = [
        ravi.get(f"/api/v1/conversations/{conversation_id}/timeline"),
        ravi.post(f"/api/v1/conversations/{conversation_id}/notes", {"text": "let me in"}),
        ravi.get("/api/v1/conversations/1/timeline"),
    ]

    assert [code_of(answer) for answer in answers] == ["not_found"] * 3


@pytest.mark.feature("IN-21")
@pytest.mark.parametrize("mentions", [["1"], ["x"], [7], "everyone"])
def test_a_mention_of_nobody_is_refused(asha: Browser, mentions: object) -> None:
    answer = asha.post(f"/api/v1/conversations/{writes()}/notes", {"text": "hi", "mentions": mentions})

    assert answer.status_code in (404, 422)


@pytest.mark.feature("IN-21")
def test_only_colleagues_who_may_see_the_conversation_are_offered(asha: Browser, team: dict[Role, User]) -> None:
    conversation_id = writes()
    free = asha.get(f"/api/v1/conversations/{conversation_id}/mentionable").json()["items"]
    assign(conversation_id, team[Role.ADMIN].id, actor="system")

    taken = asha.get(f"/api/v1/conversations/{conversation_id}/mentionable").json()["items"]

    assert [person["name"] for person in free] == ["Bela", "Ravi"]
    assert [person["name"] for person in taken] == ["Bela"]


def test_who_came_by_an_advertisement_is_listed(asha: Browser) -> None:
    delivers(body(text("hi", referral={"source_id": "120210", "source_type": "ad", "headline": "Sarees"})))

    [found] = asha.get("/api/v1/ad-referrals?source_id=120210").json()["items"]

    assert (found["headline"], found["ctwa_clid"]) == ("Sarees", None)
