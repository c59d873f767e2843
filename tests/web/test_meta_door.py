"""Meta's door: nothing gets in unsigned, nothing signed gets lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.engine.inbox.meta import body, text
from wablast_box.engine.meta.signature import sign
from wablast_box.engine.settings.secrets import put_secret
from wablast_box.engine.webhooks import accept as accepting
from wablast_box.engine.webhooks.door import DoorKeys, door_keys
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.lib import db
from wablast_box.lib.errors import Unavailable
from wablast_box.web import bridge
from wablast_box.web.hooks import meta
from wablast_box.web.hooks.meta import MAX_BODY, PATH, MetaDoor

SECRET = b"app-secret-of-the-shop"
Knocks = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


@pytest.fixture
def open_door(box: Path) -> Callable[[Knocks], httpx.Response]:
    """A door with its keys; give it a coroutine that knocks."""
    put_secret("app_secret", SECRET.decode())
    put_secret("verify_token", "shared words")
    bridge.use_thread_setup(db.connect_thread)

    async def run(knock: Knocks) -> httpx.Response:
        door = MetaDoor(on_stored=lambda: None)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://box") as client:
            answer = await knock(client)
        await door.close()
        return answer

    return lambda knock: asyncio.run(run(knock))


def posting(raw: bytes, headers: dict[str, str] | None = None) -> Knocks:
    return lambda client: client.post(PATH, content=raw, headers=headers)


def signed(raw: bytes, secret: bytes = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": sign(raw, secret)}


def test_a_signed_body_is_stored_before_the_200(open_door: Callable[[Knocks], httpx.Response]) -> None:
    raw = body(text("hi"))

    answer = open_door(posting(raw, signed(raw)))

    assert answer.status_code == 200
    assert bytes(WebhookEvent.get().body) == raw


@pytest.mark.feature("CN-09")
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=" + "0" * 40,
        "sha256=" + "g" * 64,
        "sha256=" + "0" * 63,
    ],
)
def test_what_is_not_signed_is_refused_and_leaves_nothing(open_door: Callable[[Knocks], httpx.Response], header: str | None) -> None:
    raw = body(text("forged"))

    answer = open_door(posting(raw, {} if header is None else {"X-Hub-Signature-256": header}))

    assert answer.status_code == 401
    assert answer.content == b""
    assert WebhookEvent.select().count() == 0


def test_a_body_that_was_changed_after_signing_is_refused(open_door: Callable[[Knocks], httpx.Response]) -> None:
    raw = body(text("hi"))

    answer = open_door(posting(raw + b" ", signed(raw)))

    assert answer.status_code == 401


def test_the_previous_secret_counts_while_meta_switches(open_door: Callable[[Knocks], httpx.Response]) -> None:
    put_secret("app_secret", "the new secret of the shop")
    raw = body(text("hi"))

    answer = open_door(posting(raw, signed(raw)))

    assert answer.status_code == 200


@pytest.mark.feature("CN-09")
def test_without_a_secret_the_door_stays_shut(box: Path) -> None:
    bridge.use_thread_setup(db.connect_thread)
    raw = body(text("hi"))

    async def knock() -> httpx.Response:
        door = MetaDoor(on_stored=lambda: None)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://box") as client:
            return await client.post(PATH, content=raw, headers=signed(raw))

    assert asyncio.run(knock()).status_code == 503


def test_broken_json_with_a_right_signature_is_kept(open_door: Callable[[Knocks], httpx.Response]) -> None:
    raw = b'{"object": "whatsapp_business_account", "entry": [{'

    answer = open_door(posting(raw, signed(raw)))

    assert answer.status_code == 200
    assert WebhookEvent.select().count() == 1


def test_a_body_of_exactly_three_megabytes_is_taken_and_one_byte_more_is_not(open_door: Callable[[Knocks], httpx.Response]) -> None:
    largest = b"x" * MAX_BODY
    larger = largest + b"x"

    assert open_door(posting(largest, signed(largest))).status_code == 200
    assert open_door(posting(larger, signed(larger))).status_code == 413


def test_a_body_that_does_not_come_is_not_waited_for(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_secret("app_secret", SECRET.decode())
    bridge.use_thread_setup(db.connect_thread)
    monkeypatch.setattr(meta, "BODY_WITHIN_S", 0.0)
    sent: list[dict[str, Any]] = []

    async def silence() -> dict[str, Any]:
        await asyncio.sleep(30)
        return {}

    async def note(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(MetaDoor(on_stored=lambda: None)({"type": "http", "method": "POST", "headers": []}, silence, note))

    assert sent[0]["status"] == 408


def test_a_body_in_pieces_is_checked_and_stored_as_one(open_door: Callable[[Knocks], httpx.Response]) -> None:
    raw = body(text("hi"))

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(raw), 7):
            yield raw[at : at + 7]

    answer = open_door(lambda client: client.post(PATH, content=pieces(), headers=signed(raw)))

    assert answer.status_code == 200
    assert bytes(WebhookEvent.get().body) == raw


def test_many_at_once_read_the_keys_once(open_door: Callable[[Knocks], httpx.Response], monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []

    def read() -> DoorKeys:
        reads.append(1)
        return door_keys()

    monkeypatch.setattr(meta, "door_keys", read)
    bodies = [body(text(str(number))) for number in range(20)]

    async def all_at_once(client: httpx.AsyncClient) -> httpx.Response:
        answers = await asyncio.gather(*(client.post(PATH, content=raw, headers=signed(raw)) for raw in bodies))
        assert {answer.status_code for answer in answers} == {200}
        return answers[0]

    open_door(all_at_once)

    assert len(reads) == 1


def test_a_disk_that_refuses_is_answered_503_so_that_meta_repeats(
    open_door: Callable[[Knocks], httpx.Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise Unavailable("The disk is full: nothing was changed.", code="disk_full")

    monkeypatch.setattr(meta, "accept", full)
    raw = body(text("hi"))

    answer = open_door(posting(raw, signed(raw)))

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert accepting.accept is not full


@pytest.mark.feature("CN-08")
def test_meta_gets_its_challenge_back_when_it_knows_the_token(open_door: Callable[[Knocks], httpx.Response]) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "shared words"}

    answer = open_door(lambda client: client.get(PATH, params=asked))

    assert (answer.status_code, answer.text) == (200, "1158201444")


@pytest.mark.feature("CN-08")
@pytest.mark.parametrize(
    "changed",
    [{"hub.verify_token": "wrong"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}, {"hub.challenge": "<script>"}],
    ids=str,
)
def test_meta_gets_no_challenge_back_otherwise(open_door: Callable[[Knocks], httpx.Response], changed: dict[str, str]) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "shared words"} | changed

    answer = open_door(lambda client: client.get(PATH, params=asked))

    assert answer.status_code == 403
    assert answer.text == ""


def test_many_at_once_share_transactions_and_none_is_lost(open_door: Callable[[Knocks], httpx.Response]) -> None:
    bodies = [body(text(str(number))) for number in range(100)]

    async def all_at_once(client: httpx.AsyncClient) -> httpx.Response:
        answers = await asyncio.gather(*(client.post(PATH, content=raw, headers=signed(raw)) for raw in bodies))
        assert {answer.status_code for answer in answers} == {200}
        return answers[0]

    open_door(all_at_once)

    assert WebhookEvent.select().count() == 100
