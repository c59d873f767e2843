"""What flows are called, for lists in which they appear as flow:ID."""

from __future__ import annotations

from collections.abc import Iterable

from wablast_box.lib import sql

PREFIX = "flow:"


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Names by reference; a flow that is gone has none."""
    numbers = {int(ref.removeprefix(PREFIX)) for ref in refs if ref.startswith(PREFIX) and ref.removeprefix(PREFIX).isdecimal()}
    if not numbers:
        return {}
    where, params = sql.among("id", sorted(numbers))
    return {f"{PREFIX}{number}": str(name) for number, name in sql.run(f"SELECT id, name FROM flow WHERE {where}", params)}
