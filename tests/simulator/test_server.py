"""The simulator on a real server, under a prefix, beside a box: as in the demo."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.middleware import DispatcherMiddleware

from tests.patience import BUSY
from wablast_box.simulator.app import SimulatorApp

from .desk import ACCOUNT, MESSAGES, SEND, TOKEN, make_app


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Box:
    """A box of three lines: keeps what is posted."""

    def __init__(self):
        self.bodies = []

    async def __call__(self, scope, receive, send):
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        self.bodies.append(json.loads(body))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


@asynccontextmanager
async def running() -> AsyncIterator[tuple[str, SimulatorApp, Box]]:
    """The simulator under /simulator beside a box, in one server, as in the demo."""
    port, box = free_port(), Box()
    base = f"http://127.0.0.1:{port}"
    app = make_app(f"{base}/simulator", f"{base}/hooks/meta")
    both = DispatcherMiddleware({"/simulator": app, "/hooks": box})
    stop = asyncio.Event()
    server = asyncio.create_task(
        serve(both, Config.from_mapping(bind=[f"127.0.0.1:{port}"], graceful_timeout=0.2, errorlog=None), shutdown_trigger=stop.wait)
    )
    await until(lambda: listens(port))
    try:
        yield base, app, box
    finally:
        await asyncio.to_thread(app.meta.stop)
        stop.set()
        await asyncio.wait_for(server, 5)


def listens(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


async def until(true, timeout_s=3.0 * BUSY):
    for _ in range(int(timeout_s / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in time")


@pytest.mark.feature("OP-19")
def test_under_a_prefix_a_message_travels_to_the_box_and_the_answer_back():
    async def story():
        async with running() as (base, app, box), httpx.AsyncClient(base_url=base) as client:
            assert (await client.get("/simulator/phone")).status_code == 200
            assert (await client.get("/simulator/phone/static/phone.js")).status_code == 200

            await client.post("/simulator/phone/api/customers/kabir/acts", json={"type": "text", "text": "hi"})
            await until(lambda: len(box.bodies) == 1)

            sent = await client.post("/simulator" + MESSAGES, json=SEND, headers=TOKEN)
            assert sent.status_code == 200
            await until(lambda: sum(len(b["entry"][0]["changes"]) for b in box.bodies) == 3)
            assert app.meta.phone("kabir").sees("Yes")

    asyncio.run(story())


def test_an_open_page_hears_of_a_message_at_once():
    async def story():
        async with running() as (base, app, _), httpx.AsyncClient(base_url=base) as client:
            async with client.stream("GET", "/simulator/phone/api/events") as events:
                lines = events.aiter_lines()
                assert await anext(lines) == ": here"
                app.meta.phone("kabir").says("hi")
                async for line in lines:
                    if line.startswith("data: "):
                        break
            news = json.loads(line.removeprefix("data: "))
            assert (news["customers"][0]["id"], news["messages"][0]["content"]) == ("kabir", {"body": "hi"})

    asyncio.run(story())


def test_a_cut_connection_is_cut_on_a_real_server_too():
    async def story():
        async with running() as (base, app, _), httpx.AsyncClient(base_url=base) as client:
            app.meta.phone("kabir").says("hi")
            app.meta.faults.add("cut_after")
            with pytest.raises(httpx.RemoteProtocolError):
                await client.post("/simulator" + MESSAGES, json=SEND, headers=TOKEN)
            assert app.meta.state.accepted_count == 1

    asyncio.run(story())


def test_media_is_uploaded_and_downloaded_over_http():
    async def story():
        async with running() as (base, _, __), httpx.AsyncClient(base_url=base, headers=TOKEN) as client:
            path = f"/simulator/graph/v24.0/{ACCOUNT.phone_number_id}/media"
            files = {"file": ("a.png", b"\x89PNG", "image/png")}
            media_id = (await client.post(path, data={"messaging_product": "whatsapp"}, files=files)).json()["id"]
            shown = (await client.get(f"/simulator/graph/v24.0/{media_id}")).json()
            assert shown["url"].startswith(f"{base}/simulator/graph/lookaside/")
            assert (await client.get(shown["url"])).content == b"\x89PNG"

    asyncio.run(story())


def test_a_callback_on_the_same_server_is_verified_without_a_deadlock():
    async def story():
        async with running() as (base, _, __), httpx.AsyncClient(base_url=base, headers=TOKEN) as client:
            path = f"/simulator/graph/v24.0/{ACCOUNT.waba_id}/subscribed_apps"
            body = {"override_callback_uri": f"{base}/simulator/phone", "verify_token": "v"}
            refused = await client.post(path, json=body, timeout=3)
            assert refused.json()["error"]["code"] == 2200

    asyncio.run(story())
