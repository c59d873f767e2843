"""The log as people read it: newest first, by who, what and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import fn

from wablast_box.engine.audit.actions import ACTIONS
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.lib.clock import iso
from wablast_box.lib.paging import Page, PageRequest, cut

_NOT_OWNERS_SIGN_INS = ~((AuditEntry.role == "OWNER") & AuditEntry.action.startswith("session."))


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What is asked for; empty means everything. `kind` is the first half of an action: session, user, role …"""

    kind: str = ""
    actor: str = ""
    subject: str = ""
    result: str = ""
    since_ms: int | None = None
    until_ms: int | None = None
    # How owners come and go is theirs to know.
    hides_owners_sign_ins: bool = False


def entries_page(query: AuditQuery, request: PageRequest) -> Page[dict[str, Any]]:
    """Entries, newest first."""
    rows = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(request.limit + 1)
    for condition in _conditions(query):
        rows = rows.where(condition)
    if request.after is not None:
        rows = rows.where(AuditEntry.id < request.after)
    page = cut(list(rows), request, lambda row: int(row.id))
    return Page([entry_view(row) for row in page.items], page.next_cursor)


def actors_known(query: AuditQuery) -> list[dict[str, str]]:
    """Everybody who stands in the log, with the name they had last."""
    newest = AuditEntry.select(fn.MAX(AuditEntry.id)).group_by(AuditEntry.actor)
    if query.hides_owners_sign_ins:
        newest = newest.where(_NOT_OWNERS_SIGN_INS)
    rows = AuditEntry.select(AuditEntry.actor, AuditEntry.actor_name).where(AuditEntry.id.in_(newest)).limit(500)
    return sorted(({"actor": row.actor, "name": row.actor_name} for row in rows), key=lambda one: one["name"].lower())


def _conditions(query: AuditQuery) -> Iterator[Any]:
    if query.hides_owners_sign_ins:
        yield _NOT_OWNERS_SIGN_INS
    if query.kind:
        yield AuditEntry.action.startswith(f"{query.kind}.")
    for column, value in ((AuditEntry.actor, query.actor), (AuditEntry.subject, query.subject), (AuditEntry.result, query.result)):
        if value:
            yield column == value
    if query.since_ms is not None:
        yield AuditEntry.at >= query.since_ms
    if query.until_ms is not None:
        yield AuditEntry.at < query.until_ms


def kinds() -> list[str]:
    """The first halves of all actions: what a log can be narrowed to."""
    return sorted({action.partition(".")[0] for action in ACTIONS})


def entry_view(row: AuditEntry) -> dict[str, Any]:
    """One entry as the API shows it."""
    return {
        "id": str(row.id),
        "at": iso(row.at),
        "actor": row.actor,
        "actor_name": row.actor_name,
        "role": row.role,
        "session_id": None if row.session_id is None else str(row.session_id),
        "address": row.address,
        "action": row.action,
        "title": ACTIONS.get(row.action, row.action),
        "subject": row.subject,
        "subject_name": row.subject_name,
        "fields": row.fields_json or [],
        "result": row.result,
        "detail": row.detail_json or {},
        "hash": row.hash,
    }
