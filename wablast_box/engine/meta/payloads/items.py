"""What a webhook body can hold: messages, statuses, account events, errors, and what we could not read.

`wa_id`, `user_id` and `profile_name` always name the customer, whether the customer wrote (direction "in") or the
business did on its own phone (direction "out", an echo). Any of them may be None; a message has at least its wamid.
"""

from dataclasses import dataclass
from dataclasses import field as of
from datetime import datetime
from typing import Any, Literal

Direction = Literal["in", "out"]

# What `InboundMessage.type` can be; whatever else Meta sends is "unsupported" and keeps its name in `original_type`.
INBOUND_TYPES = frozenset(
    [
        "text",
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "interactive",
        "button",
        "order",
        "reaction",
        "system",
        "request_welcome",
        "edit",
        "revoke",
        "unsupported",
    ]
)


@dataclass(frozen=True, slots=True)
class MetaError:
    """An error object as Meta uses it everywhere: decide by `code`, show `title` and `details`."""

    code: int | None
    title: str | None = None
    details: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Media that waits at Meta: its id lives seven days, its url five minutes."""

    media_id: str | None
    mime_type: str | None = None
    sha256: str | None = None
    filename: str | None = None
    voice: bool = False
    animated: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message: `text` is what a person reads in a list, `content` the typed object as Meta sent it.

    `content` of contacts is {"contacts": […]}, of an unknown type every key that was beside the common ones.
    """

    wamid: str
    field: str
    direction: Direction
    type: str
    original_type: str
    text: str | None
    content: dict[str, Any]
    sent_at: datetime | None
    wa_id: str | None
    user_id: str | None
    parent_user_id: str | None = None
    profile_name: str | None = None
    username: str | None = None
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None
    attachment: Attachment | None = None
    reply_to_wamid: str | None = None
    forwarded: bool = False
    frequently_forwarded: bool = False
    referral: dict[str, Any] | None = None
    group_id: str | None = None
    errors: tuple[MetaError, ...] = ()
    extras: dict[str, Any] = of(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """What became of a message we sent. `status` is kept as it came, also when we do not know it.

    `recipient` makes the row one: the group member, else the phone, else the user id, else "".
    """

    wamid: str
    field: str
    status: str
    at: datetime | None
    recipient: str
    recipient_user_id: str | None = None
    group_id: str | None = None
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None
    profile_name: str | None = None
    username: str | None = None
    conversation: dict[str, Any] | None = None
    pricing: dict[str, Any] | None = None
    errors: tuple[MetaError, ...] = ()
    callback_data: str | None = None
    is_payment: bool = False
    payment: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent:
    """News about the account rather than a conversation; the kinds are in `account_events`."""

    field: str
    value: dict[str, Any]
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueErrors:
    """Errors that belong to no message: something is wrong with the number or the account."""

    field: str
    errors: tuple[MetaError, ...]
    value: dict[str, Any]
    waba_id: str | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownField:
    """A field, or a value of a known field, that we do not know: stored, answered 200."""

    field: str
    value: Any
    waba_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that should have been an item: where it stood, why not, and its JSON."""

    path: str
    reason: str
    raw: str


Item = InboundMessage | StatusUpdate | AccountEvent | ValueErrors | UnknownField | Unreadable


@dataclass(frozen=True, slots=True)
class ParsedBody:
    """Every item of one webhook body in its order; `mended` when NUL or lone surrogates became U+FFFD."""

    items: tuple[Item, ...]
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around an item: the account, the number and the people named beside it."""

    field: str
    waba_id: str | None = None
    at: datetime | None = None
    phone_number_id: str | None = None
    display_phone_number: str | None = None
    contacts: tuple[dict[str, Any], ...] = ()
    errors: tuple[MetaError, ...] = ()
    extras: dict[str, Any] = of(default_factory=dict)
    # A lone message beside a lone contact belongs to that contact even when their ids are spelled differently.
    alone: bool = False

    def base(self, value: dict[str, Any]) -> dict[str, Any]:
        """The arguments that every account event shares."""
        return {
            "field": self.field,
            "value": value,
            "waba_id": self.waba_id,
            "at": self.at,
            "phone_number_id": self.phone_number_id,
            "display_phone_number": self.display_phone_number,
        }
