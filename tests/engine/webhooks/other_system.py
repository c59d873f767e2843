"""Another system of the business: takes webhooks in, or is slow, or refuses, as a test wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wablast_box.lib import outbound

# What becomes of one body: the status that is answered.
Rule = Callable[[bytes], int]


@dataclass
class OtherSystem:
    """`rule` decides each answer; `got` is everything that came, `took` what was answered with 200."""

    port: int = 0
    rule: Rule = lambda _: 200
    delay_s: float = 0.0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    took: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=box"


@contextmanager
def other_system() -> Iterator[OtherSystem]:
    """On a free port, listed as an inside service, until the block ends."""
    system = OtherSystem()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield system
        finally:
            server.shutdown()
            outbound.allow_addresses([])
