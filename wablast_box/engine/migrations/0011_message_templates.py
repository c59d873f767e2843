"""The business's message templates, and when Meta's list of them was last read."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.migrations import big_integer

_STATEMENTS = (
    "CREATE TABLE message_template (id {big} NOT NULL PRIMARY KEY, meta_id TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,"
    " category TEXT NOT NULL, sub_category TEXT, status TEXT NOT NULL, status_at {big}, quality TEXT NOT NULL, reason TEXT, details TEXT,"
    " previous_category TEXT, next_category TEXT, next_category_at {big}, parameter_format TEXT NOT NULL, components_json TEXT NOT NULL,"
    " words TEXT NOT NULL, created_at {big} NOT NULL)",
    "CREATE UNIQUE INDEX message_template_meta_id ON message_template (meta_id)",
    "CREATE INDEX message_template_name_language ON message_template (name, language)",
    "CREATE TABLE template_sync (id INTEGER NOT NULL PRIMARY KEY, waba_id TEXT, wanted_at {big}, tried_at {big}, synced_at {big},"
    " trouble TEXT)",
)


def up(migrator: Any, db: Any) -> None:
    """Let the box know its templates: what they say, what they ask for, whether they may be sent."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
