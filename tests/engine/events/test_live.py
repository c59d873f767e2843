"""News for open windows: read when it is on disk, and told in the order in which it was read."""

from __future__ import annotations

import threading

import pytest

from tests.windows import Windows
from wablast_box.engine.events.live import News, tell_what_is_kept

A_WHILE_S = 0.3


@pytest.mark.feature("IN-05")
def test_what_was_read_last_is_heard_last(windows: Windows) -> None:
    has_read, may_tell = threading.Event(), threading.Event()

    def slowly() -> list[News]:
        has_read.set()
        may_tell.wait()
        return [News(("everyone",), "older", {})]

    first = threading.Thread(target=tell_what_is_kept, args=(slowly,))
    second = threading.Thread(target=tell_what_is_kept, args=(lambda: [News(("everyone",), "newer", {})],))
    first.start()
    has_read.wait()
    second.start()
    second.join(A_WHILE_S)
    may_tell.set()
    first.join()
    second.join()

    assert [one.name for one in windows.heard] == ["older", "newer"]
