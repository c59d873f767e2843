"""What only the machine's own console does: taking away a second factor, and seeing that the log was written into by hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.process.conftest import command, prepare


def doctor(data: Path) -> str:
    return command("doctor", "--data", str(data), environment={"WABLAST_BOX_GRAPH_URL": "http://127.0.0.1:9"}).stdout


@pytest.mark.feature("TM-07")
def test_the_console_takes_a_second_factor_away(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    with sqlite3.connect(data / "box.db") as db:
        db.execute("INSERT INTO totp (user_id, sealed, created_at, confirmed_at, last_step) SELECT id, x'00', 1, 1, 0 FROM user")

    first = command("user", "reset-mfa", "asha@example.com", "--data", str(data))
    second = command("user", "reset-mfa", "asha@example.com", "--data", str(data))
    nobody = command("user", "reset-mfa", "kabir@example.com", "--data", str(data))

    assert "signs in with the password alone now" in first.stdout
    assert "had no second factor" in second.stdout
    assert nobody.returncode == 1
    with sqlite3.connect(data / "box.db") as db:
        assert db.execute("SELECT actor FROM audit_entry WHERE action = 'mfa.reset'").fetchall() == [("system",)] * 2


@pytest.mark.feature("TM-09")
def test_the_doctor_checks_the_chain_of_the_log(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    whole = doctor(data)
    with sqlite3.connect(data / "box.db") as db:
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("UPDATE audit_entry SET actor_name = 'Nobody' WHERE id = 1")
        db.execute("DROP TRIGGER audit_entry_unchanged")
        db.execute("UPDATE audit_entry SET actor_name = 'Nobody' WHERE id = 1")

    broken = doctor(data)

    assert "The audit log is whole: " in whole
    assert "The audit log was changed by hand: entry 1" in broken
