"""What happens to the people who write in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ContactCreated:
    """Somebody is known now. `came_by`: message, staff, history (of the phone), or other, as when we write to them first."""

    name: ClassVar[str] = "contact.created"
    subject_id: int
    came_by: str


@dataclass(frozen=True, slots=True)
class ContactFieldsWritten:
    """What stands in fields of a person changed; `fields` are their ids."""

    name: ClassVar[str] = "contact.fields_written"
    subject_id: int
    fields: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """Staff, a program or the customer changed what is known of a person."""

    name: ClassVar[str] = "contact.updated"
    subject_id: int
    conversation_id: int | None


@dataclass(frozen=True, slots=True)
class SamePersonFound:
    """Meta named a number and a user id together that have a row each: they are one person."""

    name: ClassVar[str] = "contact.same_person"
    subject_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class ContactsMerged:
    """Two rows became one; `gone_id` and its conversation are no more."""

    name: ClassVar[str] = "contact.merged"
    subject_id: int
    gone_id: int
    conversation_id: int | None
    gone_conversation_id: int | None


@dataclass(frozen=True, slots=True)
class FieldsChanged:
    """A field of contacts was made, changed or deleted."""

    name: ClassVar[str] = "contact_fields.changed"
    subject_id: int
