"""No address leads inside, however it is written, whatever the name server says, and whoever sends us on."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore
import pytest

from tests.engine.notifications.mail_servers import make_certificate
from tests.patience import BUSY
from wablast_box.lib import outbound
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound import Refused, guard, is_blocked, request, wire

# Where a request must never arrive, in every spelling that some program reads as an address.
HOSTS = """
127.0.0.1 127.1 127.0.1 127.255.255.254 0 0.0.0.0 0x7f000001 0x7f.0.0.1 0x7f.1 2130706433 017700000001 0177.0.0.1 0177.1
localhost LOCALHOST localhost. 127.0.0.1. ip6-localhost
[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:ffff:127.0.0.1] [::ffff:0:127.0.0.1]
[64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [2001:db8::1] [3fff::1] [fe80::1] [fec0::1] [fc00::1] [fd00:ec2::254]
[ff02::1] [100::1] [5f00::1] [2620:4f:8000::1]
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 192.168.1.254 100.64.0.1 100.127.255.254
169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 0251.0376.0251.0376 168.63.129.16 100.100.100.200
192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
１２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1
""".split()
FORMS = """
ftp://example.com/ file:///etc/passwd gopher://example.com/ unix:///var/run/docker.sock data:text/plain,x javascript:alert(1) ws://example.com/
http:// http:///x //example.com/ example.com/ http://:80/ http://user@example.com/ http://user:pw@example.com/ http://example.com@127.0.0.1/
http://127.0.0.1#@example.com/ http://127.0.0.1\\@example.com/ http://example.com:22/ https://example.com:6379/ http://example.com:0/
http://example.com:99999/ http://exa%00mple.com/ http://[::1%25lo]/
""".split()


class Sentinel:
    """A server on this machine that must not be reached. It remembers who came."""

    def __init__(self, port: int):
        self.port = port
        self.visits: list[str] = []


@contextmanager
def server(answer: Any = None, certificate: Path | None = None) -> Iterator[Sentinel]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sentinel.visits.append(self.path)
            if answer is not None:
                answer(self)
                return
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    class Listening(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Whoever hangs up is meant to."""

    with Listening(("127.0.0.1", 0), Handler) as listening:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            listening.socket = context.wrap_socket(listening.socket, server_side=True)
        sentinel = Sentinel(listening.server_address[1])
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        yield sentinel
        listening.shutdown()


@pytest.fixture(autouse=True)
def nothing_listed(box: Path) -> Iterator[None]:
    yield
    outbound.allow_addresses([])


@pytest.fixture
def any_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule of ports put aside, so that a test sees what the rule of addresses does."""
    monkeypatch.setattr(guard, "PORTS", frozenset(range(1, 65536)))


def resolves(patch: pytest.MonkeyPatch, *rounds: Sequence[str]) -> list[str]:
    """A name server of our own: each question gets the next round of answers, the last one for ever."""
    asked: list[str] = []
    really = socket.getaddrinfo

    def answer(host: str, port: int, *others: Any, **more: Any) -> list[Any]:
        if host[0].isdigit():
            return really(host, port, *others, **more)
        asked.append(host)
        addresses = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    patch.setattr(socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_an_inside_address_is_reached(host: str, any_port: None) -> None:
    with server() as sentinel, pytest.raises(Upstream) as refused:
        request("GET", f"http://{host}:{sentinel.port}/", total_s=5)

    assert sentinel.visits == []
    assert refused.value.message == "refused by egress policy"


@pytest.mark.parametrize("url", FORMS)
def test_no_other_form_of_address_is_tried(url: str) -> None:
    with pytest.raises(Refused):
        request("GET", url, total_s=5)


def test_a_public_address_is_not_in_the_lists() -> None:
    assert not [address for address in ("93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::200e") if is_blocked(address)]


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["10.0.0.1", "93.184.216.34"], ["::1"], ["64:ff9b::7f00:1"], []])
def test_a_name_with_one_inside_answer_is_refused_whole(answers: list[str], any_port: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with server() as sentinel:
        resolves(monkeypatch, answers)
        with pytest.raises(Refused):
            request("GET", f"http://evil.example:{sentinel.port}/", total_s=5)

    assert sentinel.visits == []


def test_a_name_that_changes_its_answer_is_asked_once_and_the_first_answer_is_used(any_port: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []

    def connect(self: Any, host: str, *_: Any, **__: Any) -> Any:
        reached.append(host)
        raise OSError("nobody there")

    with server() as sentinel:
        asked = resolves(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
        with pytest.raises(Upstream):
            request("GET", f"http://rebinding.example:{sentinel.port}/", total_s=5)

    assert (asked, reached, sentinel.visits) == (["rebinding.example"], ["93.184.216.34"], [])


def test_the_machines_own_public_address_is_inside_too(any_port: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_blocked", lambda address: False)

    with server() as sentinel, pytest.raises(Refused):
        request("GET", f"http://127.0.0.1:{sentinel.port}/", total_s=5)

    assert sentinel.visits == []


def test_what_the_owner_has_listed_is_reached_and_its_neighbour_is_not() -> None:
    with server() as listed, server() as neighbour:
        outbound.allow_addresses([f"127.0.0.1:{listed.port}"])

        assert request("GET", f"http://127.0.0.1:{listed.port}/x").body == b"ok"
        with pytest.raises(Refused):
            request("GET", f"http://127.0.0.1:{neighbour.port}/x")
        with pytest.raises(Refused):
            request("GET", f"http://127.1:{listed.port}/x")


def test_being_sent_on_leads_nowhere_inside() -> None:
    with server() as inside:

        def send_on(handler: Any) -> None:
            handler.send_response(302)
            handler.send_header("Location", f"http://127.0.0.1:{inside.port}/secret")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        with server(send_on) as outside:
            outbound.allow_addresses([f"127.0.0.1:{outside.port}"])

            assert request("GET", f"http://127.0.0.1:{outside.port}/").status == 302, "nobody is followed unasked"
            with pytest.raises(Refused):
                request("GET", f"http://127.0.0.1:{outside.port}/", redirects=3)

    assert inside.visits == []


def test_a_key_for_one_server_is_not_carried_to_the_next() -> None:
    seen: list[str | None] = []

    def remember(handler: Any) -> None:
        seen.append(handler.headers.get("Authorization"))
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with server(remember) as second:

        def send_on(handler: Any) -> None:
            seen.append(handler.headers.get("Authorization"))
            handler.send_response(307)
            handler.send_header("Location", f"http://127.0.0.1:{second.port}/")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        with server(send_on) as first:
            outbound.allow_addresses([f"127.0.0.1:{first.port}", f"127.0.0.1:{second.port}"])
            request("GET", f"http://127.0.0.1:{first.port}/", headers={"Authorization": "Bearer key"}, redirects=3)

    assert seen == ["Bearer key", None]


def test_an_answer_without_end_is_cut_off() -> None:
    def pour(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 65_536)

    with server(pour) as pouring:
        outbound.allow_addresses([f"127.0.0.1:{pouring.port}"])
        with pytest.raises(Upstream, match="too large"):
            request("GET", f"http://127.0.0.1:{pouring.port}/", max_bytes=1_000_000)


def test_a_server_that_drips_cannot_hold_us() -> None:
    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with server(drip) as dripping:
        outbound.allow_addresses([f"127.0.0.1:{dripping.port}"])
        began = time.monotonic()
        with pytest.raises(Upstream):
            request("GET", f"http://127.0.0.1:{dripping.port}/", total_s=0.6)

    assert time.monotonic() - began < 2 * BUSY


def test_a_certificate_must_be_for_the_name_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, wrong = make_certificate(tmp_path, "push.example"), make_certificate(tmp_path, "other.example")
    trusting = ssl.create_default_context(cafile=str(right))
    trusting.load_verify_locations(cafile=str(wrong))
    monkeypatch.setattr(wire, "_tls", lambda: trusting)
    resolves(monkeypatch, ["127.0.0.1"])

    with server(certificate=right) as good, server(certificate=wrong) as bad:
        outbound.allow_addresses([f"push.example:{good.port}", f"push.example:{bad.port}"])

        assert request("GET", f"https://push.example:{good.port}/").status == 200
        with pytest.raises(Upstream):
            request("GET", f"https://push.example:{bad.port}/")
        assert bad.visits == []


def test_proxies_of_the_surroundings_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with server() as proxy, server() as meant:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
        outbound.allow_addresses([f"127.0.0.1:{meant.port}"])

        request("GET", f"http://127.0.0.1:{meant.port}/here")

    assert (proxy.visits, meant.visits) == ([], ["/here"])


def test_nothing_is_asked_inside_a_transaction() -> None:
    with transaction(), pytest.raises(RuntimeError, match="outside transactions"):
        request("GET", "https://example.com/")
