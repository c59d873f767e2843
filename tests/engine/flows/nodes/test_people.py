"""Nodes that change what the box knows, and those that reach other systems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wablast_box.engine.flows.node.outcome import Answer, Go, Wait
from wablast_box.engine.flows.node.step import HttpAnswer, Step
from wablast_box.engine.flows.node.writing import as_shown
from wablast_box.engine.flows.nodes.catalogue import BUILTIN
from wablast_box.engine.flows.nodes.connecting import HttpRequest
from wablast_box.engine.flows.nodes.people import Assign
from wablast_box.lib.errors import BoxError, Invalid, Upstream

from .conftest import Talk, problems, way

ACTS: list[Any] = [
    ("FN-30", "update_contact_field", {"field": "size", "value": " {{message.text}} "}, ("set_contact_field", {"field": "size", "value": "hi"})),
    ("FN-30", "update_contact_field", {"field": "n", "expression": "length(message.text)"}, ("set_contact_field", {"field": "n", "value": 2})),
    ("FN-30", "update_contact_field", {"field": "size", "value": "{{nobody}}"}, ("set_contact_field", {"field": "size", "value": None})),
    ("FN-30", "set_language", {"language": "hi"}, ("set_language", {"language": "hi"})),
    ("FN-31", "add_tag", {"names": "VIP,  new  lead, VIP,,{{nobody}}"}, ("tag", {"names": ["VIP", "new lead"]})),
    ("FN-31", "remove_tag", {"names": "VIP"}, ("untag", {"names": ["VIP"]})),
    ("FN-33", "assign", {"way": "person", "user": "7", "team": "8"}, ("assign", {"user": "7", "team": "8", "way": "person"})),
    ("FN-33", "assign", {"way": "team", "user": "7", "team": "8"}, ("assign", {"user": None, "team": "8", "way": "person"})),
    ("FN-33", "assign", {}, ("assign", {"user": None, "team": None, "way": "round_robin"})),
    ("FN-33", "assign", {"way": "least_busy", "team": "8"}, ("assign", {"user": None, "team": "8", "way": "least_busy"})),
    ("FN-34", "set_state", {"state": "pending"}, ("set_state", {"state": "pending"})),
    ("FN-34", "add_note", {"text": "Said {{message.text}}"}, ("note", {"text": "Said hi"})),
    ("FN-60", "notify_staff", {"text": "{{contact.first_name}} waits", "user": "7"}, ("notify", {"text": "Asha waits", "users": ["7"]})),
    ("FN-60", "notify_staff", {"text": "x"}, ("notify", {"text": "x", "users": []})),
    ("FN-15", "send_email", {"to": "a@b.in", "subject": "New\n{{message.text}}", "text": "Hi"}, ("email", {"to": "a@b.in", "subject": "New\nhi", "text": "Hi"})),
    ("FN-48", "start_flow_for", {"flow": "7", "to": "98123 45678", "variables": {"said": "{{message.text}}"}}, ("start_flow", {"flow": "7", "to": "+919812345678", "variables": {"said": "hi"}})),
]  # fmt: skip


@pytest.mark.feature("FN-30")
@pytest.mark.feature("FN-31")
@pytest.mark.feature("FN-33")
@pytest.mark.feature("FN-34")
@pytest.mark.parametrize(("kind", "data", "done"), [one[1:] for one in ACTS])
def test_one_thing_is_done_in_the_box(talk: Talk, kind: str, data: dict[str, Any], done: tuple[str, dict[str, Any]]) -> None:
    heard = talk([(kind, data), ("end", {"reason": "done"})])

    assert [(one["what"], one["given"]) for one in heard.acts] == [done]
    assert heard.run.reason == "done"
    assert problems(kind, data) == []


@pytest.mark.feature("IN-18")
def test_a_hand_off_ends_the_flow_with_a_note(talk: Talk) -> None:
    heard = talk([("hand_off", {"note": "Wants {{message.text}}"}), ("send_message", {"text": "never"})])

    assert [(one["what"], one["given"]) for one in heard.acts] == [("hand_off", {"note": "Wants hi"})]
    assert (heard.run.state, heard.replies) == ("ended", [])


@pytest.mark.parametrize(
    ("kind", "data", "wrong"),
    [
        ("assign", {"way": "person"}, ["user"]),
        ("assign", {"way": "team"}, ["team"]),
        ("add_tag", {}, ["names"]),
        ("set_state", {"state": "asleep"}, ["state"]),
        ("send_email", {"to": "a@b.in"}, ["subject", "text"]),
        ("webhook", {"url": "example.com"}, ["url"]),
        ("http_request", {"url": "https://a.in", "headers": {"Host": "b", "a b": "c"}}, ["headers.Host", "headers.a b"]),
        ("http_request", {"url": "https://a.in", "mapping": {"Bad Name": "body.x", "good": "body["}}, ["mapping.Bad Name", "mapping.good"]),
    ],
)
def test_what_is_missing_is_said_while_drawing(kind: str, data: dict[str, Any], wrong: list[str]) -> None:
    assert problems(kind, data) == wrong


@pytest.mark.feature("FN-33")
def test_only_what_the_way_of_assigning_needs_is_asked_for() -> None:
    asked = {name: field.schema().get("x-when") for name, field in Assign.fields().items()}
    assert asked == {"way": None, "user": {"way": ["person"]}, "team": {"way": ["team", "round_robin", "least_busy"]}}


def test_what_is_not_asked_for_is_no_mistake_but_for_its_kind() -> None:
    assert problems("set_variable", {"name": "a", "kind": "text", "value": "b", "expression": "items["}) == []
    assert problems("set_variable", {"name": "a", "kind": "expression", "expression": "items["}) == ["expression"]
    assert problems("http_request", {"url": "https://a.in", "body_kind": "json", "body": "{{contact.name"}) == []
    assert problems("http_request", {"url": "https://a.in", "method": "PUT", "body_kind": "json", "body": "{{contact.name"}) == ["body"]
    assert problems("http_request", {"url": "https://a.in", "body": 5}) == ["body"]


@pytest.mark.parametrize(
    ("kind", "data"), [("send_email", {"to": "nobody", "subject": "s", "text": "t"}), ("start_flow_for", {"flow": "7", "to": "12"})]
)
def test_what_cannot_be_done_goes_by_error(talk: Talk, kind: str, data: dict[str, Any]) -> None:
    heard = talk([(kind, data)])

    assert (way(heard), heard.acts) == ("error", [])


def test_a_webhook_is_handed_over_and_nobody_waits(talk: Talk) -> None:
    data = {"url": "https://a.in/?who={{contact.name}}", "headers": {"X-Said": "{{message.text}}"}, "body": '{"said": "{{message.text}}"}'}
    given = talk([("webhook", data)], contact={"name": 'A "B"'}).acts[0]["given"]
    bare = talk([("webhook", {"url": "https://a.in"})]).acts[0]["given"]

    assert given["url"] == "https://a.in/?who=A%20%22B%22"
    assert (given["headers"], json.loads(given["body"])) == ({"Content-Type": "application/json", "X-Said": "hi"}, {"said": "hi"})
    assert json.loads(bare["body"])["message"]["text"] == "hi"
    assert way(talk([("webhook", {**data, "body": "{"})])) == "error"


class Server:
    """A server that answers what it was told to, in order, and notes what it was asked."""

    def __init__(self, *answers: HttpAnswer | BoxError):
        self.answers, self.asked = list(answers), []  # type: ignore[var-annotated]

    def http(self, request: Mapping[str, Any]) -> HttpAnswer:
        self.asked.append(as_shown(request))
        answer = self.answers.pop(0)
        if isinstance(answer, BoxError):
            raise answer
        return answer

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None:
        raise AssertionError

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        raise AssertionError


def asking(server: Server, variables: dict[str, Any]) -> Step:
    return Step(
        variables=variables, surroundings={"message": {"text": 'a "b" & c\r\nX: y'}}, memory={}, now=datetime(2026, 12, 25, tzinfo=UTC),
        effects=server, key="1:1", zone=ZoneInfo("Asia/Kolkata"),
    )  # fmt: skip


@pytest.mark.feature("FN-42")
def test_an_answer_is_kept_whole_and_in_parts() -> None:
    server, kept = Server(HttpAnswer(200, {"x": "1"}, {"order": {"id": 7, "items": ["a", "b"]}})), {}
    node = HttpRequest(
        {"url": "https://a.in/{{message.text}}", "save_as": "answer", "mapping": {"id": "body.order.id", "n": "length(body.order.items)"}}
    )

    assert node.run(asking(server, kept)) == Go()
    assert kept == {"answer": {"status": 200, "body": {"order": {"id": 7, "items": ["a", "b"]}}}, "id": 7, "n": 2}
    assert server.asked == [
        {"method": "GET", "url": "https://a.in/a%20%22b%22%20%26%20c%0D%0AX%3A%20y", "headers": {}, "content": "", "timeout_s": 10.0}
    ]


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize(
    ("data", "content"),
    [
        ({"body_kind": "json", "body": '{"said": "{{message.text}}"}'}, '{"said": "a \\"b\\" & c\\r\\nX: y"}'),
        ({"body_kind": "form", "form": {"said it": "{{message.text}}"}}, "said%20it=a%20%22b%22%20%26%20c%0D%0AX%3A%20y"),
        ({"body_kind": "text", "body": "{{message.text}}"}, 'a "b" & c\r\nX: y'),
    ],
)
def test_each_body_has_its_own_writing(data: dict[str, Any], content: str) -> None:
    server = Server(HttpAnswer(201, {}, None))
    HttpRequest({"method": "POST", "url": "https://a.in", "headers": {"X-Said": "{{message.text}}"}, **data}).run(asking(server, {}))

    assert server.asked[0]["content"] == content
    assert server.asked[0]["headers"]["X-Said"] == 'a "b" & c X: y'


@pytest.mark.feature("FN-42")
@pytest.mark.feature("FE-21")
def test_a_safe_request_is_tried_again_later_and_then_fails() -> None:
    down: tuple[Any, ...] = (HttpAnswer(503, {}, "busy"), Upstream("Nobody answers."), HttpAnswer(429, {}, ""))
    server = Server(*down)
    node, step = HttpRequest({"url": "https://a.in"}), asking(server, {})

    waits = [node.run(step), node.resume(step, Answer("time"))]
    assert [(one.until - step.now).total_seconds() for one in waits if isinstance(one, Wait) and one.until] == [2, 10]
    with pytest.raises(Upstream):
        node.resume(step, Answer("time"))
    assert len(server.asked) == 3


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize("answer", [HttpAnswer(404, {}, {"why": "gone"}), HttpAnswer(500, {}, {"why": "oops"})])
def test_what_changes_something_is_asked_once_and_its_refusal_is_kept(answer: HttpAnswer) -> None:
    server, kept = Server(answer), {}
    node = HttpRequest({"method": "POST", "url": "https://a.in", "save_as": "answer"})

    with pytest.raises(Upstream):
        node.run(asking(server, kept))
    assert kept == {"answer": {"status": answer.status, "body": answer.body}}
    assert not node.may_repeat()


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize(
    ("data", "body"),
    [
        ({"save_as": "answer"}, "x" * 70_000),
        ({"mapping": {"found": "sum(body)"}}, "no list"),
        ({"method": "POST", "body_kind": "json", "body": '{"said": {{message.text}}}'}, None),
    ],
)
def test_an_answer_too_large_or_of_another_form_is_refused(data: dict[str, Any], body: Any) -> None:
    with pytest.raises(Invalid):
        HttpRequest({"url": "https://a.in", **data}).run(asking(Server(HttpAnswer(200, {}, body)), {}))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3), max_leaves=6
)  # fmt: skip


@settings(deadline=None)  # a busy machine is no mistake of a node
@given(st.data())
@pytest.mark.parametrize("kind", BUILTIN, ids=lambda kind: kind.type)
def test_any_data_can_be_checked_and_described(kind: Any, data: st.DataObject) -> None:
    drawn = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(kind.fields(), anything)))

    assert all(wrong.message for wrong in kind(drawn).problems())
    assert kind(drawn).all_outputs() is not None
    assert kind(drawn).longest_wait_s() >= 0
    assert json.dumps(kind.describe())
