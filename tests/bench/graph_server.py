"""The simulator as a process that notes when it accepted each message: `python -m tests.bench.graph_server PORT [CALLBACK]`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
import urllib.request
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from wablast_box.lib.clock import now
from wablast_box.simulator.app import SimulatorApp, create_app
from wablast_box.simulator.records import Settings
from wablast_box.simulator.state import State

from ..storm.box import ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, VERIFY_TOKEN, WABA_ID


class Noting:
    """In front of the simulator: when accepted sends came in at `/bench/accepted`, customers at `/bench/customers`.

    The moment counts at which a request comes in, as at Meta's limit: not when the simulator is done with it.
    """

    def __init__(self, app: SimulatorApp):
        self.app = app
        self.accepted_at: list[float] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if path.startswith("/bench/"):
            await self._bench(path, receive, send)
            return
        sending = scope["type"] == "http" and path.endswith("/messages")
        await self.app(scope, receive, self._noting(send) if sending else send)

    def _noting(self, send: Any) -> Any:
        came_at = time.time()

        async def note(event: Any) -> None:
            if event["type"] == "http.response.start" and event["status"] == 200:
                self.accepted_at.append(came_at)
            await send(event)

        return note

    async def _bench(self, path: str, receive: Any, send: Any) -> None:
        body = (await receive()).get("body", b"")
        answer = json.dumps(self.accepted_at if path == "/bench/accepted" else self._add_customers(**json.loads(body))).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(answer)).encode())]})
        await send({"type": "http.response.body", "body": answer})

    def _add_customers(self, first: int, count: int) -> int:
        """The simulator keeps the 24-hour window as Meta does: everybody has written just now."""
        for number in range(count):
            self.app.meta.state.add_customer(f"Kabir {number}", phone=str(first + number)).wrote_at = now()
        return count


def ask(port: int, path: str, body: Any = None) -> Any:
    """What the process at this port says at `/bench…`."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/bench{path}", data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def main(port: str, callback: str = "") -> None:
    app = create_app(
        State(settings=Settings()),
        base_url=f"http://127.0.0.1:{port}",
        callback_url=callback or None,
        app_secret=APP_SECRET,
        verify_token=VERIFY_TOKEN,
        access_token=ACCESS_TOKEN,
        phone_number_id=PHONE_NUMBER_ID,
        waba_id=WABA_ID,
    )
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = config.errorlog = None
    config.keep_alive_max_requests = 1_000_000
    asyncio.run(serve(Noting(app), config))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])
