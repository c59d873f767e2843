"""Nodes whose work goes beyond the conversation: hours, people of the shop, other customers, letters, webhooks, servers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.people import add_person
from wablast_box.engine.flows.acting.calling import send_due
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.inbox.thread.models import Note
from wablast_box.engine.notifications.email.account import change_account
from wablast_box.engine.notifications.email.models import Email
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.roles import Role
from wablast_box.lib import outbound, worker
from wablast_box.lib.clock import frozen_at

MEERA = "919800000001"


@pytest.fixture
def shop(box: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(worker.huey, "immediate", False)  # no bell is heard: nothing leaves
    return Shop()


def errors() -> list[str]:
    return [row.error for row in FlowStep.select().where(FlowStep.error.is_null(False))]


@pytest.mark.feature("FN-27")
@pytest.mark.parametrize(("hour", "said"), [(5, "open"), (18, "closed")])
def test_the_shops_own_hours_part_the_ways(shop: Shop, hour: int, said: str) -> None:
    store.put("opening_hours", "Mon-Sat 10:00-20:00")
    shop.on(
        graph(
            node("it", "business_hours"), node("yes", "send_message", text="open"), node("no", "send_message", text="closed"),
            edges="start>it it.open>yes it.closed>no",
        )
    )  # fmt: skip
    with frozen_at(datetime(2026, 12, 25, hour, tzinfo=UTC)):
        shop.hears("hi")

    assert shop.said() == [said]


@pytest.mark.feature("FN-60")
def test_people_of_the_shop_are_called_by_a_note(shop: Shop) -> None:
    ravi = add_person(Role.AGENT, email="ravi@example.com")
    shop.on(graph(node("it", "notify_staff", text="{{contact.name}} is angry", user=str(ravi.id)), edges="start>it"))
    shop.hears("hi")

    assert errors() == []
    assert ["angry" in row.text for row in Note.select()] == [True]


@pytest.mark.feature("FN-48")
def test_a_flow_is_started_with_somebody_else(shop: Shop) -> None:
    driver = shop.on(
        graph(node("say", "send_message", text="Go to {{where}}"), edges="start>say", trigger={"kind": "keyword", "words": "nothing else"}),
        "Driver",
    )
    shop.hears("hello", who=MEERA)
    shop.on(
        graph(node("it", "start_flow_for", flow=str(driver), to=f"+{MEERA}", variables={"where": "{{message.text}}"}), edges="start>it")
    )
    shop.hears("MG Road")
    shop.plays()

    assert (errors(), shop.said()) == ([], ["Go to MG Road"])


LETTER = graph(
    node("it", "send_email", to="ravi@example.com", subject="From {{contact.name}}", text="{{message.text}}"),
    node("sorry", "send_message", text="not sent"), edges="start>it it.error>sorry",
)  # fmt: skip


@pytest.mark.feature("FN-15")
def test_a_letter_is_queued(shop: Shop) -> None:
    change_account({"provider": "smtp", "from_address": "shop@example.com", "host": "localhost", "port": 1, "security": "none"}, by=SYSTEM)
    shop.on(LETTER)
    shop.hears("hi there")

    assert errors() == []
    assert [(row.kind, row.subject) for row in Email.select()] == [("flow", "From Kabir")]


@pytest.mark.feature("FN-15")
def test_a_letter_that_cannot_be_sent_goes_by_error(shop: Shop) -> None:
    shop.on(LETTER)
    shop.hears("hi there")

    assert (shop.said(), errors()) == (["not sent"], ["E-mail is not set up."])


@pytest.fixture
def listed() -> Iterator[None]:
    """What the owner lets the box call within the house ends with the test."""
    yield
    outbound.allow_addresses([])


@contextmanager
def a_server(*, is_listed: bool = False) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A server on this machine; its address and what it was asked."""
    asked: list[tuple[str, bytes]] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"order": {"status": "on its way"}}')

        do_POST = do_GET

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    if is_listed:
        outbound.allow_addresses([f"127.0.0.1:{server.server_port}"])
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


ASKING = {"save_as": "answer", "mapping": {"status": "body.order.status"}}


@pytest.mark.feature("FN-42")
def test_another_system_is_asked_and_its_answer_told(shop: Shop, listed: None) -> None:
    with a_server(is_listed=True) as (url, asked):
        shop.on(
            graph(
                node("it", "http_request", url=url + "/orders/{{message.text}}", **ASKING), node("say", "send_message", text="It is {{status}}"),
                edges="start>it it>say",
            )
        )  # fmt: skip
        shop.hears("7 8/9")

    assert (shop.said(), [path for path, _ in asked], errors()) == (["It is on its way"], ["/orders/7%208%2F9"], [])


@pytest.mark.feature("FN-42")
def test_addresses_of_this_house_are_refused(shop: Shop) -> None:
    with a_server() as (url, asked):
        shop.on(graph(node("it", "http_request", url=url), node("say", "send_message", text="no"), edges="start>it it.error>say"))
        shop.hears("hi")

    assert (shop.said(), asked) == (["no"], [])


@pytest.mark.feature("FN-43")
def test_a_webhook_is_a_row_that_is_sent_afterwards(shop: Shop, listed: None) -> None:
    with a_server(is_listed=True) as (url, asked):
        body = '{"said": "{{message.text}}"}'
        shop.on(
            graph(node("it", "webhook", url=url + "/new", body=body), node("say", "send_message", text="noted"), edges="start>it it>say")
        )
        shop.hears('a "b"')
        assert (shop.said(), asked) == (["noted"], [])
        send_due()

    assert asked == [("/new", b'{"said": "a \\"b\\""}')]
