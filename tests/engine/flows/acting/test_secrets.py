"""Secrets that flows name: they reach the server that they are for, and nothing else ever holds them."""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.engine.flows.acting.servers import Asked, Server, answers, listed, server
from tests.engine.flows.talk import Shop, graph, node
from tests.people import actor_for, add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.flows.acting import calling
from wablast_box.engine.flows.design import secrets
from wablast_box.engine.flows.design.flows import create_flow
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.keeping.secrets import goes_to
from wablast_box.engine.flows.models import FlowCall, FlowStep
from wablast_box.engine.flows.rehearsal.talk import simulate
from wablast_box.engine.team.roles import Role
from wablast_box.lib import worker
from wablast_box.lib.db import database
from wablast_box.lib.errors import BoxError, Denied, Invalid

KEY = 'crm-live-"7QxZ/&é-9f2e41d8'
FORMS = (KEY, KEY.replace('"', '\\"'), "crm-live-%227QxZ%2F%26%C3%A9-9f2e41d8", b64encode(KEY.encode()).decode(), "7QxZ")


@pytest.fixture(autouse=True)
def no_bell(shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(worker.huey, "immediate", False)
    caplog.set_level(logging.DEBUG)


def is_nowhere(caplog: pytest.LogCaptureFixture, *but: str) -> None:
    """No table and no log holds the secret in any form; each is looked at whole."""
    looked = 0
    for table in database.get_tables():
        for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall():
            looked += 1
            text = " ".join(bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell) for cell in row)
            assert not [form for form in FORMS if form in text], table
    assert looked > 20
    assert not [form for form in FORMS if form in caplog.text]


def put(shop: Shop, *servers: Server, name: str = "crm_key", value: str = KEY) -> None:
    secrets.put_secret(name, value, [one.place for one in servers], by=shop.asha)


def asks(url: str, **data: Any) -> dict[str, Any]:
    headers = {"Authorization": "Bearer {{secret.crm_key | base64}}", "X-Said": "{{message.text}}"}
    return graph(
        node("it", "http_request", url=url + "/in?key={{secret.crm_key}}&said={{message.text}}", headers=headers, save_as="answer", **data),
        node("say", "send_message", text="Answer: {{answer.status}}"), node("no", "send_message", text="no"),
        edges="start>it it>say it.error>no",
    )  # fmt: skip


JSON = {"method": "POST", "body_kind": "json", "body": '{"key": "{{secret.crm_key}}", "said": "{{message.text}}"}'}


@pytest.mark.feature("FN-42")
def test_a_secret_stands_in_address_headers_and_body_each_in_its_places_writing(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    with server(answers()) as crm, listed(crm):
        put(shop, crm)
        shop.on(asks(crm.url, **JSON))
        shop.hears("{{secret.crm_key}}")

    asked = crm.asked[0]
    assert asked.path == "/in?key=crm-live-%227QxZ%2F%26%C3%A9-9f2e41d8&said=%7B%7Bsecret.crm_key%7D%7D"
    assert (asked.headers["authorization"], asked.headers["x-said"]) == ("Bearer " + b64encode(KEY.encode()).decode(), "{{secret.crm_key}}")
    assert asked.body.decode() == '{"key": "crm-live-\\"7QxZ/&é-9f2e41d8", "said": "{{secret.crm_key}}"}'
    assert shop.said() == ["Answer: 200"]
    is_nowhere(caplog)


def repeats(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """A server that says everything again that it was told."""
    said = (
        b'{"path": "'
        + asked.path.encode()
        + b'", "body": '
        + (asked.body or b"null")
        + b', "plain": "'
        + KEY.replace('"', '\\"').encode()
        + b'"}'
    )
    answers(200, said, X_Again=asked.headers["authorization"])(asked, handler)


def drips(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (repeats, "Answer: 200"), (answers(200, b"no json " + KEY.encode()), "Answer: 200"), (answers(401, KEY.encode()), "no"),
        (answers(500, KEY.encode()), "no"), (answers(302, Location="/in?again"), "no"), (drips, "no"),
    ],
)  # fmt: skip
def test_no_table_and_no_log_holds_a_secret_whatever_the_server_does(
    shop: Shop, caplog: pytest.LogCaptureFixture, answer: Any, said: str
) -> None:
    with server(answer) as crm, listed(crm):
        put(shop, crm)
        shop.on(asks(crm.url, timeout_s=1, **JSON))
        shop.hears("hi")

    assert crm.asked and shop.said() == [said]
    is_nowhere(caplog)


@pytest.mark.feature("FN-42")
def test_a_secret_goes_only_to_the_hosts_that_its_owner_named(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    with server(answers()) as crm, server(answers()) as thief, listed(crm, thief):
        put(shop, crm)
        shop.on(asks(thief.url, **JSON))
        shop.hears("hi")

    assert (thief.asked, shop.said()) == ([], ["no"])
    assert [row.error for row in FlowStep.select().where(FlowStep.error.is_null(False))] == [
        f"The secret “crm_key” goes only to {crm.place}, by https."
    ]
    is_nowhere(caplog)


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_carries_a_secret_to_another_server(shop: Shop, caplog: pytest.LogCaptureFixture, status: int) -> None:
    with server(answers()) as thief, server(answers(status, Location=f"{thief.url}/here")) as crm, listed(crm, thief):
        put(shop, crm)
        shop.on(asks(crm.url, **JSON))
        shop.hears("hi")

    assert (len(crm.asked), thief.asked, shop.said()) == (1, [], ["no"])
    is_nowhere(caplog)


@pytest.mark.feature("FN-42")
def test_a_customer_who_chooses_the_server_gets_no_secret(shop: Shop) -> None:
    with server(answers()) as crm, server(answers()) as thief, listed(crm, thief):
        put(shop, crm)
        shop.on(asks("{{message.text}}"))
        shop.hears(thief.url)

    assert (thief.asked, shop.said()) == ([], ["no"])


@pytest.mark.feature("FN-43")
def test_a_webhook_gets_its_secrets_when_it_leaves(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    with server(answers()) as crm, listed(crm):
        put(shop, crm)
        put(shop, crm, name="whole", value=f"{crm.url}/T0/{KEY}")
        shop.on(
            graph(
                node("it", "webhook", url="{{secret.whole}}", headers={"X-Key": "{{secret.crm_key}}"}, body='{"k": "{{secret.crm_key}}"}'),
                node("no", "send_message", text="no"), edges="start>it it.error>no",
            )
        )  # fmt: skip
        shop.hears("hi")
        assert ([row.url for row in FlowCall.select()], crm.asked) == (["{{secret.whole}}"], [])
        is_nowhere(caplog)
        put(shop, crm, value=KEY + "-new")
        calling.send_due()

    assert crm.asked[0].body.decode() == '{"k": "crm-live-\\"7QxZ/&é-9f2e41d8-new"}'
    assert crm.asked[0].path.startswith("/T0/crm-live")
    assert [row.state for row in FlowCall.select()] == ["done"]
    is_nowhere(caplog)


@pytest.mark.feature("FN-43")
def test_a_webhook_whose_secret_is_gone_is_given_up_and_says_so(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    with server(answers()) as crm, listed(crm):
        put(shop, crm)
        shop.on(graph(node("it", "webhook", url=crm.url, body='{"k": "{{secret.crm_key}}"}'), edges="start>it"))
        shop.hears("hi")
        secrets.delete_secret("crm_key", by=shop.asha)
        calling.send_due()

    assert ([(row.state, row.error) for row in FlowCall.select()], crm.asked) == ([("failed", "There is no secret “crm_key”.")], [])


@pytest.mark.feature("FE-07")
def test_no_text_of_the_box_is_given_a_secret(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    words = "It is {{secret.crm_key}} {{ secret.crm_key | upper }}"
    with server(answers()) as crm:
        put(shop, crm)
        drawn = graph(
            node("say", "send_message", text=words), node("note", "add_note", text=words), node("set", "set_variable", name="it", value=words),
            edges="start>say say>note note>set",
        )  # fmt: skip
        wrong = [(one.node_id, one.field, one.code, one.severity) for one in problems_of(drawn)]
        made = create_flow("Leak", drawn, shop.asha)
        played = simulate(int(made["id"]), ["hi"])

    assert {one for one in wrong if one[2] == "secret_here"} == {
        ("say", "text", "secret_here", "error"), ("note", "text", "secret_here", "error"), ("set", "value", "secret_here", "error"),
    }  # fmt: skip
    assert played["replies"][0]["message"]["text"]["body"] == words
    assert played["variables"] == {"it": words}
    is_nowhere(caplog)


@pytest.mark.feature("FE-04")
def test_a_rehearsal_shows_where_a_secret_would_stand(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    with server(answers()) as crm, listed(crm):
        put(shop, crm)
        drawn = asks(crm.url, **JSON)
        drawn["nodes"].append(
            node("hook", "webhook", url=crm.url, headers={"X-Key": "{{secret.crm_key}}"}, body='{"k": "{{secret.crm_key}}"}')
        )
        drawn["edges"].append({"from": "say", "output": "next", "to": "hook"})
        made = create_flow("Ask", drawn, shop.asha)
        played = simulate(int(made["id"]), ["hi"])

    assert crm.asked == []
    assert [one["given"] for one in played["acts"]] == [
        {"method": "POST", "url": crm.url + "/in?key={{secret.crm_key}}&said=hi"},
        {
            "url": crm.url,
            "headers": {"Content-Type": "application/json", "X-Key": "{{secret.crm_key}}"},
            "body": '{"k": "{{secret.crm_key}}"}',
        },
    ]
    assert not [form for form in FORMS if form in str(played)]
    is_nowhere(caplog)


def test_who_may_put_one_in_and_what_is_told_of_it(shop: Shop) -> None:
    admin = actor_for(add_person(Role.ADMIN, email="bela@example.com"))
    with pytest.raises(Denied):
        secrets.put_secret("crm_key", KEY, ["api.example.com"], by=admin)
    secrets.put_secret("crm_key", KEY, ["https://API.example.com/v1", "erp.example.com:8443"], by=shop.asha)
    made = create_flow("Ask", asks("https://api.example.com"), shop.asha)

    shown = secrets.all_secrets()
    assert [(one["name"], one["last4"], one["hosts"], one["used_by"]) for one in shown] == [
        ("crm_key", KEY[-4:], ["api.example.com", "erp.example.com:8443"], [{"id": made["id"], "name": "Ask"}])
    ]
    with pytest.raises(Denied):
        secrets.delete_secret("crm_key", by=admin)
    secrets.delete_secret("crm_key", by=shop.asha)
    assert secrets.all_secrets() == []
    assert [row.action for row in AuditEntry.select() if row.action.startswith("flow_secret")] == ["flow_secret.put", "flow_secret.deleted"]


@pytest.mark.parametrize(
    ("name", "value", "hosts", "field"),
    [
        ("Crm", KEY, ["a.example.com"], "name"), ("a b", KEY, ["a.example.com"], "name"), ("crm", "short", ["a.example.com"], "value"),
        ("crm", "two\nlines of it", ["a.example.com"], "value"), ("crm", "x" * 4097, ["a.example.com"], "value"), ("crm", KEY, [], "hosts"),
        ("crm", KEY, ["*.example.com"], "hosts"), ("crm", KEY, ["http://u:p@a.example.com"], "hosts"), ("crm", KEY, ["a b"], "hosts"),
        ("crm", KEY, [f"a{at}.example.com" for at in range(11)], "hosts"), ("crm", KEY, ["file:///etc/passwd"], "hosts"),
    ],
)  # fmt: skip
def test_what_is_no_secret_is_refused(shop: Shop, name: str, value: str, hosts: list[str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        secrets.put_secret(name, value, hosts, by=shop.asha)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("https://api.example.com/v1", True), ("https://API.EXAMPLE.COM/v1", True), ("https://api.example.com:443/", True),
        ("http://api.example.com/v1", False), ("https://api.example.com:8443/", False), ("https://erp.example.com:8443/x", True),
        ("https://erp.example.com/", False), ("https://api.example.com.evil.example/", False), ("https://evilapi.example.com/", False),
        ("https://api.example.com@evil.example/", False), ("https://evil.example/?api.example.com", False),
        ("https://evil.example#@api.example.com", False), ("https://api.example.com./", False), ("//api.example.com", False),
        ("https://api.example.com\\@evil.example/", False), ("ftp://api.example.com/", False), ("https://evil.example\\.api.example.com/", False),
    ],
)  # fmt: skip
def test_where_a_secret_goes(shop: Shop, url: str, goes: bool) -> None:
    assert goes_to(["api.example.com", "erp.example.com:8443"], url) is goes


def test_a_place_of_a_secret_that_cannot_be_read_is_a_problem(shop: Shop) -> None:
    found = problems_of(asks("https://api.example.com/{{secret.crm_key | upper}}"))

    assert [(one.field, one.code) for one in found if one.code == "bad_secret"] == [("url", "bad_secret")]


def test_errors_are_words_and_no_secret(shop: Shop) -> None:
    try:
        secrets.put_secret("crm", "tiny-" + "x" * 5000, ["a.example.com"], by=shop.asha)
    except BoxError as refused:
        assert "tiny" not in refused.message
