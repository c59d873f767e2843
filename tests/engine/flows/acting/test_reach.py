"""No flow leads inside: every spelling of an address of this house, in each node that asks another system, live and rehearsed."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest

from tests.engine.flows.acting.servers import Asked, Server, answers, listed, server
from tests.engine.flows.talk import Shop, graph, node
from tests.lib.test_outbound import FORMS, HOSTS, resolves
from tests.patience import BUSY
from wablast_box.engine.flows.acting import calling
from wablast_box.engine.flows.acting.calls import queue_call
from wablast_box.engine.flows.design.flows import create_flow
from wablast_box.engine.flows.models import FlowCall, FlowStep
from wablast_box.engine.flows.rehearsal.talk import simulate
from wablast_box.lib import outbound, worker
from wablast_box.lib.errors import BoxError
from wablast_box.lib.outbound import guard

ASK = graph(
    node("it", "http_request", url="{{message.text}}", retries=0, timeout_s=2, save_as="answer"),
    node("yes", "send_message", text="reached {{answer.status}}"), node("no", "send_message", text="refused"),
    edges="start>it it>yes it.error>no",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_listed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker.huey, "immediate", False)
    yield
    outbound.allow_addresses([])


@pytest.fixture
def any_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PORTS", frozenset(range(1, 65536)))


@pytest.fixture
def quick_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that nobody knows are not looked for in the world."""
    really = socket.getaddrinfo

    def answer(host: Any, *others: Any, **more: Any) -> Any:
        if host in ("example.com", "exa%00mple.com"):
            raise OSError("nobody knows")
        return really(host, *others, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def errors() -> set[str]:
    return {row.error for row in FlowStep.select().where(FlowStep.node_id == "it")}


@pytest.mark.feature("FN-42")
def test_a_request_reaches_no_address_inside_however_it_is_written(shop: Shop, any_port: None, quick_names: None) -> None:
    with server(answers()) as sentinel:
        shop.on(ASK)
        tried = [f"http://{host}:{sentinel.port}/" for host in HOSTS] + FORMS
        for url in tried:
            shop.hears(url)

    assert sentinel.asked == []
    assert len(tried) > 80 and shop.said() == ["refused"] * len(tried)
    assert errors() == {"refused by egress policy"}


@pytest.mark.feature("FN-43")
def test_a_webhook_reaches_no_address_inside_however_it_is_written(shop: Shop, any_port: None, quick_names: None) -> None:
    with server(answers()) as sentinel:
        for url in [f"http://{host}:{sentinel.port}/" for host in HOSTS] + FORMS:
            try:
                queue_call(url, {}, "{}")
            except BoxError:
                continue  # refused before it was kept
        calling.send_due()

    assert sentinel.asked == []
    assert {(row.state, row.error) for row in FlowCall.select()} == {("failed", "refused by egress policy")}
    assert FlowCall.select().count() > 50


@pytest.mark.feature("FN-55")
def test_an_owners_javascript_reaches_nothing_inside(shop: Shop, any_port: None) -> None:
    code = "return http(input.message.text, { method: 'GET' })"
    with server(answers()) as sentinel:
        shop.on(graph(node("it", "code", code=code), node("no", "send_message", text="refused"), edges="start>it it.error>no"))
        for number, host in enumerate(("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0", "localhost.")):
            shop.hears(f"http://{host}:{sentinel.port}/", who=f"9198{number:08}")

    assert (sentinel.asked, shop.said()) == ([], ["refused"] * 6)


@pytest.mark.feature("FE-04")
def test_a_rehearsal_asks_nobody_and_looks_no_name_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_: Any, **__: Any) -> Any:
        raise AssertionError("a rehearsal touched the network")

    made = int(create_flow("Ask", ASK, shop.asha)["id"])
    hook = int(create_flow("Hook", graph(node("it", "webhook", url="{{message.text}}"), edges="start>it"), shop.asha)["id"])
    with server(answers()) as sentinel, listed(sentinel):
        for name in ("getaddrinfo", "create_connection", "gethostbyname"):
            monkeypatch.setattr(socket, name, touched)
        monkeypatch.setattr(socket.socket, "connect", touched)
        for url in [f"http://{host}:{sentinel.port}/" for host in HOSTS] + FORMS + [sentinel.url, "https://example.com/"]:
            for flow in (made, hook):
                assert simulate(flow, [url])["state"] == "ended", url

    assert sentinel.asked == []


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["64:ff9b::7f00:1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]]
)
def test_a_name_with_one_answer_inside_is_refused(shop: Shop, any_port: None, monkeypatch: pytest.MonkeyPatch, found: list[str]) -> None:
    with server(answers()) as sentinel:
        shop.on(ASK)
        resolves(monkeypatch, found)
        shop.hears(f"http://evil.example:{sentinel.port}/")

    assert (sentinel.asked, shop.said()) == ([], ["refused"])


@pytest.mark.feature("FN-42")
def test_a_name_that_changes_its_answer_between_two_looks_leads_nowhere(
    shop: Shop, any_port: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    def connect(self: Any, host: str, *_: Any, **__: Any) -> Any:
        reached.append(host)
        raise httpcore.ConnectError("nobody there")

    with server(answers()) as sentinel:
        shop.on(ASK)
        asked = resolves(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
        shop.hears(f"http://rebinding.example:{sentinel.port}/")

    assert (asked, reached, sentinel.asked) == (["rebinding.example"], ["93.184.216.34"], [])


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "0"])
def test_a_chain_of_redirects_ends_before_it_leads_inside(shop: Shop, any_port: None, status: int, host: str) -> None:
    with server(answers()) as sentinel:

        def send_on(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
            where = "/again" if asked.path == "/" else f"http://{host}:{sentinel.port}/secret"
            answers(status, Location=where)(asked, handler)

        with server(send_on) as outside, listed(outside):
            shop.on(ASK)
            shop.hears(outside.url + "/")

    assert (len(outside.asked), sentinel.asked, shop.said()) == (2, [], ["refused"])


@pytest.mark.feature("FN-42")
def test_refusals_tell_nothing_apart(shop: Shop, any_port: None) -> None:
    """Nobody learns from the error, or from how long it takes, which ports are open here."""
    with server(answers()) as open_one:
        shop.on(ASK)
        times = []
        for number, url in enumerate(
            (open_one.url, "http://127.0.0.1:1/", "http://10.255.255.1/", "http://169.254.169.254/latest/meta-data/")
        ):
            began = time.perf_counter()
            shop.hears(url, who=f"9198{number:08}")
            times.append(time.perf_counter() - began)

    assert errors() == {"refused by egress policy"}
    assert max(times) < 1 * BUSY


def pours(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(500):
        handler.wfile.write(b"x" * 65_536)


def drips(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def many_headers(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    for at in range(500):
        handler.send_header(f"x-{at}", "y" * 50)
    handler.end_headers()


@pytest.mark.feature("FN-42")
@pytest.mark.parametrize("answer", [pours, drips, many_headers])
def test_an_answer_without_end_is_left(shop: Shop, answer: Any) -> None:
    with server(answer) as other, listed(other):
        shop.on(ASK)
        began = time.perf_counter()
        shop.hears(other.url)

    assert shop.said() == ["refused"]
    assert time.perf_counter() - began < 4


@pytest.mark.feature("FN-42")
def test_a_bomb_is_not_unpacked(shop: Shop) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    with server(answers(200, bomb, Content_Encoding="gzip", Content_Type="application/json")) as other, listed(other):
        shop.on(ASK)
        shop.hears(other.url)

    kept = shop.session().variables_json.get("answer", {"body": ""})
    assert len(str(kept["body"])) < 200_000


@pytest.mark.feature("FN-42")
def test_what_the_owner_lists_is_reached_and_its_neighbour_is_not(shop: Shop) -> None:
    def reach(one: Server, who: str) -> str:
        shop.hears(one.url, who=who)
        return shop.said()[-1]

    with server(answers()) as house, server(answers()) as neighbour, listed(house):
        shop.on(ASK)
        assert (reach(house, "919800000001"), reach(neighbour, "919800000002")) == ("reached 200", "refused")
