"""The inbox over HTTP: what each role sees, how lists page, how a message is sent once."""

from __future__ import annotations

import time

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.web.browser import Browser, code_of
from wablast_box.engine.inbox import attachment_fetch
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Attachment, Contact, Conversation, Message
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role


def writes(words: str = "hi", *, wa_id: str = "919812345678", name: str = "Kabir") -> int:
    """A customer writes now; the conversation's id."""
    delivers(body(text(words, wa_id=wa_id, name=name, timestamp=str(int(time.time())))))
    return int(Conversation.get(Conversation.contact == Contact.get(Contact.wa_id == wa_id)).id)


@pytest.mark.feature("IN-01")
def test_the_list_shows_who_wrote_and_what(asha: Browser) -> None:
    conversation_id = writes("Is it in stock?")

    [shown] = asha.get("/api/v1/conversations").json()["items"]

    assert shown["id"] == str(conversation_id)
    assert shown["contact"]["name"] == "Kabir"
    assert shown["last_message"]["text"] == "Is it in stock?"
    assert shown["unread_count"] == 1
    assert shown["window_expires_at"].endswith("Z")


@pytest.mark.feature("AP-13")
def test_a_list_is_walked_page_by_page_without_gap_or_repeat(asha: Browser) -> None:
    for number in range(7):
        writes(f"from {number}", wa_id=f"91980000000{number}", name=f"Customer {number}")

    seen, cursor = [], ""
    while cursor is not None:
        page = asha.get("/api/v1/conversations", params={"limit": "3", "cursor": cursor}).json()
        seen += [item["contact"]["name"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [f"Customer {number}" for number in reversed(range(7))]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=ten", "limit=-1", "cursor=abc", "limit=1e3", f"cursor={1 << 63}"])
def test_a_wrong_page_is_refused_with_the_field(asha: Browser, query: str) -> None:
    answer = asha.get(f"/api/v1/conversations?{query}")

    assert answer.status_code == 422
    assert answer.json()["error"]["field"] in ("limit", "cursor")


@pytest.mark.feature("AP-02")
def test_an_answer_becomes_a_queued_message(asha: Browser) -> None:
    conversation_id = writes()

    answer = asha.post(f"/api/v1/conversations/{conversation_id}/messages", {"type": "text", "text": {"body": "Yes, 6 left"}})

    assert answer.status_code == 201
    message = answer.json()
    assert (message["state"], message["direction"], message["text"]) == ("queued", "out", "Yes, 6 left")
    assert message["sender"] == {"kind": "user", "name": "Asha"}
    thread = asha.get(f"/api/v1/conversations/{conversation_id}/messages").json()["items"]
    assert [m["text"] for m in thread] == ["Yes, 6 left", "hi"]


@pytest.mark.feature("AP-05")
def test_the_same_key_sends_once(machine: Browser) -> None:
    writes()
    request = {"to": "+91 98123 45678", "type": "text", "text": {"body": "Ready"}}
    key = {"Idempotency-Key": "order-2051"}

    first = machine.post("/api/v1/messages", request, headers=key)
    second = machine.post("/api/v1/messages", request, headers=key)
    other = machine.post("/api/v1/messages", {**request, "text": {"body": "Different"}}, headers=key)

    assert first.json()["id"] == second.json()["id"]
    assert first.json()["idempotency_key"] == "order-2051"
    assert other.status_code == 409
    assert Message.select().where(Message.direction == "out").count() == 1


def test_a_key_of_somebody_else_reveals_nothing(asha: Browser, machine: Browser) -> None:
    writes()
    request = {"to": "919812345678", "type": "text", "text": {"body": "Ready"}}

    first = machine.post("/api/v1/messages", request, headers={"Idempotency-Key": "same"})
    second = asha.post("/api/v1/messages", request, headers={"Idempotency-Key": "same"})

    assert first.json()["id"] != second.json()["id"]


def test_a_closed_window_says_why_and_writes_nothing(asha: Browser) -> None:
    delivers(body(text("long ago", timestamp="1700000000")))
    conversation = Conversation.get()

    answer = asha.post(f"/api/v1/conversations/{conversation.id}/messages", {"type": "text", "text": {"body": "Hello?"}})

    assert (answer.status_code, code_of(answer)) == (409, "window_closed")
    assert "template" in answer.json()["error"]["help"]
    assert Message.select().where(Message.direction == "out").count() == 0


@pytest.mark.parametrize(
    ("request_body", "field"),
    [
        ({}, "type"),
        ({"type": "text"}, "text"),
        ({"type": "text", "text": {"body": ""}}, "text.body"),
        ({"type": "text", "text": {"body": "x" * 4097}}, "text.body"),
        ({"type": "text", "text": {"body": "hi"}, "state": "sent"}, "state"),
        ({"type": "telepathy"}, "type"),
    ],
    ids=str,
)
def test_a_wrong_message_is_refused_with_the_field(asha: Browser, request_body: dict[str, object], field: str) -> None:
    conversation_id = writes()

    answer = asha.post(f"/api/v1/conversations/{conversation_id}/messages", request_body)

    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == field


def test_reading_a_conversation_clears_its_unread_count(asha: Browser) -> None:
    conversation_id = writes()

    shown = asha.post(f"/api/v1/conversations/{conversation_id}/read").json()

    assert shown["unread_count"] == 0


def test_an_agent_sees_what_is_free_or_theirs(ravi: Browser, asha: Browser, team: dict[Role, User]) -> None:
    free, his, hers = (writes(wa_id=f"91980000000{n}", name=name) for n, name in enumerate(("Free", "His", "Hers")))
    assign(his, team[Role.AGENT].id, actor="system")
    assign(hers, team[Role.OWNER].id, actor="system")

    names = {item["contact"]["name"] for item in ravi.get("/api/v1/conversations").json()["items"]}

    assert names == {"Free", "His"}
    assert len(asha.get("/api/v1/conversations").json()["items"]) == 3
    assert {c["name"] for c in ravi.get("/api/v1/contacts").json()["items"]} == {"Free", "His"}
    assert {m["conversation_id"] for m in ravi.get("/api/v1/messages").json()["items"]} == {str(free), str(his)}


@pytest.mark.parametrize("path", ["", "/messages"])
def test_what_belongs_to_a_colleague_is_not_found(ravi: Browser, team: dict[Role, User], path: str) -> None:
    hers = writes()
    assign(hers, team[Role.OWNER].id, actor="system")

    answer = ravi.get(f"/api/v1/conversations/{hers}{path}")
    nothing = ravi.get(f"/api/v1/conversations/{hers + 12345}{path}")

    assert answer.status_code == nothing.status_code == 404
    assert answer.json() == nothing.json()


def test_an_agent_cannot_write_to_a_colleagues_customer_by_number(ravi: Browser, team: dict[Role, User]) -> None:
    assign(writes(), team[Role.OWNER].id, actor="system")

    answer = ravi.post("/api/v1/messages", {"to": "919812345678", "type": "text", "text": {"body": "psst"}})

    assert answer.status_code == 403
    assert Message.select().where(Message.direction == "out").count() == 0


@pytest.mark.feature("IN-15")
def test_an_agent_takes_a_free_conversation_but_gives_none_to_others(ravi: Browser, team: dict[Role, User]) -> None:
    conversation_id = writes()

    to_asha = ravi.post(f"/api/v1/conversations/{conversation_id}/assign", {"user_id": str(team[Role.OWNER].id)})
    to_self = ravi.post(f"/api/v1/conversations/{conversation_id}/assign", {"user_id": str(team[Role.AGENT].id)})

    assert to_asha.status_code == 403
    assert to_self.json()["assignee"]["name"] == "Ravi"


def test_an_analyst_reads_no_conversation_and_sees_people_masked(meera: Browser) -> None:
    writes()

    assert meera.get("/api/v1/conversations").status_code == 403
    [contact] = meera.get("/api/v1/contacts").json()["items"]
    assert "9812345" not in str(contact)


def sends_a_file_that_fails(*, wa_id: str = "919812345678") -> Message:
    """Kabir sends a photo that could not be had."""
    photo = {"id": "1234567890", "mime_type": "image/jpeg", "sha256": "x"}
    message = {"id": f"wamid.photo.{wa_id}", "from": wa_id, "timestamp": str(int(time.time())), "type": "image", "image": photo}
    delivers(body({"messages": [message], "contacts": [{"wa_id": wa_id, "profile": {"name": "Kabir"}}]}))
    Attachment.update(state="failed", error="Meta did not answer.", attempts=5).execute()
    return Message.get(Message.wamid == message["id"])


def test_a_file_that_failed_is_fetched_again_when_somebody_asks(asha: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(attachment_fetch, "fetch_due", lambda: rung.append(True))
    message = sends_a_file_that_fails()
    before = asha.get(f"/api/v1/messages/{message.id}").json()["attachment"]

    answer = asha.post(f"/api/v1/messages/{message.id}/attachment/fetch")
    twice = asha.post(f"/api/v1/messages/{message.id}/attachment/fetch")
    missed = asha.get("/api/v1/events?after=0").json()["items"]

    assert (before["state"], before["error"]) == ("failed", "Meta did not answer.")
    assert answer.status_code == 200
    assert (answer.json()["attachment"]["state"], answer.json()["attachment"]["error"]) == ("pending", None)
    assert rung
    assert (twice.status_code, code_of(twice)) == (409, "conflict")
    assert str(message.id) in {event["message_id"] for event in missed if event["name"] == "message.updated"}


def test_a_colleagues_file_is_not_fetched_again(ravi: Browser, team: dict[Role, User]) -> None:
    message = sends_a_file_that_fails()
    assign(message.conversation_id, team[Role.OWNER].id, actor="system")

    answer = ravi.post(f"/api/v1/messages/{message.id}/attachment/fetch")

    assert answer.status_code == 404
    assert Attachment.get().state == "failed"


def test_what_a_window_missed_can_be_asked_for(asha: Browser) -> None:
    conversation_id = writes("one")
    [first] = asha.get("/api/v1/events?after=0").json()["items"]
    writes("two")

    missed = asha.get(f"/api/v1/events?after={first['event_id']}").json()

    assert missed["reload"] is False
    assert [(e["name"], e["conversation_id"]) for e in missed["items"]] == [("message.received", str(conversation_id))]


@pytest.mark.feature("AP-03")
def test_the_api_describes_itself(asha: Browser, ravi: Browser) -> None:
    document = asha.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "/api/v1/conversations/{id}/messages" in document["paths"]
    assert "Message" in document["components"]["schemas"]
    assert ravi.get("/api/v1/openapi.json").status_code == 403


@pytest.mark.feature("CN-21")
def test_a_webhook_that_failed_is_listed_as_meta_sent_it_and_replayed(asha: Browser) -> None:
    delivers(body({"messages": [{"type": "text", "from": "919812345678", "text": {"body": "my secret"}}]}))

    [event] = asha.get("/api/v1/webhook-events?state=failed").json()["items"]
    whole = asha.get(f"/api/v1/webhook-events/{event['id']}").json()
    replayed = asha.post(f"/api/v1/webhook-events/{event['id']}/replay").json()

    assert event["error"]
    assert "my secret" in whole["body"] and not whole["is_masked"]
    assert replayed["state"] == "pending"
