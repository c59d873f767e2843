"""A message knows its template's category, so that consent can be asked for again when it is handed over."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Messages queued before have none: for them consent was asked for when they were queued."""
    db.execute_sql("ALTER TABLE message ADD COLUMN template_category TEXT")
