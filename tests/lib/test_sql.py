"""Statements written by hand fail like those that peewee writes, so that every guard sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from peewee import IntegrityError

from wablast_box.lib import sql
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Unavailable


def test_a_broken_key_is_the_same_error_on_every_driver(box: Path) -> None:
    rows = [("twice", "x", 0), ("twice", "y", 0)]

    with pytest.raises(IntegrityError), transaction():
        sql.run_many("INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)", rows)

    assert sql.run("SELECT COUNT(*) FROM lease") == [(0,)]


def test_a_write_that_the_database_refuses_is_told_in_plain_words(box: Path) -> None:
    with pytest.raises(Unavailable) as refused, transaction():
        sql.run("INSERT INTO no_such_table (id) VALUES (1)")

    assert refused.value.help
