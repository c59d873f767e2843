"""Servers to measure against, each a process of its own: `python -m tests.bench.servers KIND PORT FOLDER`.

hello  the same Hypercorn answering nothing: the limit
door   Meta's door alone, durable, without the work behind it
graph  the simulator's Graph, which also notes when it accepted each message
naive  the usual way: a framework handler with one transaction for each request
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from wablast_box.engine.ops.migrate import migrate
from wablast_box.engine.settings import secrets
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.lib import collector, db
from wablast_box.web import bridge
from wablast_box.web.hooks.meta import MetaDoor

from ..storm.box import APP_SECRET

Asgi = Callable[[dict[str, Any], Any, Any], Any]


async def hello(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read the body, answer 200: what any handler does at least."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def door(folder: Path) -> Asgi:
    _open(folder)
    return MetaDoor(lambda: None)


def naive(folder: Path) -> Asgi:
    """Quart, JSON parsed in the handler, one durable transaction per request in a thread."""
    from quart import Quart, request

    _open(folder)
    app = Quart("naive")

    @app.post("/hooks/meta")
    async def receive() -> tuple[str, int]:
        body = await request.get_data()
        expected = "sha256=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
            return "", 401
        json.loads(body)
        await asyncio.to_thread(store, body)
        return "", 200

    def store(body: bytes) -> None:
        db.connect_thread()
        accept([knock("meta", body)])

    return app


def _open(folder: Path) -> None:
    db.open_database(f"sqlite:///{folder / 'box.db'}")
    migrate(folder / "backups")
    secrets.use_key(folder / "secrets.key")
    secrets.put_secret("app_secret", APP_SECRET)
    bridge.use_thread_setup(db.connect_thread)


def main(kind: str, port: str, folder: str) -> None:
    app: Asgi = hello if kind == "hello" else {"door": door, "naive": naive}[kind](Path(folder))
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = config.errorlog = None
    config.include_server_header = False
    config.backlog = 1024
    config.keep_alive_max_requests = 1_000_000
    collector.settle()  # as the box does
    asyncio.run(serve(app, config))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:4])
