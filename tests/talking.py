"""A server that speaks HTTP by hand, and hangs up, dawdles or says too much as a test wants it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Talking:
    """`answer` gets the number of the connection and of the request on it; None hangs up."""

    port: int = 0
    answer: Callable[[int, int], bytes | None] = lambda _connection, _request: OK
    hang_up_after: int = 1000
    connections: int = 0
    hung_up: int = 0
    got: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def talk(self, wire: socket.socket, number: int) -> None:
        with wire:
            self._talk(wire, number)
        self.hung_up += 1

    def _talk(self, wire: socket.socket, number: int) -> None:
        for count in range(self.hang_up_after):
            request = read_request(wire)
            if request is None:
                return
            self.got.append((number, request))
            answer = self.answer(number, count)
            if answer is None:
                return
            wire.sendall(answer)


def read_request(wire: socket.socket) -> bytes | None:
    """The body of the next one."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        try:
            byte = wire.recv(1)
        except ConnectionResetError:
            return None
        if not byte:
            return None
        head += byte
    length = next((int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length")), 0)
    body = b""
    while len(body) < length:
        body += wire.recv(length - len(body))
    return body


def close_door(listening: socket.socket, doorkeeper: threading.Thread) -> None:
    """Closing alone wakes nobody: who still waits at the door would open the next one that gets this number from the system."""
    with contextlib.suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    doorkeeper.join(5)


@contextmanager
def talking(context: ssl.SSLContext | None = None) -> Iterator[Talking]:
    server = Talking()

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                accepted, _ = listening.accept()
                wire = context.wrap_socket(accepted, server_side=True) if context else accepted
            except OSError:
                return
            server.connections += 1
            threading.Thread(target=server.talk, args=(wire, server.connections), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        doorkeeper = threading.Thread(target=serve, args=(listening,), daemon=True)
        doorkeeper.start()
        try:
            yield server
        finally:
            close_door(listening, doorkeeper)
