"""Statements written by hand fail like those that peewee writes, so that every guard sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from peewee import DatabaseError, IntegrityError, OperationalError

from wablast_box.lib import sql
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Unavailable


def test_a_broken_key_is_the_same_error_on_every_driver(box: Path) -> None:
    rows = [("twice", "x", 0), ("twice", "y", 0)]

    with pytest.raises(IntegrityError), transaction():
        sql.run_many("INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)", rows)

    assert sql.run("SELECT COUNT(*) FROM lease") == [(0,)]


def test_a_mistake_in_a_statement_is_a_bug_and_not_a_busy_disk(box: Path) -> None:
    with pytest.raises(DatabaseError), transaction():
        sql.run("INSERT INTO no_such_table (id) VALUES (1)")


def test_a_disk_that_refuses_is_told_in_plain_words(box: Path) -> None:
    with pytest.raises(Unavailable) as refused, transaction():
        raise OperationalError("database or disk is full")

    assert refused.value.code == "disk_full"
    assert refused.value.help


@pytest.mark.parametrize("count", [0, 1, 2, 63, 64, 65, 200])
def test_many_rows_in_few_statements_are_all_written_once(box: Path, count: int) -> None:
    rows = [(f"lease {number}", number) for number in range(count)]

    with transaction():
        for _ in range(2):
            sql.insert_rows("INSERT INTO lease (name, holder, expires_at)", "?, 'me', ?", rows, "ON CONFLICT DO NOTHING")

    assert sorted(sql.run("SELECT name, expires_at FROM lease")) == sorted(rows)
