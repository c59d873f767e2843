"""What the routes of states, tags, views and bulk actions take and give."""

from __future__ import annotations

from typing import Literal

from wablast_box.web.api.inbox_models import TagRef
from wablast_box.web.schemas import ApiModel, IdStr, Moment

ActionName = Literal["resolve", "reopen", "pending", "snooze", "unsnooze", "assign", "team", "tag", "read", "unread"]


class Snooze(ApiModel):
    """`until`: a moment to come; null until the customer writes. `reminder`: what it comes back for."""

    until: Moment | None = None
    reminder: str | None = None


class TagChange(ApiModel):
    """Ids of tags."""

    add: list[IdStr] = []
    remove: list[IdStr] = []


class Bulk(ApiModel):
    """One action for up to 500 conversations, with what it needs: `until`, `reminder` of snooze, `user_id` of assign, and so on."""

    ids: list[IdStr]
    action: ActionName
    until: Moment | None = None
    reminder: str | None = None
    user_id: IdStr | None = None
    team_id: IdStr | None = None
    add: list[IdStr] = []
    remove: list[IdStr] = []


class BulkError(ApiModel):
    code: str
    message: str


class BulkResult(ApiModel):
    id: str
    ok: bool
    changed: bool
    error: BulkError | None


class BulkDone(ApiModel):
    """`undo_id`: for an hour it takes everything back; null when nothing changed."""

    results: list[BulkResult]
    undo_id: str | None


class Undo(ApiModel):
    undo_id: IdStr


class Undone(ApiModel):
    results: list[BulkResult]


class TagList(ApiModel):
    items: list[TagRef]
    next_cursor: str | None


class NewTag(ApiModel):
    name: str
    color: str = "gray"


class TagEdit(ApiModel):
    name: str | None = None
    color: str | None = None


class TagUsage(ApiModel):
    id: str
    conversations: int
    contacts: int


class TagUsageList(ApiModel):
    items: list[TagUsage]
    next_cursor: str | None


class TagMerge(ApiModel):
    """`into`: the tag that stays."""

    into: IdStr


class SavedView(ApiModel):
    """`q`: the filter, as it is written."""

    id: str
    name: str
    q: str
    shared: bool


class SavedViewList(ApiModel):
    items: list[SavedView]
    next_cursor: str | None


class NewView(ApiModel):
    name: str
    q: str
    shared: bool = False


class ViewEdit(ApiModel):
    name: str | None = None
    q: str | None = None
    shared: bool | None = None


class TeamCount(ApiModel):
    id: str
    name: str
    count: int


class Counts(ApiModel):
    """At most 999 each. `saved`: null for a view whose filter has become wrong. Tags and teams: open conversations."""

    views: dict[str, int]
    saved: dict[str, int | None]
    tags: dict[str, int]
    teams: list[TeamCount]
