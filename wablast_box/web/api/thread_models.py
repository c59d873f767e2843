"""What the thread's routes take and give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from wablast_box.web.api.inbox_models import Message, PersonRef
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, PageQuery


class TimelineQuery(BaseModel):
    """At most one of `before`, `after`, `around` (ids of this thread) and `at` (a moment); without, the newest page."""

    model_config = ConfigDict(extra="ignore")
    limit: Annotated[str | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 200})] = None
    before: str | None = None
    after: str | None = None
    around: str | None = None
    at: str | None = None


class ActorRef(ApiModel):
    """`kind`: user, api_key or system."""

    kind: str
    id: str | None
    name: str | None


class NoteGone(ApiModel):
    """A note that was taken back has no words; its place stays."""

    by: ActorRef
    at: str


class Note(ApiModel):
    id: str
    conversation_id: str
    author: ActorRef
    text: str
    mentions: list[PersonRef]
    created_at: str
    edited_at: str | None
    deleted: NoteGone | None


class NoteVersion(ApiModel):
    text: str
    replaced_at: str
    replaced_by: str | None


class NoteVersions(ApiModel):
    items: list[NoteVersion]


class Activity(ApiModel):
    """What was done with a conversation; what `detail` holds depends on `kind`."""

    id: str
    conversation_id: str
    kind: str
    actor: ActorRef | None
    detail: JsonObject
    created_at: str


class TimelineMessage(ApiModel):
    kind: Literal["message"]
    message: Message


class TimelineNote(ApiModel):
    kind: Literal["note"]
    note: Note


class TimelineActivity(ApiModel):
    kind: Literal["activity"]
    activity: Activity


class Timeline(ApiModel):
    """Oldest first. `before` and `after` ask for what lies beyond either end; null: there is nothing."""

    items: list[Annotated[TimelineMessage | TimelineNote | TimelineActivity, Field(discriminator="kind")]]
    before: str | None
    after: str | None


class AddNote(ApiModel):
    """`mentions`: ids of colleagues who are called by name in the text."""

    text: str
    mentions: list[IdStr] = []


class AdReferralsQuery(PageQuery):
    """Of one advertisement, one click, or one conversation; without, all."""

    source_id: str | None = None
    ctwa_clid: str | None = None
    conversation_id: str | None = None


class AdReferral(ApiModel):
    """The advertisement or post that a customer tapped before writing, as Meta describes it."""

    message_id: str
    conversation_id: str
    source_type: str | None
    source_id: str | None
    source_url: str | None
    headline: str | None
    body: str | None
    media_type: str | None
    ctwa_clid: str | None
    at: str


class AdReferralList(ApiModel):
    items: list[AdReferral]
    next_cursor: str | None


class Mentionable(ApiModel):
    items: list[PersonRef]


class Pages(ApiModel):
    pages: int | None
