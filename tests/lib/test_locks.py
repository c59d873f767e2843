"""A name is held by one at a time, and given back by time when its holder dies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict
from wablast_box.lib.locks import hold, let_go, take

MINUTE = timedelta(minutes=1)


def test_a_held_name_is_refused_to_others_and_renewed_by_its_holder(box: Path) -> None:
    assert take("sender", "first", MINUTE)
    assert not take("sender", "second", MINUTE)
    assert take("sender", "first", MINUTE)


def test_a_name_whose_holder_died_is_free_again(box: Path) -> None:
    take("sender", "dead", MINUTE)

    with frozen_at(now() + 2 * MINUTE):
        assert take("sender", "next", MINUTE)


def test_a_name_is_given_back_at_the_end_of_the_block(box: Path) -> None:
    with hold("conversation:1", MINUTE), pytest.raises(Conflict), hold("conversation:1", MINUTE):
        pass

    assert take("conversation:1", "next", MINUTE)


def test_only_the_holder_gives_a_name_back(box: Path) -> None:
    take("sender", "first", MINUTE)

    let_go("sender", "second")

    assert not take("sender", "third", MINUTE)
