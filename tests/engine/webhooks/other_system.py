"""Another system of the business: takes webhooks in, or is slow, or refuses, as a test wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.engine.inbox.meta import body, text
from tests.patience import BUSY
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.forward.deliver import bring_up_to_date, due_targets
from wablast_box.lib import outbound

# What becomes of one body: the status that is answered.
Rule = Callable[[bytes], int]


@dataclass
class OtherSystem:
    """`rule` decides each answer; `got` is everything that came, `took` what was answered with 200. It keeps connections."""

    port: int = 0
    rule: Rule = lambda _: 200
    delay_s: float = 0.0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    took: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=box"


@contextmanager
def other_system() -> Iterator[OtherSystem]:
    """On a free port, listed as an inside service, until the block ends."""
    system = OtherSystem()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            system.connections += 1
            super().setup()

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) < size:
                # Whoever sent it was killed in the middle: no server takes half a request.
                self.close_connection = True
                return
            system.got.append((dict(self.headers), body))
            time.sleep(system.delay_s)
            status = system.rule(body)
            if status == 200:
                system.took.append(body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{system.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        system.port = server.server_address[1]
        outbound.allow_addresses([f"127.0.0.1:{system.port}"])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield system
        finally:
            server.shutdown()
            outbound.allow_addresses([])


def arrive(*bodies: bytes) -> None:
    """Meta posts."""
    accept([knock("meta", one) for one in bodies])


def numbered(count: int, start: int = 0) -> list[bytes]:
    """Bodies that can be told apart."""
    return [body(text(f"number {n}", wamid=f"wamid.F{n}")) for n in range(start, start + count)]


def run() -> None:
    """What the forwarder's thread does, once."""
    for number in due_targets():
        bring_up_to_date(number)


def until(true: Callable[[], object], within_s: float = 15.0 * BUSY) -> None:
    """Wait for it."""
    ends = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)
