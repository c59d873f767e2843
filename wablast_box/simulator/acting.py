"""What a customer is told to do, by the phone page or by a script, in JSON: one entry per verb."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.simulator.phone import MEDIA_KINDS, VOICE_TYPE, Phone
from wablast_box.simulator.records import Message
from wablast_box.simulator.samples import sample
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json
from wablast_box.simulator.writing import How

Act = Callable[[State, Phone, Json], Message | None]


def act(state: State, phone: Phone, order: Json) -> Message | None:
    """Do what `order["type"]` says; the message that came of it, if one did."""
    kind = order.get("type", "text")
    doing = ACTS.get(kind)
    if doing is None:
        raise Invalid(f"A customer cannot do {kind!r}.", field="type", help=f"One of {', '.join(sorted(ACTS))}.")
    try:
        return doing(state, phone, order)
    except KeyError as missing:
        raise Invalid(f"{missing.args[0]} is missing.", field=str(missing.args[0])) from None


def _text(_: State, phone: Phone, order: Json) -> Message:
    text = order["text"]
    return phone.says(text["body"] if isinstance(text, dict) else str(text), **_how(order))


def _media(state: State, phone: Phone, order: Json) -> Message:
    kind = str(order["type"])
    data, mime_type, filename = _bytes(state, kind, order)
    return phone.sends_media(
        kind,
        data,
        mime_type,
        caption=order.get("caption"),
        filename=order.get("filename") or filename,
        voice=bool(order.get("voice")),
        animated=bool(order.get("animated")),
        **_how(order),
    )


def _bytes(state: State, kind: str, order: Json) -> tuple[bytes, str, str | None]:
    if "data" in order:
        try:
            return base64.b64decode(order["data"], validate=True), str(order["mime_type"]), None
        except (binascii.Error, ValueError):
            raise Invalid("data is not base64.", field="data") from None
    if "media_id" in order:
        file = state.media.get(str(order["media_id"]))
        if file is None:
            raise NotFound("There is no such upload.")
        return file.data, file.mime_type, file.filename
    found = sample(str(order.get("sample") or kind))
    return found.data, VOICE_TYPE if order.get("voice") else found.mime_type, found.filename


def _location(_: State, phone: Phone, order: Json) -> Message:
    return phone.sends_location(
        float(order["latitude"]),
        float(order["longitude"]),
        name=order.get("name"),
        address=order.get("address"),
        **_how(order),
    )


def _contacts(_: State, phone: Phone, order: Json) -> Message:
    people = [(str(person["name"]), str(person["phone"])) for person in order["contacts"]]
    return phone.sends_contacts(*people, **_how(order))


def _reaction(_: State, phone: Phone, order: Json) -> Message:
    return phone.reacts(str(order["message_id"]), str(order.get("emoji") or ""))


def _tap(state: State, phone: Phone, order: Json) -> Message:
    on = _message(state, phone, order, "on") if order.get("on") else None
    return phone.taps(str(order["title"]), on=on)


def _submit(state: State, phone: Phone, order: Json) -> Message:
    on = _message(state, phone, order, "on") if order.get("on") else None
    return phone.submits(order["answers"], on=on, name=str(order.get("name", "flow")))


def _order(_: State, phone: Phone, order: Json) -> Message:
    return phone.orders(order["items"], text=str(order.get("text", "")))


def _raw(_: State, phone: Phone, order: Json) -> Message:
    return phone.sends(str(order["kind"]), order.get("content"), extra=order.get("extra"), **_how(order))


def _marketing(_: State, phone: Phone, order: Json) -> None:
    phone.stops_marketing(stop=bool(order.get("stop", True)))


def _read(_: State, phone: Phone, __: Json) -> None:
    phone.reads()


def _play(state: State, phone: Phone, order: Json) -> None:
    phone.plays(_message(state, phone, order))


def _message(state: State, phone: Phone, order: Json, key: str = "message_id") -> Message:
    found = state.messages.get(str(order[key]))
    if found is None or found.customer is not phone.customer:
        raise NotFound("There is no such message on this phone.")
    return found


def _own(state: State, phone: Phone, order: Json) -> Message:
    found = _message(state, phone, order)
    if not found.from_customer:
        raise Invalid("Only one's own messages can be changed.", field="message_id")
    return found


def _how(order: Json) -> How:
    how: How = {}
    if order.get("quoting"):
        how["quoting"] = str(order["quoting"])
    for key in ("forwarded", "forwarded_often"):
        if order.get(key):
            how[key] = True  # type: ignore[literal-required]
    for key in ("referral", "product"):
        if order.get(key):
            how[key] = order[key]  # type: ignore[literal-required]
    return how


ACTS: dict[str, Act] = {
    "text": _text,
    **dict.fromkeys(MEDIA_KINDS, _media),
    "location": _location,
    "contacts": _contacts,
    "share_number": lambda _, phone, order: phone.shares_number(on=order.get("on")),
    "reaction": _reaction,
    "tap": _tap,
    "submit": _submit,
    "order": _order,
    "edit": lambda state, phone, order: phone.edits(_own(state, phone, order), str(order["text"])),
    "revoke": lambda state, phone, order: phone.revokes(_own(state, phone, order)),
    "unsupported": lambda _, phone, order: phone.sends_unsupported(order.get("kind", "poll")),
    "request_welcome": lambda _, phone, __: phone.opens_chat(),
    "system": lambda _, phone, order: phone.changes_number(str(order["phone"])),
    "marketing": _marketing,
    "raw": _raw,
    "read": _read,
    "play": _play,
}
