"""One line per item of a webhook body: what the tables of expected outcomes are written in."""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.meta.payloads.items import (
    AccountEvent,
    InboundMessage,
    Item,
    ParsedBody,
    StatusUpdate,
    UnknownField,
    Unreadable,
    ValueErrors,
)

SHARED = {"field", "value", "waba_id", "phone_number_id", "display_phone_number", "at"}


def describe(body: ParsedBody) -> list[str]:
    return [line(item) for item in body.items]


def line(item: Item) -> str:
    if isinstance(item, InboundMessage):
        return " ".join(message(item))
    if isinstance(item, StatusUpdate):
        return " ".join(status(item))
    if isinstance(item, AccountEvent):
        return " ".join(event(item))
    if isinstance(item, ValueErrors):
        return f"errors in {item.field}: {codes(item)}"
    if isinstance(item, UnknownField):
        return f"unknown field {item.field!r}"
    assert isinstance(item, Unreadable)
    # The parser's own words about broken JSON may change with its version.
    reason = "not JSON" if item.reason.startswith("not JSON") else item.reason
    return f"unreadable {item.path}: {reason}"


def message(item: InboundMessage) -> Iterator[str]:
    yield item.direction
    yield item.type if item.type == item.original_type else f"{item.type}({item.original_type})"
    yield f"{item.wa_id or ''}/{item.user_id or ''}"
    yield repr(item.text)
    if item.field != "messages":
        yield f"field={item.field}"
    if item.profile_name or item.username:
        yield f"name={item.profile_name!r}" + (f" username={item.username!r}" if item.username else "")
    if item.sent_at is None:
        yield "no time"
    if item.attachment:
        yield f"file={item.attachment.media_id} {item.attachment.mime_type}"
        yield from (word for word in ("voice", "animated", "filename", "url") if getattr(item.attachment, word))
    if item.reply_to_wamid:
        yield f"reply to {item.reply_to_wamid[-8:]}"
    yield from (word for word in ("forwarded", "frequently_forwarded", "referral", "group_id") if getattr(item, word))
    if item.errors:
        yield codes(item)
    if item.extras:
        yield f"extras={','.join(sorted(item.extras))}"


def status(item: StatusUpdate) -> Iterator[str]:
    yield f"status {item.status} to {item.recipient!r}"
    if item.recipient_user_id:
        yield f"user={item.recipient_user_id}"
    if item.field != "messages":
        yield f"field={item.field}"
    if item.at is None:
        yield "no time"
    if item.errors:
        yield codes(item)
    if item.pricing:
        yield f"pricing={item.pricing.get('category')}"
    yield from (word for word in ("conversation", "group_id", "callback_data", "is_payment") if getattr(item, word))


def event(item: AccountEvent) -> Iterator[str]:
    yield type(item).__name__
    for name in type(item).__dataclass_fields__:
        value = getattr(item, name)
        if name in SHARED or value in (None, (), {}):
            continue
        if name == "errors":
            yield codes(item)
        elif isinstance(value, str | int | float):
            yield f"{name}={value!r}" if len(str(value)) <= 40 else f"{name}=…{str(value)[-12:]!r}"
        else:
            yield name
    if item.at is None:
        yield "no time"


def codes(item: object) -> str:
    return "codes=" + ",".join(str(error.code) for error in item.errors)  # type: ignore[attr-defined]
