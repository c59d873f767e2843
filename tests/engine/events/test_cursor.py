"""A reader of the event log never goes past what is still being written."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from wablast_box.engine.events import cursor
from wablast_box.engine.events.publish import publish
from wablast_box.lib import db
from wablast_box.lib.clock import now

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rang:
    """Somebody rang."""

    name: ClassVar[str] = "test.rang"
    who: str


def reads() -> list[str]:
    """Who rang since the last time; then they are dealt with."""
    found = cursor.read_on("test", ["test.rang"], since=now() - DAY, until=now() + DAY, limit=10)
    with db.transaction():
        for one in found:
            cursor.move("test", one.id)
    return [one.detail["who"] for one in found]


@pytest.mark.feature("DT-03")
def test_what_is_written_slowly_is_not_passed_over(box: Path) -> None:
    if not db.is_postgres():
        pytest.skip("SQLite has one writer: nobody is overtaken")
    has_written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        db.connect_thread()
        with db.transaction():
            publish(Rang("first"))
            has_written.set()
            may_commit.wait()
        db.disconnect_thread()

    writer = threading.Thread(target=slowly)
    writer.start()
    has_written.wait()
    with db.transaction():
        publish(Rang("second"))
    before = reads()
    may_commit.set()
    writer.join()

    assert before == [] and reads() == ["first", "second"]
