"""Run by `test_metadata` in a network of its own, where 169.254.169.254 is a server that answers, as on a rented machine."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.engine.flows.talk import Shop, graph, node
from wablast_box.lib import worker
from wablast_box.lib.outbound import guard

METADATA = "169.254.169.254"
SPELLINGS = (METADATA, f"{METADATA}.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:169.254.169.254]", "169.254.43518")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the server of the cloud was asked."""
    found: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.path)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Silence."""

    running = ThreadingHTTPServer((METADATA, 80), Handler)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(worker.huey, "immediate", False)
    # In a cloud the address is not one of this machine, as it has to be here.
    monkeypatch.setattr(guard, "_is_ours", lambda _: False)
    yield found
    running.shutdown()
    running.server_close()


def test_no_flow_reads_it(shop: Shop, asked: list[str]) -> None:
    urllib.request.urlopen(f"http://{METADATA}/it-answers", timeout=5).close()
    assert asked == ["/it-answers"]
    code = "return http(input.message.text, { method: 'GET' })"
    shop.on(graph(
        node("it", "http_request", url="{{message.text}}", retries=0, timeout_s=2), node("code", "code", code=code), node("no", "send_message", text="refused"),
        edges="start>it it.error>code code.error>no",
    ))  # fmt: skip

    for spelling in SPELLINGS:
        shop.hears(f"http://{spelling}/latest/meta-data/")

    assert shop.said() == ["refused"] * len(SPELLINGS)
    assert asked == ["/it-answers"]
