"""The simulator as a web application: pages, the phone's API, the control door, and life under a prefix."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.middleware import DispatcherMiddleware

from wablast_box.simulator import phone_page
from wablast_box.simulator.app import SimulatorApp, create_app
from wablast_box.simulator.records import Account, Settings
from wablast_box.simulator.state import State

ACCOUNT = Account()
STATIC = Path(phone_page.__file__).parent / "static"
SEND = {"messaging_product": "whatsapp", "to": "919845012345", "type": "text", "text": {"body": "Yes"}}
TOKEN = {"authorization": f"Bearer {ACCOUNT.access_token}"}
MESSAGES = f"/graph/v24.0/{ACCOUNT.phone_number_id}/messages"


def make_app(base_url: str = "http://sim.test", callback_url: str | None = None) -> SimulatorApp:
    return create_app(
        State(settings=Settings()),
        base_url=base_url,
        callback_url=callback_url,
        app_secret=ACCOUNT.app_secret,
        verify_token=ACCOUNT.verify_token,
        access_token=ACCOUNT.access_token,
        phone_number_id=ACCOUNT.phone_number_id,
        waba_id=ACCOUNT.waba_id,
    )


@pytest.fixture
def app():
    made = make_app()
    yield made
    made.meta.stop()


def ask(app, method, path, **how):
    async def call():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sim.test") as client:
            return await client.request(method, path, **how)

    return asyncio.run(call())


def act(app, **order):
    return ask(app, "POST", "/control/customers/kabir/acts", json=order)


# -- the page


def test_the_page_allows_only_its_own_scripts_and_styles(app):
    page = ask(app, "GET", "/phone")

    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_page_holds_no_inline_script_style_or_handler():
    page = (STATIC / "phone.html").read_text()

    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_everything_the_page_names_is_there_and_relative(app):
    page = (STATIC / "phone.html").read_text()
    named = re.findall(r'(?:src|href)="([^"]+)"', page)

    assert len(named) >= 4
    assert all(not name.startswith(("/", "http")) for name in named)
    assert {ask(app, "GET", f"/{name}").status_code for name in named} == {200}


def test_the_scripts_never_write_markup():
    scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))

    assert "createElement" in scripts
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", scripts)


def test_every_script_that_is_imported_is_there():
    for path in STATIC.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', path.read_text()):
            assert (STATIC / name).is_file(), f"{path.name} imports {name}"


# -- the phone's API


def test_five_customers_can_be_chosen_and_one_has_no_number(app):
    people = ask(app, "GET", "/phone/api/customers").json()["customers"]

    assert [each["name"].split()[0] for each in people] == ["Kabir", "Ananya", "Imran", "Lakshmi", "Dev"]
    assert (people[4]["phone"], people[4]["username"]) == (None, "@dev.patel")


def test_what_is_typed_appears_in_the_thread(app):
    made = ask(app, "POST", "/phone/api/customers/kabir/acts", json={"type": "text", "text": "hi"})

    (bubble,) = ask(app, "GET", "/phone/api/customers/kabir/messages").json()["items"]
    assert (made.status_code, bubble["wamid"], bubble["mine"]) == (201, made.json()["wamid"], True)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "document", "sticker"])
def test_each_kind_of_media_has_a_sample(app, kind):
    content = act(app, type=kind).json()["content"]

    file = ask(app, "GET", f"/phone/api/media/{content['id']}")
    assert file.status_code == 200
    assert file.headers["x-content-type-options"] == "nosniff"
    assert len(file.content) > 1000


def test_a_file_of_ones_own_can_be_sent(app):
    stored = ask(app, "POST", "/phone/api/media", files={"file": ("page.html", b"<script>", "text/html")}).json()
    content = act(app, type="document", media_id=stored["id"], filename=stored["filename"]).json()["content"]

    file = ask(app, "GET", f"/phone/api/media/{content['id']}")
    assert file.content == b"<script>"
    assert file.headers["content-disposition"] == "attachment"
    assert "sandbox" in file.headers["content-security-policy"]


def test_a_sound_can_be_read_in_parts(app):
    content = act(app, type="audio").json()["content"]

    part = ask(app, "GET", f"/phone/api/media/{content['id']}", headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"OggS")


def test_another_website_cannot_type_on_the_phone(app):
    refused = ask(
        app,
        "POST",
        "/phone/api/customers/kabir/acts",
        json={"type": "text", "text": "spam"},
        headers={"origin": "https://evil.example"},
    )

    assert refused.status_code == 403
    assert ask(app, "GET", "/phone/api/customers/kabir/messages").json()["items"] == []


def test_text_that_utf8_cannot_hold_goes_through(app):
    made = ask(
        app,
        "POST",
        "/control/customers/kabir/acts",
        content=b'{"type":"text","text":"a\\ud800b"}',
        headers={"content-type": "application/json"},
    )

    assert json.loads(made.content)["content"]["body"] == "a\ud800b"


@pytest.mark.parametrize(
    ("order", "status", "says"),
    [
        ({"type": "juggle"}, 422, "cannot do"),
        ({"type": "text"}, 422, "text is missing"),
        ({"type": "image", "sample": "moon"}, 422, "no sample"),
        ({"type": "image", "media_id": "404"}, 404, "no such upload"),
        ({"type": "tap", "title": "Nothing"}, 404, "nothing to tap"),
        ({"type": "edit", "message_id": "wamid.404", "text": "x"}, 404, "no such message"),
    ],
)
def test_what_a_customer_cannot_do_is_said_in_words(app, order, status, says):
    refused = act(app, **order)

    assert refused.status_code == status
    assert says in refused.json()["error"]["message"]


# -- the control door


def test_a_customer_can_be_made_and_written_for(app):
    made = ask(app, "POST", "/control/customers", json={"name": "Sunita", "phone": "+91 99000 11122", "online": False})

    assert made.status_code == 201
    assert (made.json()["id"], made.json()["phone"], made.json()["online"]) == ("sunita", "919900011122", False)


def test_accepted_messages_are_listed_newest_first(app):
    act(app, type="text", text="hi")
    for text in ("one", "two"):
        ask(app, "POST", MESSAGES, json={**SEND, "text": {"body": text}}, headers=TOKEN)

    listed = ask(app, "GET", "/control/messages?to=919845012345").json()
    assert ([item["content"]["body"] for item in listed["items"]], listed["count"]) == (["two", "one"], 2)


def test_a_fault_can_be_planned_and_called_off(app):
    act(app, type="text", text="hi")
    fault = ask(app, "POST", "/control/faults", json={"kind": "error", "code": 130429, "times": None}).json()

    assert ask(app, "POST", MESSAGES, json=SEND, headers=TOKEN).json()["error"]["code"] == 130429

    ask(app, "DELETE", f"/control/faults/{fault['id']}")
    assert ask(app, "POST", MESSAGES, json=SEND, headers=TOKEN).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/control/faults", {"kind": "meteor"}),
        ("/control/faults", {"kind": "error", "size": 3}),
        ("/control/customers", {"phone": "1"}),
        ("/control/customers", {"name": "Nobody"}),
        ("/control/webhooks", {"value": {}}),
    ],
)
def test_a_wrong_order_is_refused_with_help(app, path, body):
    assert ask(app, "POST", path, json=body).status_code == 422


def test_settings_can_be_changed_while_it_runs(app):
    changed = ask(app, "PATCH", "/control/settings", json={"rate_per_s": 80, "retry_gaps_s": [1, 2]}).json()

    assert (changed["rate_per_s"], changed["retry_gaps_s"]) == (80, [1, 2])
    assert ask(app, "PATCH", "/control/settings", json={"speed": 1}).status_code == 422


def test_the_number_can_have_a_bad_day(app):
    ask(app, "PATCH", "/control/number", json={"quality_rating": "RED"})

    shown = ask(app, "GET", f"/graph/v24.0/{ACCOUNT.phone_number_id}", headers=TOKEN).json()
    assert shown["quality_rating"] == "RED"


def test_everything_can_be_forgotten_except_the_people(app):
    act(app, type="text", text="hi")
    ask(app, "POST", "/control/clear")

    assert ask(app, "GET", "/phone/api/customers/kabir/messages").json()["items"] == []
    assert len(ask(app, "GET", "/control/customers").json()["items"]) == 5


# -- on a real server


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
    await asyncio.sleep(0.1)
    try:
        yield base, app, box
    finally:
        await asyncio.to_thread(app.meta.stop)
        stop.set()
        await asyncio.wait_for(server, 5)


async def until(true, timeout_s=3.0):
    for _ in range(int(timeout_s / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in time")


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
