"""Flows: drawings, versions, triggers, sessions with their steps, turns that wait, and where a person took over."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE flow (id {big} NOT NULL PRIMARY KEY, name TEXT NOT NULL, is_on {bool} NOT NULL, draft_json TEXT NOT NULL,"
    " revision INTEGER NOT NULL, published_number INTEGER, has_changes {bool} NOT NULL, created_at {big} NOT NULL,"
    " updated_at {big} NOT NULL, updated_by TEXT NOT NULL, archived_at {big})",
    "CREATE TABLE flow_version (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " number INTEGER NOT NULL, graph_json TEXT NOT NULL, note TEXT, published_by TEXT NOT NULL, published_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX flow_version_flow_id_number ON flow_version (flow_id, number)",
    "CREATE TABLE flow_trigger (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, priority INTEGER NOT NULL, trigger_json TEXT NOT NULL)",
    "CREATE INDEX flow_trigger_flow_id ON flow_trigger (flow_id)",
    "CREATE TABLE flow_session (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " version_id {big} NOT NULL REFERENCES flow_version (id) ON DELETE CASCADE,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, state TEXT NOT NULL, node_id TEXT,"
    " variables_json TEXT NOT NULL, memory_json TEXT NOT NULL, wait_for TEXT, resume_at {big}, waits INTEGER NOT NULL,"
    " steps INTEGER NOT NULL, seen_message_id {big} NOT NULL, reason TEXT, started_by TEXT NOT NULL, started_at {big} NOT NULL,"
    " ended_at {big})",
    "CREATE INDEX flow_session_flow_id_id ON flow_session (flow_id, id)",
    "CREATE INDEX flow_session_conversation_id_id ON flow_session (conversation_id, id)",
    "CREATE UNIQUE INDEX flow_session_active ON flow_session (conversation_id) WHERE state IN ('running', 'waiting')",
    "CREATE INDEX flow_session_due ON flow_session (resume_at) WHERE state = 'waiting' AND resume_at IS NOT NULL",
    "CREATE INDEX flow_session_version ON flow_session (version_id) WHERE state IN ('running', 'waiting')",
    "CREATE TABLE flow_step (session_id {big} NOT NULL REFERENCES flow_session (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
    " version_id {big} NOT NULL, node_id TEXT NOT NULL, node_type TEXT NOT NULL, input_json TEXT, output_json TEXT, outcome TEXT NOT NULL, error TEXT,"
    " started_at {big} NOT NULL, duration_us INTEGER NOT NULL, PRIMARY KEY (session_id, number))",
    "CREATE TABLE flow_turn (id {big} NOT NULL PRIMARY KEY,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, kind TEXT NOT NULL, ref TEXT NOT NULL,"
    " body_json TEXT, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big}, error TEXT,"
    " created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX flow_turn_ref ON flow_turn (ref)",
    "CREATE UNIQUE INDEX flow_turn_running ON flow_turn (conversation_id) WHERE state = 'running'",
    "CREATE INDEX flow_turn_waiting ON flow_turn (conversation_id, id) WHERE state = 'waiting'",
    "CREATE INDEX flow_turn_due ON flow_turn (next_attempt_at) WHERE state = 'waiting'",
    "CREATE TABLE flow_hold (conversation_id {big} NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,"
    " held_by TEXT NOT NULL, note TEXT, held_at {big} NOT NULL)",
    "CREATE TABLE flow_call (id {big} NOT NULL PRIMARY KEY, url TEXT NOT NULL, sealed_request {blob} NOT NULL, state TEXT NOT NULL,"
    " attempts INTEGER NOT NULL, next_attempt_at {big} NOT NULL, claimed_at {big}, error TEXT, created_at {big} NOT NULL)",
    "CREATE INDEX flow_call_due ON flow_call (next_attempt_at) WHERE state IN ('waiting', 'sending')",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    is_postgres = isinstance(db, PostgresqlDatabase)
    types = {"big": big_integer(db), "bool": "BOOLEAN" if is_postgres else "INTEGER", "blob": "BYTEA" if is_postgres else "BLOB"}
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(**types))
