"""One webhook body → a flat list of items. Never raises: what cannot be read becomes `Unreadable` in its place."""

from typing import Any

from wablast_box.engine.meta.payloads.fields import FIELDS
from wablast_box.engine.meta.payloads.inbound import errors_of
from wablast_box.engine.meta.payloads.items import Item, ParsedBody, Surroundings, UnknownField, Unreadable
from wablast_box.engine.meta.payloads.json_in import NotJson, read_json
from wablast_box.engine.meta.payloads.reading import KEPT_CHARACTERS, unreadable, why
from wablast_box.engine.meta.payloads.values import EMPTY, Bad, Object, ident, moment, obj, objects, text

OURS = "whatsapp_business_account"


def parse_body(raw: bytes) -> ParsedBody:
    """Everything the body says, in its order."""
    try:
        body, mended = read_json(raw)
    except NotJson as error:
        shown = raw[:KEPT_CHARACTERS].decode("utf-8", "replace").replace("\0", "\ufffd")
        return ParsedBody((Unreadable("", f"not JSON: {error}", shown),))
    out: list[Item] = []
    if type(body) is dict:
        read_entries(body, out)
    else:
        out.append(unreadable("", "the body is not an object", body))
    return ParsedBody(tuple(out), mended)


def read_entries(body: Object, out: list[Item]) -> None:
    entries = body.get("entry")
    if type(entries) is not list:
        out.append(unreadable("entry", "a list was expected here", body))
        return
    other = text(body.get("object"))
    if other == OURS:
        other = None
    for index, entry in enumerate(entries):
        path = f"entry[{index}]"
        changes = entry.get("changes") if type(entry) is dict else None
        if type(changes) is not list:
            out.append(unreadable(path, "it has no list of changes", entry))
            continue
        for place, change in enumerate(changes):
            read_change(change, entry, other, f"{path}.changes[{place}]", out)


def read_change(change: Any, entry: Object, other: str | None, path: str, out: list[Item]) -> None:
    before = len(out)
    try:
        if type(change) is not dict:
            raise Bad("an object was expected here")
        read_value(change, entry, other, path, out)
    except Exception as error:
        del out[before:]
        out.append(unreadable(path, why(error), change))


def read_value(change: Object, entry: Object, other: str | None, path: str, out: list[Item]) -> None:
    value = change.get("value")
    field = field_of(change, value)
    reader = FIELDS.get(field)
    if other is not None or reader is None:
        # Another product of Meta may use the same field names for other shapes.
        name = f"{other}.{field}" if other else field
        out.append(UnknownField(field=name[:128], value=value, waba_id=ident(entry.get("id"), "entry.id")))
        return
    if type(value) is not dict:
        raise Bad("the value is not an object")
    reader(value, surroundings(value, field, entry), f"{path}.value", out)


def field_of(change: Object, value: Any) -> str:
    """Some senders leave the field out; then the value tells whether it is a conversation."""
    field = change.get("field")
    if type(field) is str and field:
        return field
    inside = value if type(value) is dict else EMPTY
    return "messages" if "messages" in inside or "statuses" in inside else ""


def surroundings(value: Object, field: str, entry: Object) -> Surroundings:
    metadata = obj(value.get("metadata"))
    contacts = tuple(objects(value.get("contacts")))
    messages = value.get("messages")
    context = value.get("conversation_context")
    return Surroundings(
        field=field,
        waba_id=ident(entry.get("id"), "entry.id"),
        at=moment(entry.get("time")),
        phone_number_id=ident(metadata.get("phone_number_id"), "phone_number_id"),
        display_phone_number=text(metadata.get("display_phone_number")) or text(value.get("display_phone_number")),
        contacts=contacts,
        errors=errors_of(value.get("errors")),
        extras=EMPTY if context is None else {"conversation_context": context},
        alone=len(contacts) == 1 and type(messages) is list and len(messages) == 1,
    )
