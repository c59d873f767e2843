"""The simulator as a web application: pages, the phone's API, the control door, and life under a prefix."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import httpx
import pytest

from wablast_box.simulator import phone_page

from .desk import ACCOUNT, MESSAGES, SEND, TOKEN, make_app

STATIC = Path(phone_page.__file__).parent / "static"


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
        ("/control/webhooks", {"field": "messages", "value": [1]}),
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
