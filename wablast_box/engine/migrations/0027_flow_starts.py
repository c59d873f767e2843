"""Flows that begin by themselves: plans, rounds and starts; the away message; and conversations in which a flow is talking."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE flow_plan (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " trigger_key TEXT NOT NULL, kind TEXT NOT NULL, trigger_json TEXT NOT NULL, next_at {big}, cursor {big} NOT NULL)",
    "CREATE UNIQUE INDEX flow_plan_flow_id_trigger_key ON flow_plan (flow_id, trigger_key)",
    "CREATE INDEX flow_plan_due ON flow_plan (next_at) WHERE next_at IS NOT NULL",
    "CREATE TABLE flow_round (id {big} NOT NULL PRIMARY KEY, flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " trigger_key TEXT NOT NULL, occurrence TEXT NOT NULL, trigger_json TEXT NOT NULL, due_at {big} NOT NULL, state TEXT NOT NULL,"
    " cursor {big} NOT NULL, newest_id {big} NOT NULL, people INTEGER NOT NULL, note TEXT, created_at {big} NOT NULL, ended_at {big})",
    "CREATE UNIQUE INDEX flow_round_flow_id_trigger_key_occurrence ON flow_round (flow_id, trigger_key, occurrence)",
    "CREATE INDEX flow_round_going ON flow_round (id) WHERE state = 'going'",
    "CREATE TABLE flow_start (id {big} NOT NULL PRIMARY KEY, ref TEXT NOT NULL,"
    " flow_id {big} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " round_id {big} REFERENCES flow_round (id) ON DELETE CASCADE, kind TEXT NOT NULL, variables_json TEXT NOT NULL, about_json TEXT,"
    " depth INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at {big}, expires_at {big} NOT NULL, note TEXT,"
    " created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX flow_start_ref ON flow_start (ref)",
    "CREATE INDEX flow_start_conversation_id_id ON flow_start (conversation_id, id)",
    "CREATE INDEX flow_start_due ON flow_start (next_at) WHERE state = 'waiting'",
    "CREATE INDEX flow_start_round ON flow_start (round_id) WHERE round_id IS NOT NULL",
    "CREATE TABLE away_reply (conversation_id {big} NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,"
    " sent_at {big} NOT NULL)",
    "ALTER TABLE conversation ADD COLUMN in_flow_at {big}",
    # Who is in a flow now stays there, and waits for nobody.
    "UPDATE conversation SET in_flow_at = (SELECT s.started_at FROM flow_session s WHERE s.conversation_id = conversation.id"
    " AND s.state IN ('running', 'waiting')) WHERE id IN (SELECT conversation_id FROM flow_session WHERE state IN ('running', 'waiting'))",
    "DROP INDEX conversation_unrouted",
    "CREATE INDEX conversation_unrouted ON conversation (opened_at) WHERE state = 'open' AND assignee_id IS NULL"
    " AND opened_at IS NOT NULL AND in_flow_at IS NULL AND (routed_at IS NULL OR routed_at < opened_at)",
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
