"""Two boxes never work on one PostgreSQL database, whatever happens to the server in between."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.process.conftest import Start, command, until
from tests.process.postgres import Postgres, make_postgres

HOLDER = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'wablast-box of %'"


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    made = make_postgres()
    yield made
    made.remove()


@pytest.fixture
def on(postgres: Postgres) -> dict[str, str]:
    return {"WABLAST_BOX_DATABASE_URL": postgres.url}


def second(tmp_path: Path, on: dict[str, str], *words: str) -> tuple[int, str]:
    done = command(*(words or ("serve", "--bind", "127.0.0.1:0")), "--data", str(tmp_path / "other"), environment=on)
    return done.returncode, done.stderr


def holders(postgres: Postgres) -> list[int]:
    with psycopg.connect(postgres.url) as looking:
        return [row[0] for row in looking.execute(HOLDER)]


def test_a_second_box_on_the_database_is_refused_and_told_who_has_it(start: Start, tmp_path: Path, on: dict[str, str]) -> None:
    box = start(environment=on)
    _ = box.address

    code, said = second(tmp_path, on)
    setup_code, setup_said = second(tmp_path, on, "setup", "--business", "Not Asha's")

    assert (code, setup_code) == (1, 1)
    assert "Another box works on this database already" in said and "WABLAST_BOX_DATABASE_URL" in said
    assert f"process {box.process.pid}" in said
    assert "Another box" in setup_said
    assert "Traceback" not in said + setup_said
    assert box.get("/readyz").status == 200


def test_a_box_that_was_killed_leaves_the_database_free(start: Start, tmp_path: Path, on: dict[str, str]) -> None:
    box = start(environment=on)
    _ = box.address
    box.process.kill()
    box.process.wait(10)

    next_one = start(data=tmp_path / "other", environment=on)

    assert next_one.get("/readyz").status == 200


def test_the_database_is_held_again_after_the_server_was_restarted(start: Start, tmp_path: Path, postgres: Postgres, on: dict[str, str]) -> None:
    box = start(environment=on)
    _ = box.address
    [before] = holders(postgres)

    postgres.stop()
    time.sleep(3)
    postgres.start()
    [after] = until(lambda: holders(postgres), within_s=15)
    code, said = second(tmp_path, on)

    assert before != after
    assert code == 1 and f"process {box.process.pid}" in said
    until(lambda: box.get("/readyz").status == 200, within_s=40)


def test_a_box_whose_database_was_taken_meanwhile_stops_and_says_why(start: Start, postgres: Postgres, on: dict[str, str]) -> None:
    box = start(environment=on)
    box.says("Ctrl-C")

    with (
        psycopg.connect(postgres.url, autocommit=True) as looking,
        psycopg.connect(postgres.url, autocommit=True, application_name="wablast-box of elsewhere, process 7") as quicker,
        ThreadPoolExecutor(1) as aside,
    ):
        # Who stands in the queue gets it, however soon the box comes back.
        gets_it = aside.submit(quicker.execute, "SELECT pg_advisory_lock(%s, 1)", (0x77626F78,))
        until(lambda: looking.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone())
        looking.execute(f"SELECT pg_terminate_backend(pid) FROM ({HOLDER}) mine WHERE pid <> {quicker.info.backend_pid}")
        gets_it.result(20)
        box.says("Another box works on this database already .*elsewhere", within_s=15)
        code = box.process.wait(10)

    assert code == 1
    assert "Traceback" not in "\n".join(box.printed)
