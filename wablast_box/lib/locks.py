"""Hold a name for a while: serialise work that must not run twice at once, also across processes.

A holder that dies lets go by itself when its time is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from peewee import TextField

from wablast_box.lib import sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import BaseModel, MomentField, transaction
from wablast_box.lib.errors import Conflict


class Lease(BaseModel):
    name = TextField(primary_key=True)
    holder = TextField()
    expires_at = MomentField()


def take(name: str, holder: str, ttl: timedelta) -> bool:
    """Take or renew `name` for `holder`; False when somebody else holds it."""
    moment = now()
    with transaction():
        rows = sql.run(
            "INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at"
            " WHERE lease.expires_at < ? OR lease.holder = excluded.holder RETURNING holder",
            (name, holder, to_ms(moment + ttl), to_ms(moment)),
        )
    return bool(rows)


def let_go(name: str, holder: str) -> None:
    """Give `name` back before its time is over."""
    with transaction():
        sql.run("DELETE FROM lease WHERE name = ? AND holder = ?", (name, holder))


@contextmanager
def hold(name: str, ttl: timedelta) -> Iterator[None]:
    """Hold `name` while the block runs; Conflict when somebody else does."""
    holder = new_token()
    if not take(name, holder, ttl):
        raise Conflict("This is being worked on right now.", help="Try again in a moment.")
    try:
        yield
    finally:
        let_go(name, holder)
