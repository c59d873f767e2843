"""What the routes about people take and give."""

from __future__ import annotations

from typing import Any, Literal

from wablast_box.web.api.inbox_models import ContactRef, TagRef
from wablast_box.web.api.thread_models import Activity, ActorRef, Note
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, PageQuery

FieldKind = Literal["text", "number", "date", "choice", "yes_no", "phone", "email", "link"]


class ContactsQuery(PageQuery):
    q: str = ""


class FieldValue(ApiModel):
    """`value` in its one spelling: 12.5, 2026-11-22, yes, +919812345678."""

    field_id: str
    name: str
    kind: FieldKind
    value: str


class Contact(ContactRef):
    """`profile_name`: what WhatsApp says, once staff have given another name. `language`: BCP 47."""

    username: str | None
    profile_name: str | None
    marketing_opted_out_at: str | None
    blocked_at: str | None
    language: str | None
    language_by: Literal["staff", "flow"] | None
    conversation_id: str | None
    tags: list[TagRef]
    fields: list[FieldValue]
    created_at: str


class OtherAccount(ApiModel):
    """Another number or user id of the same person. `left_at`: when they left it; null: they still use it."""

    wa_id: str | None
    user_id: str | None
    left_at: str | None


class Duplicate(ApiModel):
    """Somebody who may be the same person, because of the same name or number."""

    id: str
    name: str
    phone: str | None
    reason: Literal["phone", "username", "name"]


class ContactDetail(Contact):
    """`language_guess`: by the letters they write; null when a language is set or the letters say nothing."""

    accounts: list[OtherAccount]
    language_guess: str | None
    duplicates: list[Duplicate]


class ContactList(ApiModel):
    items: list[Contact]
    next_cursor: str | None


class ContactCount(ApiModel):
    count: int


class CreateContact(ApiModel):
    """`fields`: values by the field's id or name. `tags`: ids."""

    phone: str | None = None
    user_id: str | None = None
    name: str | None = None
    language: str | None = None
    tags: list[IdStr] | None = None
    fields: dict[str, Any] | None = None


class CreateContacts(ApiModel):
    contacts: list[CreateContact]


class RejectedContact(ApiModel):
    """`row` counts from 1."""

    row: int
    text: str
    reason: str


class CreatedContacts(ApiModel):
    """`existing`: those who were there already."""

    created: list[str]
    existing: list[str]
    rejected: list[RejectedContact]


class EditContact(ApiModel):
    """What is given changes, the rest stays. An empty name gives the profile's back, a null value empties a field."""

    name: str | None = None
    language: str | None = None
    tags: list[IdStr] | None = None
    fields: dict[str, Any] | None = None


class OptIn(ApiModel):
    reason: str


class ContactConversation(ApiModel):
    conversation_id: str


class MergeQuery(PageQuery):
    other: str


class Merge(ApiModel):
    """The contact that goes; `confirm` says that somebody saw what becomes of the two."""

    contact_id: IdStr
    confirm: Literal[True]


class MergeSide(ApiModel):
    id: str
    name: str
    phone: str | None
    user_id: str | None
    created_at: str
    messages: int
    notes: int


class MergedField(ApiModel):
    name: str
    kind: FieldKind
    kept: str | None
    gone: str | None
    result: str


class MergePreview(ApiModel):
    """What would become of the two. `refusal`: why they cannot be merged now."""

    kept: MergeSide
    gone: MergeSide
    name: str
    phone: str | None
    user_id: str | None
    other_phone: str | None
    other_user_id: str | None
    language: str | None
    marketing_opted_out_at: str | None
    fields: list[MergedField]
    refusal: str | None


class Change(ApiModel):
    """What was done with a person; what `detail` holds depends on `kind`."""

    kind: str
    actor: ActorRef | None
    detail: JsonObject


class ChatDay(ApiModel):
    """A day they wrote or were written to."""

    day: str
    received: int
    sent: int
    text: str | None
    conversation_id: str
    message_id: str


class AdTapped(ApiModel):
    source_type: str | None
    source_url: str | None
    headline: str | None
    body: str | None


class HistoryEntry(ApiModel):
    """`kind` says which of the others is there."""

    kind: str
    id: str
    at: str
    change: Change | None = None
    activity: Activity | None = None
    note: Note | None = None
    ad: AdTapped | None = None
    chat: ChatDay | None = None


class History(ApiModel):
    items: list[HistoryEntry]
    next_cursor: str | None


class ContactField(ApiModel):
    """`used`: how many people have something in it. `place` counts from 1."""

    id: str
    name: str
    kind: FieldKind
    choices: list[str]
    place: int
    used: int


class ContactFieldList(ApiModel):
    items: list[ContactField]


class CreateContactField(ApiModel):
    name: str
    kind: str
    choices: list[str] | None = None


class ChangeContactField(ApiModel):
    """A field's kind stays for life."""

    name: str | None = None
    choices: list[str] | None = None
    place: int | None = None


class Language(ApiModel):
    """`name` in the language itself."""

    code: str
    name: str


class LanguageList(ApiModel):
    items: list[Language]
