"""The log of who did what: complete, in order, unchangeable, and verifiable after years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from peewee import DatabaseError

from tests.threads import side_by_side
from wablast_box.engine.audit import chain
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.audit.read import AuditQuery, actors_known, entries_page
from wablast_box.engine.audit.record import come_from, record
from wablast_box.engine.audit.retention import KEPT, prune
from wablast_box.lib import db, sql
from wablast_box.lib.clock import frozen_at, now, to_ms
from wablast_box.lib.paging import PageRequest

LONG_AGO = datetime(2024, 2, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    ref: str = "user:7"
    name: str = "Asha"
    role: str = "OWNER"
    session_id: int | None = 3


ASHA, BELA = Person(), Person("user:8", "Bela", "ADMIN", 4)


def deeds(count: int) -> None:
    for number in range(count):
        record("user.changed", by=ASHA, subject=f"user:{number}", fields=("role", "name"))


@pytest.mark.feature("TM-09")
def test_a_deed_is_written_with_who_where_what_and_the_names_of_what_changed(box: Path) -> None:
    come_from("203.0.113.9")
    try:
        record("user.changed", by=ASHA, subject="user:9", subject_name="Ravi", fields=("role", "name"), detail={"count": 2})
    finally:
        come_from(None)

    found = entries_page(AuditQuery(), PageRequest()).items[0]
    assert found | {"at": "", "hash": ""} == {
        "id": "1", "at": "", "actor": "user:7", "actor_name": "Asha", "role": "OWNER", "session_id": "3", "address": "203.0.113.9",
        "action": "user.changed", "title": "Changed a person", "subject": "user:9", "subject_name": "Ravi", "fields": ["name", "role"],
        "result": "done", "detail": {"count": 2}, "hash": "",
    }  # fmt: skip


def test_a_deed_that_was_undone_is_not_in_the_log(box: Path) -> None:
    with pytest.raises(RuntimeError), db.transaction():
        deeds(1)
        raise RuntimeError

    deeds(1)
    assert [row.id for row in AuditEntry.select()] == [1]


def test_only_known_actions_are_recorded(box: Path) -> None:
    with pytest.raises(ValueError, match="no action"):
        record("user.hugged", by=ASHA)


@pytest.mark.feature("TM-09")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'Nobody' WHERE id = 2",
        "UPDATE audit_entry SET hash = 'x'",
        "DELETE FROM audit_entry WHERE id = 2",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE id = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(box: Path, statement: str) -> None:
    deeds(3)

    with pytest.raises(DatabaseError):
        sql.run(statement)

    assert chain.verify() == chain.Verdict(3, chain.head()[1])


@pytest.mark.skipif("sys.platform == 'win32'")
def test_replacing_is_changing_too(box: Path) -> None:
    if db.is_postgres():
        pytest.skip("SQLite's own word")
    deeds(3)

    with pytest.raises(DatabaseError):
        sql.run(
            "REPLACE INTO audit_entry SELECT id, at, 'user:1', actor_name, role, session_id, address, action, subject, subject_name, fields_json, result, detail_json, previous, hash FROM audit_entry WHERE id = 2"
        )


@pytest.mark.feature("TM-09")
@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_entry SET actor_name = 'Nobody' WHERE id = 3", 3),
        ("UPDATE audit_entry SET at = at + 1 WHERE id = 1", 1),
        ("UPDATE audit_entry SET fields_json = NULL WHERE id = 2", 2),
        ("DELETE FROM audit_entry WHERE id = 2", 3),
        ("DELETE FROM audit_entry WHERE id < 3", 3),
        ("UPDATE audit_entry SET id = id + 1 WHERE id = 5", 6),
    ],
)
def test_who_gets_round_the_guards_breaks_the_chain(box: Path, statement: str, broken_at: int) -> None:
    deeds(5)
    without_guards(statement)

    assert chain.verify().broken_at == broken_at


@pytest.mark.feature("TM-09")
def test_after_400_days_entries_go_and_the_rest_still_verifies(box: Path) -> None:
    with frozen_at(LONG_AGO):
        deeds(4)
    with frozen_at(now() - KEPT + timedelta(minutes=1)):
        deeds(2)
    deeds(3)

    assert prune() == 4
    assert prune() == 0

    assert [row.id for row in AuditEntry.select().order_by(AuditEntry.id)] == [5, 6, 7, 8, 9, 10]
    assert AuditEntry.get_by_id(10).action == "audit.pruned"
    assert chain.verify() == chain.Verdict(6, chain.head()[1])


def test_a_log_of_old_entries_only_keeps_the_note_of_their_end(box: Path) -> None:
    with frozen_at(LONG_AGO):
        deeds(4)

    prune()
    deeds(1)

    assert [row.action for row in AuditEntry.select().order_by(AuditEntry.id)] == ["audit.pruned", "user.changed"]
    assert chain.verify().broken_at is None


def test_many_at_once_make_one_chain(box: Path) -> None:
    side_by_side([lambda: deeds(20)] * 5)

    assert chain.verify() == chain.Verdict(100, chain.head()[1])


def test_entries_are_found_by_who_what_and_when(box: Path) -> None:
    with frozen_at(now() - timedelta(days=2)):
        record("role.created", by=BELA, subject="role:1")
    record("session.refused", by=None, subject="user:7", role="OWNER", result="refused")
    record("user.changed", by=ASHA, subject="user:9")

    def found(**asked: object) -> list[str]:
        return [entry["action"] for entry in entries_page(AuditQuery(**asked), PageRequest()).items]  # type: ignore[arg-type]

    assert found() == ["user.changed", "session.refused", "role.created"]
    assert found(kind="role") == found(actor="user:8") == found(until_ms=to_ms(now() - timedelta(days=1))) == ["role.created"]
    assert found(subject="user:9") == ["user.changed"]
    assert found(result="refused", since_ms=to_ms(now() - timedelta(days=1))) == ["session.refused"]
    assert found(hides_owners_sign_ins=True) == ["user.changed", "role.created"]
    assert actors_known(AuditQuery(hides_owners_sign_ins=True)) == [
        {"actor": "user:7", "name": "Asha"},
        {"actor": "user:8", "name": "Bela"},
    ]


def without_guards(statement: str) -> None:
    """What somebody with the database file in hand could do."""
    names = ("audit_entry_unchanged", "audit_entry_kept", "audit_entry_once")
    for name in names[:2] if db.is_postgres() else names:
        sql.run(f"DROP TRIGGER {name}" + (" ON audit_entry" if db.is_postgres() else ""))
    sql.run(statement)
