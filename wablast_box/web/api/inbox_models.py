"""What the inbox's routes take and give."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, PageQuery


class ConversationsQuery(PageQuery):
    filter: Literal["all", "unread", "mine", "unassigned"] = "all"
    q: str = ""


class MessagesQuery(PageQuery):
    direction: Literal["in", "out"] | None = None


class EventsQuery(PageQuery):
    after: str = "0"


class ContactRef(ApiModel):
    """`name` is what to call them: as staff say, else the profile's name, user name, number or user id."""

    id: str
    name: str
    phone: str | None
    wa_id: str | None
    user_id: str | None
    blocked: bool


class PersonRef(ApiModel):
    id: str
    name: str


class Picture(ApiModel):
    """What the box drew of a picture: a small one for threads, a large one for looking closely. `unfit`: nothing to open, only to save."""

    state: Literal["waiting", "drawn", "unfit"]
    width: int | None
    height: int | None
    thumbnail_url: str | None
    view_url: str | None


class AttachmentView(ApiModel):
    """`url` leads to the file as it came; `picture` is null where the file is none."""

    state: Literal["pending", "stored", "failed"]
    media_id: str | None
    url: str | None
    picture: Picture | None
    mime_type: str | None
    filename: str | None
    size: int | None
    animated: bool
    voice: bool
    error: str | None


class ReplyTo(ApiModel):
    wamid: str | None
    message_id: str | None


class MessageError(ApiModel):
    code: int | None
    title: str | None
    details: str | None
    advice: str


class Sender(ApiModel):
    """`kind`: user, api_key, flow, ai (a flow's message whose words a language model wrote), phone_app, history, system, …

    `name`: the person's, the key's or the flow's.
    """

    kind: str
    name: str | None


class Reaction(ApiModel):
    """The last of each side. `name`: who of the staff it was."""

    emoji: str
    by: Literal["customer", "us"]
    name: str | None
    at: str


class EarlierWords(ApiModel):
    text: str | None
    at: str


class Edited(ApiModel):
    """`earlier`: what the message said before, oldest first."""

    at: str
    earlier: list[EarlierWords]


class Revoked(ApiModel):
    by: Literal["customer", "us"]
    at: str


class Message(ApiModel):
    """`text` is what a person reads, byte for byte; `content` the typed body as Meta's.

    `about`: of a reaction, an edit or a deletion, the message that shows it as `reactions`, `edited` or `revoked`.
    """

    id: str
    conversation_id: str
    wamid: str | None
    direction: Literal["in", "out"]
    type: str
    text: str | None
    content: JsonObject | None
    attachment: AttachmentView | None
    reply_to: ReplyTo | None
    about: ReplyTo | None
    reactions: list[Reaction]
    edited: Edited | None
    revoked: Revoked | None
    forwarded: bool
    state: Literal["received", "queued", "sending", "sent", "delivered", "read", "played", "failed", "unconfirmed"]
    error: MessageError | None
    idempotency_key: str | None
    client_key: str | None
    sender: Sender | None
    created_at: str
    sent_at: str | None
    delivered_at: str | None
    read_at: str | None


class MessageList(ApiModel):
    items: list[Message]
    next_cursor: str | None


class TagRef(ApiModel):
    """`color`: a name of the palette."""

    id: str
    name: str
    color: str


ConversationState = Literal["open", "pending", "snoozed", "resolved"]


class Conversation(ApiModel):
    """`sort_id` is its place in the list: the greater, the higher. `reminder`: what it was snoozed for."""

    id: str
    contact: ContactRef
    last_message: Message | None
    unread_count: int
    window_expires_at: str | None
    free_entry_until: str | None
    assignee: PersonRef | None
    team: PersonRef | None
    state: ConversationState
    snoozed_until: str | None
    waiting_since_at: str | None
    reminder: str | None
    tags: list[TagRef]
    sort_id: str


class ListQuery(ApiModel):
    """What a filter comes to. Everything must hold; null and empty ask nothing. `assignee` and `team`: "0" is nobody, none."""

    states: list[str]
    assignee: str | None
    team: str | None
    tags: list[str]
    without_tags: list[str]
    unread: bool | None
    waiting: bool
    window: Literal["open", "closing", "closed"] | None
    since: str | None
    until: str | None
    words: list[str]


class ConversationList(ApiModel):
    """`query`: what the filter came to, for windows that must decide whether a conversation that moved belongs here."""

    items: list[Conversation]
    next_cursor: str | None
    query: ListQuery


class Assign(ApiModel):
    user_id: IdStr | None


class MissedEvent(ApiModel):
    """`subject_id`: what it is about, the message, note or activity."""

    event_id: str
    name: str
    conversation_id: str | None
    message_id: str | None
    subject_id: str | None


class MissedEvents(ApiModel):
    """`reload`: the window was away for too long to catch up event by event."""

    items: list[MissedEvent]
    next_cursor: str | None
    reload: bool


class SendMessage(ApiModel):
    """A message as Meta's own body: `type` and an object of that name. Limits are checked with words that say what to do.

    A template may also be named by `template_id`, or by `template_name` with or without `language`, with its values in
    `parameters` by place and name: {"body": {"1": "Kabir"}, "buttons": {"2": "2051"}}.
    """

    # Unknown keys are refused by the engine, which says which one and why.
    model_config = ConfigDict(extra="allow")
    type: Any = None


class SendHeaders(BaseModel):
    """The same key with the same request gives the same message; with another request it is refused."""

    idempotency_key: str | None = None


class SendMessageTo(SendMessage):
    """`to`: a phone number with country code, or a business-scoped user id."""

    to: Any = None
