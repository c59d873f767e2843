"""Write down what was done, in the transaction of the deed: it is in the log exactly when it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Literal, Protocol

from wablast_box.engine.audit import chain
from wablast_box.engine.audit.actions import ACTIONS
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import JsonField, is_postgres, transaction

Result = Literal["done", "refused", "failed"]
_to_json = JsonField().db_value
_address: ContextVar[str | None] = ContextVar("audit_address", default=None)
# SQLite has one writer; PostgreSQL's queue here, so that two entries never follow the same one.
_LOCK = 0x776278_61756469


class Doer(Protocol):
    """Whoever acts; the team's Actor is one."""

    @property
    def ref(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def session_id(self) -> int | None: ...


def come_from(address: str | None) -> None:
    """Where the request that this thread or task works on came from."""
    _address.set(address)


def record(
    action: str,
    *,
    by: Doer | None,
    subject: str | None = None,
    subject_name: str | None = None,
    fields: Sequence[str] = (),
    result: Result = "done",
    detail: Mapping[str, Any] | None = None,
    role: str | None = None,
) -> None:
    """One entry. `fields` are names, never values; `role` is for those who are not signed in: of the account they tried."""
    if action not in ACTIONS:
        raise ValueError(f"there is no action called {action!r}: add it to ACTIONS")
    with transaction():
        if is_postgres():
            sql.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        number, previous = chain.head()
        values = (
            number + 1, now_ms(), by.ref if by else "nobody", by.name if by else "", str(by.role) if by else role or "",
            by.session_id if by else None, _address.get(), action, subject, subject_name,
            _to_json(sorted(fields)) if fields else None, result, _to_json(dict(detail)) if detail else None,
        )  # fmt: skip
        columns = (*chain.COLUMNS, "previous", "hash")
        sql.run(
            f"INSERT INTO audit_entry ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
            (*values, previous, chain.link(previous, values)),
        )
