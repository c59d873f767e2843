"""A fake Meta whose webhooks land in a list."""

from __future__ import annotations

import pytest

from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Settings

from .desk import CALLBACK, Caller, Mailbox


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def meta(mailbox: Mailbox) -> FakeMeta:
    return FakeMeta(settings=Settings(max_batch=1), callback_url=CALLBACK, post=mailbox, verify=lambda *_: True, threaded=False)


@pytest.fixture
def graph(meta: FakeMeta) -> Caller:
    return Caller(meta)


@pytest.fixture
def kabir(meta: FakeMeta):
    """Kabir's phone; he has written, so the window is open and his "hi" is already delivered."""
    phone = meta.phone("Kabir")
    phone.says("hi")
    meta.pump()
    return phone
