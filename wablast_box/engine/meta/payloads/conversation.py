"""Fields that carry conversations: messages, the same under an agent's watch, echoes of our own phone, and history."""

from dataclasses import replace

from wablast_box.engine.meta.payloads.account_events import HistoryProgress, UserAction
from wablast_box.engine.meta.payloads.inbound import errors_of, parse_message
from wablast_box.engine.meta.payloads.items import Direction, InboundMessage, Item, Surroundings, UnknownField, ValueErrors
from wablast_box.engine.meta.payloads.reading import read_each
from wablast_box.engine.meta.payloads.statuses import parse_status
from wablast_box.engine.meta.payloads.values import Object, moment, number, obj, objects

PARTS = ("messages", "statuses", "message_echoes", "errors", "user_actions")


def conversation(value: Object, around: Surroundings, path: str, out: list[Item]) -> None:
    """Messages, statuses and echoes, whichever are there. Errors without a message belong to the number."""
    before = len(out)
    messages = value.get("messages")
    read_each(messages, f"{path}.messages", parse_message, around, out)
    read_each(value.get("statuses"), f"{path}.statuses", parse_status, around, out)
    read_each(value.get("message_echoes"), f"{path}.message_echoes", parse_echo, around, out)
    read_each(value.get("user_actions"), f"{path}.user_actions", parse_action, around, out)
    if around.errors and not messages:
        out.append(value_errors(value, around))
    if len(out) == before:
        out.append(UnknownField(field=around.field, value=value, waba_id=around.waba_id))


def standby(value: Object, around: Surroundings, path: str, out: list[Item]) -> None:
    """While Meta's agent answers a thread, the usual objects come one level deeper."""
    inner = value.get("standby")
    if type(inner) is dict:
        contacts = tuple(objects(inner.get("contacts"))) or around.contacts
        conversation(inner, replace(around, contacts=contacts), f"{path}.standby", out)
    else:
        conversation(value, around, path, out)


def history(value: Object, around: Surroundings, path: str, out: list[Item]) -> None:
    """Old messages of the phone app, in chunks of threads; media follow later as plain messages."""
    chunks = objects(value.get("history"))
    for index, chunk in enumerate(chunks):
        at = f"{path}.history[{index}]"
        read_each(chunk, at, parse_progress, around, out)
        for place, thread in enumerate(objects(chunk.get("threads"))):
            thread_messages(thread, around, f"{at}.threads[{place}].messages", out)
    if not chunks or any(part in value for part in PARTS):
        conversation(value, around, path, out)


def thread_messages(thread: Object, around: Surroundings, path: str, out: list[Item]) -> None:
    customer = obj(thread.get("context"))
    wa_id = thread.get("id") or customer.get("wa_id")
    user_id = customer.get("user_id")

    def parse_old(message: Object, around: Surroundings) -> InboundMessage:
        direction: Direction = "out" if is_ours(message, around) else "in"
        side = "to" if direction == "out" else "from"
        named = {side: message.get(side) or wa_id, f"{side}_user_id": message.get(f"{side}_user_id") or user_id}
        return parse_message(message | named, around, direction)

    read_each(thread.get("messages"), path, parse_old, around, out)


def is_ours(message: Object, around: Surroundings) -> bool:
    sender, us = digits(message.get("from")), digits(around.display_phone_number)
    return bool(us) and sender == us


def digits(value: object) -> str:
    """Our own number comes as digits or as "+250 788 123 200"."""
    return "".join(filter(str.isdigit, value)) if type(value) is str else ""


def parse_echo(message: Object, around: Surroundings) -> InboundMessage:
    return parse_message(message, around, "out")


def parse_action(item: Object, around: Surroundings) -> UserAction:
    return UserAction(**around.base(item) | {"at": moment(item.get("timestamp")) or around.at}, action=item)


def parse_progress(chunk: Object, around: Surroundings) -> HistoryProgress:
    metadata = obj(chunk.get("metadata"))
    return HistoryProgress(
        **around.base(metadata),
        phase=number(metadata.get("phase")),
        chunk=number(metadata.get("chunk_order")),
        percent=number(metadata.get("progress")),
        errors=errors_of(chunk.get("errors")),
    )


def value_errors(value: Object, around: Surroundings) -> ValueErrors:
    return ValueErrors(
        field=around.field,
        errors=around.errors,
        value=value,
        waba_id=around.waba_id,
        phone_number_id=around.phone_number_id,
        display_phone_number=around.display_phone_number,
    )
