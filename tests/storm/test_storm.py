"""A short storm for every run of the tests; `make torture` blows the long ones."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from pathlib import Path

import pytest

from . import power_cut
from .payloads import OUR_RECORDINGS, invent, recordings
from .repack import messages_body
from .storm import Size, Storm

posix_only = pytest.mark.skipif(os.name != "posix", reason="kill -9 for a process group needs POSIX")


def test_repacking_changes_the_bytes_and_never_the_content() -> None:
    rng = random.Random(7)
    said = invent(rng, 40, recordings(OUR_RECORDINGS), prefix="SAME", now_s=1_790_000_000)

    bodies = [messages_body(rng, said) for _ in range(5)]
    read = [[message for entry in json.loads(body)["entry"] for change in entry["changes"] for message in change["value"]["messages"]] for body in bodies]

    assert len(set(bodies)) == 5
    assert all(messages == [one.message for one in said] for messages in read)


@pytest.mark.slow
@posix_only
@pytest.mark.feature("CN-11", "CN-12", "CN-13", "CN-14")
def test_a_storm_with_kills_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    assert signal.SIGKILL
    storm = Storm(tmp_path / "data", seed=1, size=Size(messages=40, most_copies=6, once_only=12, sends=40, forgeries=12, kills=2))

    problems = asyncio.run(storm.blow())

    assert problems == [], storm.figures


@pytest.mark.slow
@pytest.mark.feature("CN-11")
@pytest.mark.skipif(not power_cut.is_possible(), reason="power cuts are rebuilt from what strace sees")
def test_a_power_cut_at_any_instant_leaves_a_whole_database_with_all_that_was_acknowledged(tmp_path: Path) -> None:
    problems = power_cut.trial(tmp_path / "data", seed=1, messages=40, images=40)

    assert problems == []
