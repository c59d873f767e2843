"""A kept line: one connection for many requests, and no way around the guard, to another server or past its deadline."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.notifications.mail_servers import make_certificate
from tests.talking import OK, Talking, talking
from wablast_box.lib import outbound
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Upstream
from wablast_box.lib.outbound import Refused, kept_line, line, wire


@pytest.fixture
def server(box: Path) -> Iterator[Talking]:
    with talking() as found:
        outbound.allow_addresses([f"127.0.0.1:{found.port}"])
        yield found
    outbound.allow_addresses([])


def until(true: Callable[[], object]) -> None:
    ends = time.monotonic() + 5
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.005)


def test_many_requests_use_one_connection_and_it_ends_with_the_block(server: Talking) -> None:
    with kept_line() as found:
        bodies = [found.request("POST", server.url, content=str(n).encode()).body for n in range(20)]
        connection = found._connection

    assert bodies == [b"ok"] * 20 and server.connections == 1
    assert [body for _, body in server.got] == [str(n).encode() for n in range(20)]
    assert connection is not None and connection.is_closed()


def test_the_name_is_asked_and_looked_at_again_for_each_connection(server: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wablast_box.lib.outbound.guard._resolve", lambda host, port: asked.append(host) or ["127.0.0.1"])
    asked: list[str] = []
    outbound.allow_addresses([f"hook.example:{server.port}"])
    moment = [100.0]

    with kept_line(clock=lambda: moment[0]) as found:
        for _ in range(3):
            found.request("GET", f"http://hook.example:{server.port}/")
        assert asked == ["hook.example"]
        outbound.allow_addresses([])
        monkeypatch.setattr("wablast_box.lib.outbound.guard.PORTS", frozenset({server.port}))
        found.request("GET", f"http://hook.example:{server.port}/")
        found.close()
        with pytest.raises(Refused):
            found.request("GET", f"http://hook.example:{server.port}/")

    assert len(asked) == 2 and len(server.got) == 4


def test_after_half_a_minute_it_is_made_anew_however_busy_it_is(server: Talking) -> None:
    moment = [100.0]
    with kept_line(clock=lambda: moment[0]) as found:
        while moment[0] < 100 + line.KEPT_S:
            found.request("GET", server.url)
            assert server.connections == 1
            moment[0] += 2
        found.request("GET", server.url)

    assert server.connections == 2


def test_one_that_was_silent_for_long_is_made_anew(server: Talking) -> None:
    moment = [100.0]
    with kept_line(clock=lambda: moment[0]) as found:
        found.request("GET", server.url)
        moment[0] += line.IDLE_S
        found.request("GET", server.url)

    assert server.connections == 2


def test_another_origin_gets_another_connection_and_is_looked_at_first(server: Talking) -> None:
    with talking() as other, talking() as inside, kept_line() as found:
        outbound.allow_addresses([f"127.0.0.1:{server.port}", f"127.0.0.1:{other.port}"])
        found.request("POST", server.url, content=b"a")
        found.request("POST", other.url, content=b"b")
        with pytest.raises(Refused):
            found.request("POST", inside.url, content=b"c")

    assert [body for _, body in server.got] == [b"a"] and [body for _, body in other.got] == [b"b"]
    assert inside.connections == 0


def test_a_server_that_hung_up_while_nothing_was_said_is_called_again_and_gets_nothing_twice(server: Talking) -> None:
    server.hang_up_after = 2
    with kept_line() as found:
        for n in range(6):
            found.request("POST", server.url, content=str(n).encode())
            if n % 2:
                until(lambda: server.hung_up == server.connections)

    assert server.connections == 3
    assert [body for _, body in server.got] == [b"0", b"1", b"2", b"3", b"4", b"5"]


def test_a_server_that_says_that_it_will_hang_up_is_believed(server: Talking) -> None:
    server.answer = lambda _c, _r: OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with kept_line() as found:
        for _ in range(3):
            found.request("POST", server.url)

    assert server.connections == 3 and len(server.got) == 3


@pytest.mark.parametrize("may_repeat", [True, False])
def test_what_breaks_before_its_answer_goes_once_more_only_for_who_can_take_it_twice(server: Talking, may_repeat: bool) -> None:
    server.answer = lambda connection, count: None if (connection, count) == (1, 1) else OK
    with kept_line() as found:
        found.request("POST", server.url, content=b"0", may_repeat=may_repeat)
        if may_repeat:
            assert found.request("POST", server.url, content=b"1", may_repeat=True).body == b"ok"
        else:
            with pytest.raises(Upstream):
                found.request("POST", server.url, content=b"1")

    assert [body for _, body in server.got] == [b"0", b"1"] + [b"1"] * may_repeat


def test_it_goes_once_more_and_no_further(server: Talking) -> None:
    server.answer = lambda connection, count: OK if (connection, count) == (1, 0) else None
    with kept_line() as found:
        found.request("POST", server.url, content=b"0", may_repeat=True)
        with pytest.raises(Upstream):
            found.request("POST", server.url, content=b"1", may_repeat=True)
        with pytest.raises(Upstream):
            found.request("POST", server.url, content=b"2", may_repeat=True)

    assert [body for _, body in server.got] == [b"0", b"1", b"1", b"2"], "a new connection that breaks is no kept one"


def test_what_breaks_within_its_answer_is_not_sent_again(server: Talking) -> None:
    server.hang_up_after = 2
    server.answer = lambda _c, count: OK if count == 0 else b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    with kept_line() as found:
        found.request("POST", server.url, content=b"0", may_repeat=True)
        with pytest.raises(Upstream):
            found.request("POST", server.url, content=b"1", may_repeat=True)

    assert len(server.got) == 2


def test_each_request_has_a_deadline_of_its_own_and_a_late_answer_is_nobody_elses(server: Talking) -> None:
    too_late = threading.Event()

    def slowly(connection: int, count: int) -> bytes:
        if (connection, count) == (1, 1):
            too_late.wait(20)
        else:
            time.sleep(0.5)
        return OK if connection > 1 or count == 0 else OK.replace(b"ok", b"no")

    server.answer = slowly
    with kept_line() as found:
        assert found.request("POST", server.url, total_s=1.8).body == b"ok"
        with pytest.raises(Upstream):
            found.request("POST", server.url, total_s=0.4, may_repeat=True)
        too_late.set()
        # Together they take longer than each of them may.
        assert [found.request("POST", server.url, total_s=1.8).body for _ in range(4)] == [b"ok"] * 4

    assert server.connections == 2 and len(server.got) == 6


def test_too_much_of_an_answer_ends_the_line(server: Talking) -> None:
    server.answer = lambda connection, _r: OK if connection > 1 else b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n" + b"x" * 50
    with kept_line() as found:
        with pytest.raises(Upstream, match="too large"):
            found.request("GET", server.url, max_bytes=10)
        assert found.request("GET", server.url).body == b"ok"

    assert server.connections == 2


def test_what_nobody_asked_for_is_not_taken_for_the_next_answer(server: Talking) -> None:
    def with_more(connection: int, count: int) -> bytes:
        return OK + (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse" if (connection, count) == (1, 0) else b"")

    server.answer = with_more
    with kept_line() as found:
        answers = [found.request("POST", server.url, may_repeat=True).body for _ in range(3)]

    assert answers == [b"ok"] * 3


def test_a_server_that_says_more_than_it_announces_is_asked_on_new_connections_in_the_end(server: Talking) -> None:
    server.answer = lambda _c, _r: b"HTTP/1.1 204 No Content\r\n\r\nOK"
    with kept_line() as found:
        answers = [found.request("POST", server.url, content=b"%d" % n, may_repeat=True).status for n in range(10)]

    assert answers == [204] * 10
    assert len(server.got) == 10 + line.BREAKS, "then it is known"


def test_the_certificate_is_for_the_name_and_one_handshake_serves_all(box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setattr(wire, "_tls", lambda: trusting)
    trusting = ssl.create_default_context(cafile=str(certificate))

    with talking(context) as server, kept_line() as found:
        outbound.allow_addresses([f"localhost:{server.port}"])
        answers = [found.request("POST", f"https://localhost:{server.port}/").status for _ in range(10)]
        outbound.allow_addresses([])

    assert answers == [200] * 10 and server.connections == 1


def test_no_redirect_is_followed_and_nothing_is_asked_inside_a_transaction(server: Talking) -> None:
    server.answer = lambda _c, _r: b"HTTP/1.1 307 Elsewhere\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
    with kept_line() as found:
        assert found.request("POST", server.url).status == 307
        with transaction(), pytest.raises(RuntimeError, match="outside transactions"):
            found.request("POST", server.url)

    assert len(server.got) == 1


def test_places_on_the_way_are_held_by_requests_and_not_by_lines(server: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_slots", threading.BoundedSemaphore(1))
    with kept_line() as one, kept_line() as two:
        for found in (one, two, one, two):
            assert found.request("GET", server.url).status == 200
        may_end = threading.Event()
        server.answer = lambda _c, _r: OK if may_end.wait(20) else None
        busy = threading.Thread(target=one.request, args=("GET", server.url))
        busy.start()
        until(lambda: len(server.got) == 5)
        with pytest.raises(Upstream, match="on their way"):
            two.request("GET", server.url, total_s=0.1)
        may_end.set()
        busy.join()

    assert server.connections == 2
