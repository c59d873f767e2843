"""The shapes of the log on the wire."""

from __future__ import annotations

from typing import Literal

from wablast_box.web.schemas import ApiModel, JsonObject, PageQuery


class AuditFilter(PageQuery):
    """`kind`: session, user, role … `since` and `until`: moments with their zone."""

    kind: str = ""
    actor: str = ""
    subject: str = ""
    result: Literal["", "done", "refused", "failed"] = ""
    since: str = ""
    until: str = ""


class AuditEntry(ApiModel):
    """`title` says the action in words; `fields` names what changed, never the values."""

    id: str
    at: str
    actor: str
    actor_name: str
    role: str
    session_id: str | None
    address: str | None
    action: str
    title: str
    subject: str | None
    subject_name: str | None
    fields: list[str]
    result: Literal["done", "refused", "failed"]
    detail: JsonObject
    hash: str


class AuditPage(ApiModel):
    items: list[AuditEntry]
    next_cursor: str | None


class AuditActor(ApiModel):
    actor: str
    name: str


class AuditFacets(ApiModel):
    actors: list[AuditActor]
    kinds: list[str]


class AuditCheck(ApiModel):
    """`broken_at`: the first entry that does not fit. `head`, written down elsewhere, proves later that nothing was cut off."""

    entries: int
    head: str
    broken_at: str | None
