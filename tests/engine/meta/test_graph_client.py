"""The door to Graph: what goes out, how answers are read, and what never leaves."""

from __future__ import annotations

import io
import logging
from typing import Any

import httpx
import pytest

from wablast_box.engine.meta.client import GraphClient, appsecret_proof, interpret, interpret_failure, regain_s
from wablast_box.engine.meta.errors import RateLimited, Rejected, TemporarilyDown, TokenExpired, Unclear
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid, Upstream

TOKEN = "EAAtesttoken0123456789abcdef"


def test_a_call_carries_the_token_in_its_header_only(client: GraphClient, graph: Any) -> None:
    graph.says({"ok": True})

    client.get("123", fields="id")

    request = graph.requests[0]
    assert str(request.url) == "https://graph.test/v24.0/123?fields=id"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


def test_the_app_secret_is_proved_when_it_is_known(graph: Any) -> None:
    graph.says({"ok": True})
    client = GraphClient("https://graph.test/", "v24.0", TOKEN, app_secret="s", transport=httpx.MockTransport(graph))

    client.post("1/messages", {"a": 1})

    assert graph.requests[0].url.params["appsecret_proof"] == appsecret_proof("s", TOKEN)
    assert graph.requests[0].content == b'{"a":1}'


def test_rate_limits_come_as_http_400_and_are_understood(client: GraphClient, graph: Any) -> None:
    graph.refuses(130429, status=400)

    with pytest.raises(RateLimited) as caught:
        client.post("1/messages", {})

    assert not caught.value.permanent


@pytest.mark.feature("CN-29")
def test_a_dead_token_has_an_error_of_its_own(client: GraphClient, graph: Any) -> None:
    graph.refuses(190, status=401)

    with pytest.raises(TokenExpired):
        client.get("me")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>ok</html>"),
        httpx.Response(200, content=b""),
        httpx.Response(200, json=[1]),
        httpx.Response(502, text="<html>bad gateway</html>"),
        httpx.Response(500, json={"message": "no error object"}),
        httpx.Response(302, headers={"location": "https://evil.test"}),
        httpx.Response(403, text="blocked by a proxy"),
        httpx.Response(200, content=b"x" * (6 * 1024 * 1024)),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("gone"),
        httpx.WriteError("broken pipe"),
    ],
)
def test_a_send_without_a_clear_answer_may_have_happened(client: GraphClient, graph: Any, answer: Any) -> None:
    graph.will(answer)

    with pytest.raises(Unclear) as caught:
        client.post("1/messages", {})

    assert not caught.value.permanent
    assert caught.value.retry == "never"


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")])
def test_a_send_that_never_left_may_be_tried_again(client: GraphClient, graph: Any, failure: Exception) -> None:
    graph.will(failure)

    with pytest.raises(TemporarilyDown) as caught:
        client.post("1/messages", {})

    assert caught.value.retry == "backoff"


def test_a_question_without_a_clear_answer_may_be_asked_again(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.ReadTimeout("slow"))

    with pytest.raises(TemporarilyDown):
        client.get("123")


def test_a_redirect_is_not_followed(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.Response(302, headers={"location": "https://evil.test/"}))

    with pytest.raises(Upstream):
        client.get("123")

    assert len(graph.requests) == 1


def test_a_plain_429_counts_as_a_clear_refusal() -> None:
    with pytest.raises(RateLimited) as caught:
        interpret(429, {"Retry-After": "7"}, b"slow down")

    assert caught.value.retry_after_s == 7


def test_the_usage_header_tells_how_long_to_wait() -> None:
    usage = '{"1":[{"type":"messaging","call_count":100,"estimated_time_to_regain_access":3}]}'

    assert regain_s({"X-Business-Use-Case-Usage": usage}) == 180
    assert regain_s({"X-Business-Use-Case-Usage": "[1"}) is None
    assert regain_s({"X-Business-Use-Case-Usage": "[1]"}) is None
    assert regain_s({}) is None


def test_graph_is_not_called_inside_a_transaction(box: Any, client: GraphClient, graph: Any) -> None:
    graph.says({})

    with transaction(), pytest.raises(RuntimeError):
        client.get("123")

    assert graph.requests == []


def test_no_secret_reaches_a_log_or_an_error(client: GraphClient, graph: Any, caplog: pytest.LogCaptureFixture) -> None:
    graph.will(httpx.ReadTimeout(f"https://graph.test/?input_token={TOKEN}"))

    with caplog.at_level(logging.INFO), pytest.raises(Upstream) as caught:
        client.inspect_token()

    assert TOKEN not in caplog.text
    assert TOKEN not in f"{caught.value} {caught.value.help}"
    assert TOKEN not in repr(client)


def test_an_address_that_is_none_is_no_bug() -> None:
    assert isinstance(interpret_failure(httpx.InvalidURL("no")), TemporarilyDown)


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/x?mid=1",
        "https://mmg.whatsapp.net/x",
        "https://www.facebook.com:443/x",
        "https://graph.test/v24.0/file",
    ],
)
def test_files_are_fetched_from_metas_hosts(client: GraphClient, graph: Any, url: str) -> None:
    graph.will(httpx.Response(200, content=b"abc", headers={"content-type": "image/PNG; charset=x"}))
    into = io.BytesIO()

    got = client.download(url, into, max_bytes=3)

    assert (into.getvalue(), got.size, got.mime_type) == (b"abc", 3, "image/png")


@pytest.mark.parametrize(
    "url",
    [
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com.evil.test/x",
        "https://evilfbsbx.com/x",
        "https://lookaside.fbsbx.com@evil.test/x",
        "https://user@lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://169.254.169.254/",
        "http://graph.test/x",
        "file:///etc/passwd",
        "https://[::1",
        "https://graph.test:99999/x",
        "",
        "/relative",
    ],
)
def test_the_token_goes_nowhere_else(client: GraphClient, graph: Any, url: str) -> None:
    graph.will(httpx.Response(200, content=b"abc"))

    with pytest.raises(Upstream):
        client.download(url, io.BytesIO(), max_bytes=10)

    assert graph.requests == []


def test_a_file_larger_than_allowed_is_cut_off(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.Response(200, content=b"x" * 11))

    with pytest.raises(Invalid) as caught:
        client.download("https://lookaside.fbsbx.com/x", io.BytesIO(), max_bytes=10)

    assert caught.value.code == "too_large"


def test_a_file_that_is_gone_is_refused_for_good(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.Response(404, text="<html>not found</html>"))

    with pytest.raises(Rejected) as caught:
        client.download("https://lookaside.fbsbx.com/x", io.BytesIO(), max_bytes=10)

    assert caught.value.http_status == 404
