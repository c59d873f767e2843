"""Store what the outside world told us, once per body, before anyone answers 200. Thinking comes later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

_SAYS_WHEN = b'"timestamp":"'


class Knock(NamedTuple):
    """One verified body at one door."""

    source: str
    body: bytes
    received_at_ms: int


def knock(source: str, body: bytes) -> Knock:
    """A body that arrives now."""
    return Knock(source, body, now_ms())


def accept(knocks: Sequence[Knock]) -> None:
    """Store the bodies in one transaction; a body that is here already is not stored again."""
    numbered = zip(ids.new_ids(len(knocks)), knocks, strict=True)
    rows = [(id, source, digest(source, body), body, received_at) for id, (source, body, received_at) in numbered]
    with transaction():
        sql.insert_rows(
            "INSERT INTO webhook_event (id, source, digest, body, state, attempts, next_attempt_at, received_at)",
            "?, ?, ?, ?, 'pending', 0, 0, ?",
            rows,
            "ON CONFLICT (digest) DO NOTHING",
        )


def digest(source: str, body: bytes) -> bytes:
    """The cheap first filter: Meta repeats a webhook until it hears 200, sometimes in another batch or spacing.

    The 128 bits begin with the second that the body speaks of: what comes in together then lies together in the index,
    and a group of rows writes two of its pages instead of one each.
    """
    # In two steps: joining them would copy the body.
    both = hashlib.sha256(source.encode() + b"\0")
    both.update(body)
    return (_moment(body) + both.digest())[:16]


def _moment(body: bytes) -> bytes:
    """The body's first timestamp in four bytes; nothing when it has none as Meta writes them."""
    start = body.find(_SAYS_WHEN) + len(_SAYS_WHEN)
    second = body[start : start + 10]
    return int(second).to_bytes(5, "big")[1:] if start >= len(_SAYS_WHEN) and second.isdigit() else b""
