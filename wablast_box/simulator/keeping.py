"""Chats that outlast a restart: the demo's phones on disk, in a folder of the simulator's own.

A snapshot in JSON, written aside and moved into place, and one file for each picture or sound. Both are bounded: the
newest of everything stays. What cannot be read is put aside, never a reason not to start.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from wablast_box.lib.clock import iso
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Customer, MediaFile, Message, Progress
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json

logger = logging.getLogger(__name__)

FORMAT = 1
MOST_CUSTOMERS, MOST_MESSAGES, MOST_MEDIA = 300, 5000, 32 * 1024 * 1024
GATHER_S = 0.5
CHATS, MEDIA = "chats.json", "media"
_MOMENTS = ("wrote_at", "came_from_ad_at", "free_until")
_PLAIN = (
    "id", "name", "user_id", "phone", "username", "parent_user_id", "online", "read_receipts", "reachable", "stopped_marketing",
    "auto_read", "shown", "unread", "own_number", "blocked",
)  # fmt: skip
_OWN_WAY = ("customer", "at", "progress")


class Keeper:
    """Writes soon after something changed, and once more at the end."""

    def __init__(self, meta: FakeMeta, folder: Path):
        self._meta, self._folder = meta, folder
        self._changed, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulator-keeper", daemon=True)
        (folder / MEDIA).mkdir(parents=True, exist_ok=True)
        restore(meta, folder)
        meta.news.on_change = self._changed.set
        self._thread.start()

    def stop(self) -> None:
        """Keep the last moment too."""
        self._over.set()
        self._changed.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        is_last = False
        while not is_last:
            self._changed.wait()
            # What happens in a moment is one snapshot.
            is_last = self._over.wait(GATHER_S)
            self._changed.clear()
            self._save()

    def _save(self) -> None:
        try:
            save(self._meta.state, self._folder)
        except (OSError, TypeError, ValueError) as failed:
            logger.warning("the pretend phones could not be kept", extra={"why": str(failed)})


def save(state: State, folder: Path) -> None:
    """Write what the phones show. Files first, so that no snapshot names one that is not there."""
    with state.lock:
        chats, media = _snapshot(state)
        text = json.dumps(chats).encode()
    for file in media:
        target = folder / MEDIA / file.id
        if not target.exists():
            _write(target, file.data)
    _write(folder / CHATS, text)
    kept = {file.id for file in media}
    for old in (folder / MEDIA).iterdir():
        if old.name not in kept:
            old.unlink(missing_ok=True)


def restore(meta: FakeMeta, folder: Path) -> None:
    """Give the phones their chats back. A message that was still on its way goes on."""
    try:
        chats = json.loads((folder / CHATS).read_bytes())
        if chats["format"] != FORMAT:
            raise ValueError(f"format {chats['format']}")
        on_their_way = _filled(meta.state, chats, folder)
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        logger.warning("the pretend phones' chats cannot be read and are put aside", extra={"why": str(broken)})
        meta.clear()
        (folder / CHATS).replace(folder / f"{CHATS}.broken")
        return
    with meta.state.lock:
        for message in on_their_way:
            meta.delivery.carry(message, None)


def forget(folder: Path) -> None:
    """The phones begin anew."""
    (folder / CHATS).unlink(missing_ok=True)


def _snapshot(state: State) -> tuple[Json, list[MediaFile]]:
    known = [each for each in state.customers.values() if each.shown or each.thread]
    customers = sorted(known, key=lambda each: (each.shown, each.wrote_at is not None, each.wrote_at or 0), reverse=True)[:MOST_CUSTOMERS]
    of_kept = {id(each) for each in customers}
    shown = [message for each in customers for message in each.thread]
    waiting = [
        message for message in state.accepted if message.progress in (Progress.ACCEPTED, Progress.SENT) and id(message.customer) in of_kept
    ]
    messages = sorted({id(message): message for message in (*shown, *waiting)}.values(), key=lambda message: message.at)[-MOST_MESSAGES:]
    in_thread = {id(message) for message in shown}
    media = _media_of(state, messages)
    chats: Json = {
        "format": FORMAT,
        "customers": [_customer_kept(each) for each in customers],
        "messages": [_message_kept(each, is_shown=id(each) in in_thread) for each in messages],
        "media": [{"id": file.id, "mime_type": file.mime_type, "filename": file.filename} for file in media],
    }
    return chats, media


def _media_of(state: State, messages: list[Message]) -> list[MediaFile]:
    found: dict[str, MediaFile] = {}
    room = MOST_MEDIA
    for message in reversed(messages):
        for id in _ids_in(message.content):
            file = state.media.get(id)
            if file is not None and id not in found and len(file.data) <= room:
                found[id] = file
                room -= len(file.data)
    return list(found.values())


def _ids_in(content: Any) -> Iterator[str]:
    """Media stands in the content itself, or in the header of a message with buttons."""
    if isinstance(content, dict):
        if isinstance(content.get("id"), str):
            yield content["id"]
        for inner in content.values():
            yield from _ids_in(inner)


def _customer_kept(customer: Customer) -> Json:
    kept: Json = {name: getattr(customer, name) for name in _PLAIN}
    moments = {name: getattr(customer, name) for name in _MOMENTS}
    return kept | {"dialled": list(customer.dialled)} | {name: at and iso(at) for name, at in moments.items()}


def _message_kept(message: Message, *, is_shown: bool) -> Json:
    kept: Json = {field.name: getattr(message, field.name) for field in fields(Message) if field.name not in _OWN_WAY}
    return kept | {"customer": message.customer.id, "at": iso(message.at), "progress": message.progress.value, "is_shown": is_shown}


def _filled(state: State, chats: Json, folder: Path) -> list[Message]:
    with state.lock:
        customers = {kept["id"]: _customer(state, kept) for kept in chats["customers"]}
        for kept in chats["media"]:
            _take_media(state, kept, folder)
        on_their_way = []
        for kept in chats["messages"]:
            message = _message(kept, customers[kept["customer"]])
            state.remember(message)
            if kept["is_shown"]:
                message.customer.thread.append(message)
            else:
                state.accepted.append(message)
                on_their_way.append(message)
        return on_their_way


def _customer(state: State, kept: Json) -> Customer:
    # Whoever is planted keeps their place in the row, with what became of them.
    customer = state.customers.get(kept["id"]) or state.add_customer(
        kept["name"], phone=kept["phone"], username=kept["username"], user_id=kept["user_id"], id=kept["id"]
    )
    for key in (customer.phone, customer.user_id):
        state.forget_address(key or "")
    for name in _PLAIN:
        setattr(customer, name, kept.get(name, getattr(customer, name)))
    for name in _MOMENTS:
        setattr(customer, name, kept[name] and datetime.fromisoformat(kept[name]))
    customer.dialled = tuple(kept["dialled"])
    state.address(customer)
    return customer


def _message(kept: Json, customer: Customer) -> Message:
    given = {field.name: kept[field.name] for field in fields(Message) if field.name not in _OWN_WAY}
    return Message(customer=customer, at=datetime.fromisoformat(kept["at"]), progress=Progress(kept["progress"]), **given)


def _take_media(state: State, kept: Json, folder: Path) -> None:
    path = folder / MEDIA / str(kept["id"])
    if str(kept["id"]).isdigit() and path.is_file():
        made = state.add_media(path.read_bytes(), kept["mime_type"], kept["filename"])
        state.media[kept["id"]] = state.media.pop(made.id)
        made.id = kept["id"]


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing, also when the power goes."""
    aside = path.with_name(f"{path.name}.new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
