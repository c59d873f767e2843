"""Numbered migrations, run at start after a snapshot. Never edited once they have landed: data folders have run them."""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase


def big_integer(db: Any) -> str:
    """The type of ids and moments: SQLite's integers are big ones."""
    return "BIGINT" if isinstance(db, PostgresqlDatabase) else "INTEGER"
