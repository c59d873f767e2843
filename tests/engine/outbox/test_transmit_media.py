"""Files of ours on their way to Meta: handed over once, before the message, outside of everything that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.media.test_store import PDF
from tests.engine.outbox.sending import GRAPH_URL, Wire, conversation, send, state, until
from tests.pictures import JPEG
from wablast_box.engine.inbox.models import Message
from wablast_box.engine.media import store
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.outbox.transmit import outcome
from wablast_box.engine.outbox.transmit import request as transmit_request
from wablast_box.engine.outbox.transmit.sender import Sender
from wablast_box.lib.clock import now
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import GraphTransport


@pytest.fixture(autouse=True)
def uploads(box: Path, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Uploads go to the fake Meta too."""
    store.use_folder(box / "media")
    client = GraphClient(GRAPH_URL, "v24.0", meta.state.account.access_token, transport=GraphTransport(meta.graph))
    monkeypatch.setattr(transmit_request, "our_client", lambda: client)
    monkeypatch.setattr(outcome, "wait_s", lambda retry, attempt: 0.05)
    yield
    client.close()


def picture(media_id: int, caption: str = "New stock") -> dict[str, object]:
    return {"type": "image", "image": {"media_id": str(media_id), "caption": caption}}


def test_a_file_is_handed_to_meta_before_its_message(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    file = store.save_upload(JPEG, "saree.jpg", None)

    message = send(conversation(), picture(file.id))
    until(lambda: state(message.id) == "sent")

    [asked] = wire.asked()
    stored = MediaFile.get_by_id(file.id)
    assert asked["image"] == {"id": stored.meta_media_id, "caption": "New stock"}
    assert meta.state.media[stored.meta_media_id].data == store.open_file(file.id)[1].read_bytes()
    assert now() + timedelta(days=28) < stored.meta_media_expires_at < now() + timedelta(days=30)


def test_one_upload_serves_many_messages(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    file = store.save_upload(JPEG, "saree.jpg", None)

    messages = [send(conversation(f"9198000000{n:02}"), picture(file.id)) for n in range(8)]
    until(lambda: all(state(m.id) == "sent" for m in messages))

    assert len(meta.state.media) == 1


def test_a_copy_that_has_run_out_at_meta_is_handed_over_anew(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    file = store.save_upload(JPEG, "saree.jpg", None)
    MediaFile.update(meta_media_id="old", meta_media_expires_at=now() - timedelta(days=1)).execute()

    message = send(conversation(), picture(file.id))
    until(lambda: state(message.id) == "sent")

    assert wire.asked()[0]["image"]["id"] != "old"


def test_a_document_goes_out_under_its_own_name(running: Sender, wire: Wire) -> None:
    file = store.save_upload(PDF, "Rechnung März.pdf", None)

    message = send(conversation(), {"type": "document", "document": {"media_id": str(file.id)}})
    until(lambda: state(message.id) == "sent")

    assert wire.asked()[0]["document"]["filename"] == "Rechnung März.pdf"


def test_a_file_in_a_header_is_handed_over_too(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    file = store.save_upload(JPEG, "saree.jpg", None)
    buttons = [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]
    header = {"type": "image", "image": {"media_id": str(file.id)}}
    interactive = {"type": "button", "header": header, "body": {"text": "This one?"}, "action": {"buttons": buttons}}

    message = send(conversation(), {"type": "interactive", "interactive": interactive})
    until(lambda: state(message.id) == "sent")

    assert wire.asked()[0]["interactive"]["header"]["image"]["id"] in meta.state.media


@pytest.mark.parametrize("kind", ["html", "cut_before"])
def test_a_hand_over_that_fails_is_tried_again_because_it_sends_nothing(running: Sender, wire: Wire, meta: FakeMeta, kind: str) -> None:
    meta.faults.add(kind, path="/media", times=1)
    file = store.save_upload(JPEG, "saree.jpg", None)

    message = send(conversation(), picture(file.id))
    until(lambda: running.wake() or state(message.id) == "sent")  # type: ignore[func-returns-value]

    assert len(wire.bodies) == 1


@pytest.mark.feature("CN-20")
def test_a_file_that_meta_does_not_take_fails_the_message_with_the_reason(running: Sender, wire: Wire, meta: FakeMeta) -> None:
    meta.faults.add("error", path="/media", code=131053, details="Upload failed.", times=None)
    file = store.save_upload(JPEG, "saree.jpg", None)

    message = send(conversation(), picture(file.id))
    until(lambda: state(message.id) == "failed")

    row = Message.get_by_id(message.id)
    assert (row.error_code, row.error_details) == (131053, "Upload failed.")
    assert wire.bodies == []


def test_a_file_that_is_gone_from_the_data_folder_fails_the_message_and_says_so(running: Sender, wire: Wire) -> None:
    file = store.save_upload(JPEG, "saree.jpg", None)
    store.open_file(file.id)[1].unlink()

    message = send(conversation(), picture(file.id))
    until(lambda: state(message.id) == "failed")

    assert "data folder" in Message.get_by_id(message.id).error_details
