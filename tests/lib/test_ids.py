"""Ids rise, also when the clock does not."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from wablast_box.lib import ids
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import NotFound


def test_ids_rise_while_the_clock_goes_back() -> None:
    before = ids.new_id()

    with frozen_at(now() - timedelta(days=400)):
        after = ids.new_id()

    assert after > before


def test_ids_fit_into_63_bits_for_a_long_time() -> None:
    with frozen_at(now() + timedelta(days=365 * 60)):
        assert ids.new_id() < 1 << 63


def test_threads_never_get_the_same_id() -> None:
    made: list[int] = []

    def make() -> None:
        made.extend(ids.new_id() for _ in range(2000))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 8000


def test_an_id_that_was_used_before_the_start_is_not_made_again() -> None:
    used = ids.new_id() + 1_000_000

    ids.start_after(used)

    assert ids.new_id() > used


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.5", "１２", "9" * 20, str(1 << 63), " 1", "0x10"])
def test_what_is_no_id_names_nothing(text: str) -> None:
    with pytest.raises(NotFound):
        ids.parse_id(text)
