"""Files that customers send: fetched apart from the request, checked, kept; or failed with a reason people understand."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import orjson
import pytest

from tests.engine.inbox.meta import body, delivers
from tests.engine.media.test_store import JPEG, OGG, PDF
from tests.engine.outbox.sending import GRAPH_URL, connect
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox import attachment_fetch, attachments
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Attachment, Message
from wablast_box.engine.media import store
from wablast_box.engine.meta.client import GraphClient
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict

MEDIA_ID = "1234567890"
DOWNLOAD = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"


class MediaHost(httpx.BaseTransport):
    """Meta's two steps: name an address, hand out the bytes. Tests change one of them."""

    def __init__(self, data: bytes = JPEG) -> None:
        self.data = data
        self.url = DOWNLOAD
        self.lookups = 0
        self.downloads: list[httpx.Request] = []
        self.answer: Callable[[int], httpx.Response] = lambda _: httpx.Response(200, content=self.data)
        self.sha256: str | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "graph.facebook.com":
            self.lookups += 1
            sha256 = self.sha256 or hashlib.sha256(self.data).hexdigest()
            return httpx.Response(200, json={"url": self.url, "mime_type": "image/jpeg", "sha256": sha256, "id": MEDIA_ID})
        self.downloads.append(request)
        return self.answer(len(self.downloads))


@pytest.fixture
def host(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaHost]:
    connect()
    store.use_folder(box / "media")
    made = MediaHost()
    client = GraphClient(GRAPH_URL, "v24.0", "EAATOKEN", transport=made)
    monkeypatch.setattr(attachment_fetch, "our_client", lambda: client)
    yield made
    client.close()


def arrives(data: bytes = JPEG, *, kind: str = "image", declared: str = "image/jpeg", sha256: str | None = None, **more: object) -> int:
    """Kabir sends a file; the id of the message."""
    digest = sha256 or base64.b64encode(hashlib.sha256(data).digest()).decode()
    media = {"id": MEDIA_ID, "mime_type": declared, "sha256": digest, **more}
    message = {"id": f"wamid.{now().timestamp()}", "from": "919812345678", "timestamp": "1760000000", "type": kind, kind: media}
    delivers(body({"messages": [message], "contacts": [{"wa_id": "919812345678", "profile": {"name": "Kabir"}}]}))
    return int(Message.select().order_by(Message.id.desc()).first().id)


def attachment(message_id: int) -> Attachment:
    return Attachment.get(Attachment.message == message_id)


def try_until_settled(message_id: int) -> int:
    """Let the time of each further try come; how many tries it took."""
    tries = 0
    moment = now()
    while attachment(message_id).state == "pending" and tries < 20:
        moment += timedelta(minutes=20)
        with frozen_at(moment):
            tries += attachment_fetch.fetch_due()
    return tries


@pytest.mark.feature("IN-39")
def test_a_customers_file_is_kept_byte_for_byte_and_shown(host: MediaHost) -> None:
    message_id = arrives(filename="../../saree.jpg")

    attachments.fetch(MessageReceived(message_id, 1, "image", has_attachment=True))

    row = attachment(message_id)
    file, path = store.open_file(row.media_file.id)
    assert row.state == "stored"
    assert path.read_bytes() == JPEG
    assert (file.mime_type, file.size, file.filename) == ("image/jpeg", len(JPEG), "saree.jpg")
    assert [e.name for e in Event.select().where(Event.subject_id == message_id)] == [
        "message.received",
        "message.updated",  # the file is here
        "message.updated",  # and it is known that it can, or cannot, be shown
    ]


@pytest.mark.feature("IN-39")
def test_the_message_is_there_before_its_file(host: MediaHost) -> None:
    message_id = arrives()

    assert attachment(message_id).state == "pending"
    assert Message.get_by_id(message_id).state == "received"
    assert host.lookups == 0


def test_the_token_goes_to_metas_hosts_with_the_request(host: MediaHost) -> None:
    arrives()

    attachment_fetch.fetch_due()

    assert host.downloads[0].headers["authorization"] == "Bearer EAATOKEN"


@pytest.mark.parametrize(
    "data,declared,kept_as",
    [
        (JPEG, "image/png", "image/jpeg"),
        (b"<svg onload='alert(1)'/>", "image/jpeg", "application/octet-stream"),
        (b"<html><script>", "application/pdf", "application/octet-stream"),
        (OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        (b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40, "audio/mp4", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40, "application/x-evil", "video/mp4"),
        (PDF, "text/html", "application/pdf"),
        (b"MZ\x90\x00", "image/jpeg", "application/octet-stream"),
    ],
)
def test_what_a_file_is_its_bytes_say_never_the_sender(host: MediaHost, data: bytes, declared: str, kept_as: str) -> None:
    host.data = data
    message_id = arrives(data, declared=declared)

    attachment_fetch.fetch_due()

    assert attachment(message_id).media_file.mime_type == kept_as


@pytest.mark.feature("IN-39")
@pytest.mark.parametrize("status", [401, 404])
def test_a_stale_address_is_asked_for_anew(host: MediaHost, status: int) -> None:
    host.answer = lambda nth: httpx.Response(status) if nth == 1 else httpx.Response(200, content=JPEG)
    message_id = arrives()

    attachment_fetch.fetch_due()

    assert attachment(message_id).state == "stored"
    assert host.lookups == 2


def broken(response: httpx.Response) -> Callable[[int], httpx.Response]:
    return lambda _: response


FAULTS = {
    "gone": broken(httpx.Response(404)),
    "expired": broken(httpx.Response(401)),
    "another file": broken(httpx.Response(200, content=JPEG + b"!")),
    "nothing": broken(httpx.Response(200, content=b"")),
    "half of it": broken(httpx.Response(200, content=JPEG[:20])),
    "down": broken(httpx.Response(503, content=b"<html>")),
    "compressed": broken(httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"\x1f\x8b" + b"\x00" * 50))),
    "elsewhere": broken(httpx.Response(302, headers={"location": "http://127.0.0.1/secret"})),
}


@pytest.mark.feature("IN-39")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_had_fails_after_five_fresh_tries_and_says_why(host: MediaHost, box: Path, fault: str) -> None:
    host.answer = FAULTS[fault]
    message_id = arrives()

    tries = try_until_settled(message_id)

    row = attachment(message_id)
    assert (row.state, row.media_file) == ("failed", None)
    assert row.error and not row.error.startswith("Traceback")
    assert tries <= 5 and host.lookups >= tries
    assert [path for path in (box / "media").rglob("*") if path.is_file()] == [], "no unverified file stays"
    assert all(request.url.host == "lookaside.fbsbx.com" for request in host.downloads)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/x", "https://evil.example/x", "http://lookaside.fbsbx.com/x", "file:///etc/passwd", "https://lookaside.fbsbx.com@evil.example/"]
)
def test_an_address_that_is_not_metas_is_not_visited(host: MediaHost, url: str) -> None:
    host.url = url
    message_id = arrives()

    assert try_until_settled(message_id) == 1

    assert host.downloads == []
    assert "not Meta's" in attachment(message_id).error


def test_a_file_that_is_not_what_the_webhook_promised_is_never_shown(host: MediaHost) -> None:
    message_id = arrives(sha256=base64.b64encode(b"\x00" * 32).decode())

    try_until_settled(message_id)

    assert attachment(message_id).state == "failed"
    assert "not the file that the customer sent" in attachment(message_id).error


def test_a_file_larger_than_whatsapp_carries_is_cut_off(host: MediaHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wablast_box.engine.meta.media.fetch.__kwdefaults__", {"phone_number_id": None, "max_bytes": 50})
    message_id = arrives()

    assert try_until_settled(message_id) == 1

    assert "larger than" in attachment(message_id).error


def test_a_dead_token_costs_no_try(host: MediaHost) -> None:
    dead = httpx.Response(401, content=orjson.dumps({"error": {"message": "Session has expired", "code": 190}}))
    host.answer = broken(dead)
    message_id = arrives()

    attachment_fetch.fetch_due()
    assert (attachment(message_id).state, attachment(message_id).attempts) == ("pending", 0)

    host.answer = broken(httpx.Response(200, content=JPEG))
    try_until_settled(message_id)
    assert attachment(message_id).state == "stored"


def test_a_worker_that_died_is_made_up_for(host: MediaHost) -> None:
    message_id = arrives()
    attachment_fetch._claim()
    assert attachment_fetch.fetch_due() == 0

    with frozen_at(now() + timedelta(minutes=16)):
        attachment_fetch.fetch_due()

    assert attachment(message_id).state == "stored"


def test_a_failed_file_can_be_asked_for_once_more(host: MediaHost) -> None:
    host.answer = FAULTS["gone"]
    message_id = arrives()
    try_until_settled(message_id)
    host.answer = broken(httpx.Response(200, content=JPEG))

    attachments.fetch_again(message_id)

    assert attachment(message_id).state == "stored"
    with pytest.raises(Conflict):
        attachments.fetch_again(message_id)


def test_a_file_that_no_bell_announced_is_fetched_by_the_schedule(host: MediaHost) -> None:
    message_id = arrives()

    attachments.fetch_waiting()

    assert attachment(message_id).state == "stored"


def test_the_schedule_rings_for_nothing_when_nothing_is_due(host: MediaHost, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(attachment_fetch, "fetch_due", lambda: rung.append(True))

    attachments.fetch_waiting()

    assert rung == []
