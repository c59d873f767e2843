"""The chain: each entry's hash covers the entry and the hash before it, so nothing in between can be changed, added or taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from wablast_box.lib import sql

GENESIS = "0" * 64
COLUMNS = (
    "id", "at", "actor", "actor_name", "role", "session_id", "address", "action", "subject", "subject_name", "fields_json", "result",
    "detail_json",
)  # fmt: skip
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_at` is the first entry that does not fit; None when the log is whole."""

    entries: int
    head: str
    broken_at: int | None = None


def link(previous: str, values: Sequence[Any]) -> str:
    """The hash of an entry: `values` in the order of COLUMNS, as they stand in the database."""
    return hashlib.sha256(previous.encode() + orjson.dumps(list(values))).hexdigest()


def head() -> tuple[int, str]:
    """Number and hash of the newest entry. Kept elsewhere, it proves later that nothing was cut off."""
    rows = sql.run("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, GENESIS)


def verify() -> Verdict:
    """Walk the whole log."""
    count, expected_id, expected = 0, 0, GENESIS
    for row in _rows():
        number, previous, found = int(row[0]), str(row[-2]), str(row[-1])
        if count == 0:
            expected_id, expected = _beginning(number, previous)
        if number != expected_id or previous != expected or found != link(previous, row[:-2]):
            return Verdict(count, expected, broken_at=number)
        count, expected_id, expected = count + 1, number + 1, found
    return Verdict(count, expected)


def _beginning(first: int, previous: str) -> tuple[int, str]:
    """The log begins with 1, or where an entry further on says that older ones were deleted in time."""
    if first > 1:
        for (detail,) in sql.run("SELECT detail_json FROM audit_entry WHERE action = 'audit.pruned' ORDER BY id DESC"):
            pruned = orjson.loads(detail)
            if pruned.get("up_to") == first - 1 and pruned.get("hash") == previous:
                return first, previous
    return 1, GENESIS


def _rows() -> Iterator[tuple[Any, ...]]:
    after = 0
    while True:
        rows = sql.run(
            f"SELECT {', '.join(COLUMNS)}, previous, hash FROM audit_entry WHERE id > ? ORDER BY id LIMIT {_BATCH}",  # noqa: S608
            (after,),
        )
        yield from rows
        if len(rows) < _BATCH:
            return
        after = int(rows[-1][0])
