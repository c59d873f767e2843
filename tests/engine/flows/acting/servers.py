"""A server on this machine that remembers what it was asked, and answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wablast_box.lib import outbound


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[[Asked, BaseHTTPRequestHandler], None]


@dataclass
class Server:
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"


def answers(status: int = 200, body: bytes = b"{}", **headers: str) -> Answering:
    """The same for everybody."""

    def answer(_: Asked, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def server(answer: Answering) -> Iterator[Server]:
    """It listens until the block ends; the box may reach it only if `listed`."""
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = Asked(self.command, self.path, {name.lower(): text for name, text in self.headers.items()}, body)
            found.asked.append(asked)
            answer(asked, self)

        do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

        def log_message(self, *_: object) -> None:
            """Silence."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    found.port = running.server_address[1]
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield found
    finally:
        running.shutdown()
        running.server_close()


@contextmanager
def listed(*servers: Server) -> Iterator[None]:
    """The owner lets the box call these within the house."""
    outbound.allow_addresses([one.place for one in servers])
    try:
        yield
    finally:
        outbound.allow_addresses([])
