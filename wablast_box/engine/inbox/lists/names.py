"""Words of a customer's name, user name or number, anywhere in it. All must be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.lib import sql
from wablast_box.lib.db import is_postgres

Part = tuple[str, list[Any]]

# Up to so many people a name leads straight to their conversations; a more frequent one is met soon on the way through the list.
RARE_NAME = 1500


def few_called(words: Sequence[str]) -> list[int] | None:
    """The ids of the people who are called so; None when they are many."""
    condition, params = _all(words)
    found = sql.run(f"SELECT ct.id FROM contact ct WHERE {condition} LIMIT {RARE_NAME}", params)
    return None if len(found) == RARE_NAME else [int(row[0]) for row in found]


def called(words: Sequence[str], few: Sequence[int] | None) -> Part:
    """The condition on the conversation's alias `c`."""
    if few is not None:
        return sql.among("c.contact_id", few or [0])
    condition, params = _all(words)
    return f"EXISTS (SELECT 1 FROM contact ct WHERE ct.id = c.contact_id AND {condition})", params


def _all(words: Sequence[str]) -> Part:
    parts = [_one(word) for word in words]
    return " AND ".join(condition for condition, _ in parts), [param for _, params in parts for param in params]


def _one(word: str) -> Part:
    """Of a number people remember some digits, and write them with spaces: `98123 45678` comes as two words."""
    escaped = word.strip().lower()
    for special in "!%_":
        escaped = escaped.replace(special, f"!{special}")
    digits = "".join(letter for letter in word if letter.isdigit())
    phone = digits if digits and not any(letter.isalpha() for letter in word) else escaped
    # SQLite's LIKE knows no letter case; PostgreSQL's does.
    name, username = ("LOWER(ct.name)", "LOWER(ct.username)") if is_postgres() else ("ct.name", "ct.username")
    condition = f"({name} LIKE ? ESCAPE '!' OR ct.phone LIKE ? ESCAPE '!' OR {username} LIKE ? ESCAPE '!')"
    return condition, [f"%{escaped}%", f"%{phone}%", f"%{escaped}%"]
