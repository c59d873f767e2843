"""What the routes of canned replies, drafts and scheduled messages take and give."""

from __future__ import annotations

from typing import Literal

from wablast_box.web.api.thread_models import ActorRef
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject


class ReplyFile(ApiModel):
    id: str
    mime_type: str
    size: int
    filename: str | None


class CannedReply(ApiModel):
    """`shortcut` is typed after "/". `text` may ask for values: {{contact.first_name}}."""

    id: str
    shortcut: str
    text: str
    shared: bool
    media: ReplyFile | None
    updated_at: str


class CannedReplyList(ApiModel):
    items: list[CannedReply]
    next_cursor: str | None


class NewCannedReply(ApiModel):
    shortcut: str
    text: str
    shared: bool = False
    media_id: IdStr | None = None


class CannedReplyEdit(ApiModel):
    """Only what is given is changed; `media_id` null takes the file away."""

    shortcut: str | None = None
    text: str | None = None
    shared: bool | None = None
    media_id: IdStr | None = None


class Fill(ApiModel):
    """One of the two."""

    reply_id: IdStr | None = None
    text: str | None = None


class Filled(ApiModel):
    """`missing` names what has no value here; those places of the text are as they were. `media` can be sent at once."""

    text: str
    missing: list[str]
    media: ReplyFile | None


class Draft(ApiModel):
    """`text` is empty when there is none (any more). Versions only rise."""

    conversation_id: str
    mode: Literal["reply", "note"]
    text: str
    version: str
    updated_at: str


class DraftList(ApiModel):
    items: list[Draft]
    next_cursor: str | None


class KeepDraft(ApiModel):
    """`based_on`: the version that this window saw last. `window` comes back with the news, so that a window knows its own."""

    mode: Literal["reply", "note"] = "reply"
    text: str
    based_on: IdStr | None = None
    window: str = ""


class Refusal(ApiModel):
    code: str
    message: str | None
    help: str | None


class ScheduledMessage(ApiModel):
    """`message` is the request to send as it was made; `at` when it goes. `error` says why it did not."""

    id: str
    conversation_id: str
    message: JsonObject
    at: str
    state: Literal["waiting", "sending", "sent", "failed", "cancelled"]
    author: ActorRef
    error: Refusal | None
    message_id: str | None
    created_at: str


class ScheduledList(ApiModel):
    items: list[ScheduledMessage]
    next_cursor: str | None


class Schedule(ApiModel):
    """`message` as for sending at once; `at` with its zone."""

    at: str
    message: JsonObject


class ScheduleEdit(ApiModel):
    at: str | None = None
    message: JsonObject | None = None
