"""`wablast-box seed`: as much of a made-up life as somebody wants to measure or look at."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests.process.conftest import Start, command, prepare


def seed(data: Path, conversations: int, messages: int) -> str:
    done = command("seed", "--data", str(data), "--conversations", str(conversations), "--messages", str(messages))
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(data: Path, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data / "box.db") as database:
        return database.execute(question).fetchall()


def test_a_box_is_filled_to_the_numbers_asked_for_and_a_second_run_adds_what_is_missing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)

    first = seed(data, 50, 2000)
    again = seed(data, 50, 2000)
    more = seed(data, 60, 2500)

    assert first.startswith("50 conversations and 2,000 messages; 2,000 of them new")
    assert again.startswith("50 conversations and 2,000 messages; 0 of them new")
    assert more.startswith("60 conversations and 2,500 messages; 500 of them new")
    assert asked(data, "SELECT count(*), count(DISTINCT conversation_id) FROM message") == [(2500, 60)]


def test_made_up_data_looks_like_a_year_of_a_shop_in_india(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)

    seed(data, 300, 12_000)

    directions = dict(asked(data, "SELECT direction, count(*) FROM message GROUP BY direction"))
    assert min(directions.values()) > 3000
    texts = " ".join(row[0] or "" for row in asked(data, "SELECT text FROM message"))
    assert all(word in texts for word in ("order", "साड़ी", "புடவை", "শাড়ি", "સાડી", "Bhaiya")) and "{" not in texts
    [(oldest, newest)] = asked(data, "SELECT min(created_at), max(created_at) FROM message")
    assert 300 < (newest - oldest) / 86_400_000 <= 366
    [(longest,)] = asked(data, "SELECT count(*) AS n FROM message GROUP BY conversation_id ORDER BY n DESC LIMIT 1")
    assert longest > 10 * 12_000 / 300
    assert asked(data, "SELECT count(*) FROM message m JOIN conversation c ON c.last_message_id = m.id WHERE c.id = m.conversation_id") == [(300,)]
    assert {row[0] for row in asked(data, "SELECT DISTINCT state FROM conversation")} >= {"open", "resolved"}


def test_a_running_box_is_not_filled_behind_its_back(start: Start, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    start().get("/readyz")

    refused = command("seed", "--data", str(tmp_path / "data"))

    assert refused.returncode == 1
    assert "A box is running" in refused.stderr and "Stop it first" in refused.stderr
