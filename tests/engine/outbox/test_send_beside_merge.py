"""A message that is sent while the contact becomes one with another goes to the one that stays, or says that there is none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.outbox.sending import conversation, send, template, text
from tests.patience import BUSY
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_to
from wablast_box.lib import sql
from wablast_box.lib.db import connect_thread, disconnect_thread, is_postgres, transaction
from wablast_box.lib.errors import NotFound

WAITS_WITHIN_S = 5 * BUSY
_WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"  # not pg_stat_activity: a transaction sees it as it was when it first looked


def beside(call: Callable[[], Any], end: Callable[[], Any]) -> Any:
    """What `call` gives or raises when `end` is done beside it and committed while it waits."""
    heard: list[Any] = []

    def runs() -> None:
        connect_thread()
        try:
            heard.append(call())
        except Exception as failed:
            heard.append(failed)
        disconnect_thread()

    thread = threading.Thread(target=runs)
    with transaction():
        end()
        thread.start()
        deadline = time.monotonic() + WAITS_WITHIN_S
        while not sql.run(_WAITING)[0][0]:
            assert time.monotonic() < deadline and thread.is_alive(), "it did not wait for the other"
    thread.join()
    return heard[0]


@pytest.fixture(autouse=True)
def _several_writers() -> None:
    if not is_postgres():
        pytest.skip("SQLite has one writer")


def test_a_conversation_that_goes_meanwhile_is_said_to_be_gone(box: Path) -> None:
    number = conversation()

    heard = beside(lambda: send(number, text("Hello")), lambda: Conversation.delete_by_id(number))

    assert isinstance(heard, NotFound)


def test_who_is_written_to_by_number_is_found_again(box: Path) -> None:
    number = conversation()
    contact = Conversation.get_by_id(number).contact

    outbound = parse_outbound(template())
    heard = beside(lambda: send_to(f"+{contact.wa_id}", outbound, actor="user:1", scope="s"), lambda: Conversation.delete_by_id(number))

    assert isinstance(heard, Message) and heard.conversation_id != number
