"""The phones' chats outlast a restart of the demo, within bounds, and a broken file stops nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wablast_box.simulator import keeping
from wablast_box.simulator.keeping import CHATS, MEDIA, Keeper, forget, restore, save
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Message, Settings
from wablast_box.simulator.samples import sample
from wablast_box.simulator.screens import customer_shown, message_shown

from .desk import CALLBACK, Caller, Mailbox


def make_meta(**settings: float) -> FakeMeta:
    return FakeMeta(settings=Settings(max_batch=1, **settings), callback_url=CALLBACK, post=Mailbox(), verify=lambda *_: True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / MEDIA).mkdir()
    return tmp_path


def restarted(meta: FakeMeta, folder: Path) -> FakeMeta:
    """As after a stop and a start."""
    save(meta.state, folder)
    again = make_meta()
    restore(again, folder)
    again.pump(hurry=True)
    return again


def chat(meta: FakeMeta, who: str = "kabir") -> list[object]:
    return [message_shown(each, meta.state) for each in meta.customer(who).thread]


def test_a_chat_is_the_same_after_a_restart(meta: FakeMeta, graph: Caller, folder: Path) -> None:
    kabir = meta.phone("kabir")
    first = kabir.says("Is the \ud83d indigo in stock? ನಮಸ್ಕಾರ")
    meta.pump()
    graph.text("Yes, 14 metres.")
    meta.pump()
    kabir.reacts(kabir.received()[0], "👍")
    kabir.says("I'll take three", quoting=first)
    kabir.edits(first, "Is it in stock?")
    meta.pump()

    again = restarted(meta, folder)

    assert len(chat(again)) == 3
    assert chat(again) == chat(meta)
    assert customer_shown(again.customer("kabir")) == customer_shown(meta.customer("kabir"))


def test_pictures_can_still_be_looked_at_and_answered_buttons_stay_answered(meta: FakeMeta, graph: Caller, folder: Path) -> None:
    kabir, photo = meta.phone("kabir"), sample("image")
    sent = kabir.sends_media("image", photo.data, photo.mime_type, caption="This one")
    meta.pump()

    again = restarted(meta, folder)

    media_id = sent.content["id"]
    assert again.state.media[media_id].data == photo.data
    assert again.phone("kabir").customer.thread[-1].content["caption"] == "This one"


def test_the_window_and_who_is_offline_are_remembered(meta: FakeMeta, graph: Caller, folder: Path) -> None:
    meta.phone("kabir").says("hi")
    meta.pump()
    meta.phone("kabir").goes_offline()
    graph.text("Are you there?")
    meta.pump()

    again = restarted(meta, folder)
    seen_offline = again.phone("kabir").sees("Are you there?")
    again.phone("kabir").comes_online()

    assert Caller(again).text("Hello?").status == 200
    assert not seen_offline
    assert again.phone("kabir").sees("Are you there?")


def test_a_message_that_was_on_its_way_arrives_after_the_restart(folder: Path) -> None:
    meta = make_meta(sent_after_s=60)
    meta.phone("kabir").says("hi")
    assert Caller(meta).text("On its way").status == 200
    assert not meta.phone("kabir").sees("On its way")

    again = restarted(meta, folder)

    assert again.phone("kabir").sees("On its way")


def test_who_moved_to_another_number_is_reached_there(meta: FakeMeta, folder: Path) -> None:
    meta.phone("kabir").changes_number("+91 90000 55555")
    made = meta.state.add_customer("Nobody yet", phone="919999900000")

    again = restarted(meta, folder)

    assert again.state.at_address("919000055555") is again.customer("kabir")
    assert again.state.at_address("919845012345") is None
    assert again.customer(made.id).name == "Nobody yet"


def test_what_is_kept_is_bounded_and_the_newest_stays(meta: FakeMeta, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_MESSAGES", 5)
    monkeypatch.setattr(keeping, "MOST_MEDIA", 1500)
    kabir = meta.phone("kabir")
    for n in range(4):
        kabir.sends_media("image", bytes([n]) * 1000, "image/jpeg")
    for n in range(4):
        kabir.says(f"message {n}")
    meta.pump()

    again = restarted(meta, folder)

    kept: list[Message] = list(again.customer("kabir").thread)
    assert [message.type for message in kept] == ["image", *["text"] * 4]
    assert kept[-1].content == {"body": "message 3"}
    assert len(list((folder / MEDIA).iterdir())) == 1
    assert kept[0].content["id"] in again.state.media


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"format": 99}', b'{"format": 1, "customers": [{}]}', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_put_aside_and_the_phones_begin_anew(folder: Path, broken: bytes) -> None:
    (folder / CHATS).write_bytes(broken)
    meta = make_meta()

    restore(meta, folder)

    assert meta.customer("kabir").thread == type(meta.customer("kabir").thread)()
    assert (folder / f"{CHATS}.broken").read_bytes() == broken
    assert meta.phone("kabir").says("hi")


def test_the_keeper_writes_by_itself_and_once_more_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "GATHER_S", 30.0)
    meta = make_meta()
    keeper = Keeper(meta, tmp_path / "phones")
    meta.phone("kabir").says("the last word")

    keeper.stop()

    kept = json.loads((tmp_path / "phones" / CHATS).read_bytes())
    assert [message["content"] for message in kept["messages"]] == [{"body": "the last word"}]


def test_forgotten_chats_are_gone(meta: FakeMeta, folder: Path) -> None:
    meta.phone("kabir").says("hi")
    save(meta.state, folder)

    forget(folder)

    assert chat(restarted(make_meta(), folder)) == []
