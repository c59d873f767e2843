"""Reactions, edits and deletions name the message they are about; advertisements that brought customers can be asked for."""

from __future__ import annotations

import json
from typing import Any

from wablast_box.engine.migrations import big_integer

_ABOUT = {"reaction": "message_id", "edit": "original_message_id", "revoke": "original_message_id"}
_REFERRAL = ("source_type", "source_id", "source_url", "headline", "body", "media_type", "ctwa_clid")
_STATEMENTS = (
    "ALTER TABLE message ADD COLUMN about_wamid TEXT",
    "CREATE INDEX message_about ON message (about_wamid) WHERE about_wamid IS NOT NULL",
    "CREATE TABLE ad_referral (message_id {big} NOT NULL PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,"
    " conversation_id {big} NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,"
    " source_type TEXT, source_id TEXT, source_url TEXT, headline TEXT, body TEXT, media_type TEXT, ctwa_clid TEXT, at {big} NOT NULL)",
    "CREATE INDEX ad_referral_conversation_id ON ad_referral (conversation_id)",
    "CREATE INDEX ad_referral_source_id ON ad_referral (source_id)",
    "CREATE INDEX ad_referral_ctwa_clid ON ad_referral (ctwa_clid)",
)


def up(migrator: Any, db: Any) -> None:
    """Add both, and fill them from what was received before."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.format(big=big_integer(db)))
    _name_targets(db)
    _keep_referrals(db)


def _name_targets(db: Any) -> None:
    rows = db.execute_sql("SELECT id, type, content_json FROM message WHERE type IN ('reaction', 'edit', 'revoke')").fetchall()
    for number, kind, content in rows:
        target = json.loads(content or "{}").get(_ABOUT[kind])
        if isinstance(target, str) and target:
            db.execute_sql(f"UPDATE message SET about_wamid = {db.param} WHERE id = {db.param}", (target, number))


def _keep_referrals(db: Any) -> None:
    # Compared by position, not LIKE: a percent sign means something else to one of the drivers.
    found = "POSITION('\"referral\"' IN content_json) > 0" if big_integer(db) == "BIGINT" else "INSTR(content_json, '\"referral\"') > 0"
    rows = db.execute_sql(f"SELECT id, conversation_id, created_at, content_json FROM message WHERE direction = 'in' AND {found}").fetchall()
    columns = ("message_id", "conversation_id", "at", *_REFERRAL)
    insert = f"INSERT INTO ad_referral ({', '.join(columns)}) VALUES ({', '.join([db.param] * len(columns))})"
    for number, conversation_id, at, content in rows:
        referral = json.loads(content).get("referral")
        if isinstance(referral, dict):
            db.execute_sql(insert, (number, conversation_id, at, *(_text(referral.get(column)) for column in _REFERRAL)))


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None
