"""The same content in ever new bytes: Meta re-batches and re-spaces what it repeats, so a digest of the body proves nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from .payloads import Said

METADATA = {"display_phone_number": "919800000001", "phone_number_id": "106500000000001"}
WABA = "104400000000001"
_MUST_ESCAPE = {'"', "\\", *map(chr, range(0x20))}
_BLANKS = ("", "", "", " ", "\n", "\t", "  ", "\r\n ")


def messages_body(rng: random.Random, said: Sequence[Said]) -> bytes:
    """One body that carries these messages, split over changes and entries by chance."""
    values = [
        {"messaging_product": "whatsapp", "metadata": METADATA, "contacts": [one.contact for one in group], "messages": [one.message for one in group]}
        for group in _split(rng, said)
    ]
    return body(rng, values)


def statuses_body(rng: random.Random, statuses: Sequence[dict[str, Any]]) -> bytes:
    """One body that carries these statuses."""
    return body(rng, [{"messaging_product": "whatsapp", "metadata": METADATA, "statuses": list(group)} for group in _split(rng, statuses)])


def body(rng: random.Random, values: Sequence[dict[str, Any]]) -> bytes:
    """The envelope around changed values, written in a hand of its own."""
    changes = [{"field": "messages", "value": value} for value in values]
    entries = [{"id": WABA, "changes": list(group)} for group in _split(rng, changes)]
    return "".join(_write(rng, {"object": "whatsapp_business_account", "entry": entries})).encode("utf-8")


def signed(raw: bytes, app_secret: str) -> dict[str, str]:
    """The headers of a true delivery."""
    return {"content-type": "application/json", "x-hub-signature-256": "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()}


def forged(rng: random.Random, raw: bytes, app_secret: str) -> tuple[bytes, dict[str, str]]:
    """A delivery that must be turned away."""
    true = signed(raw, app_secret)["x-hub-signature-256"]
    variants: tuple[tuple[bytes, dict[str, str]], ...] = (
        (raw, {}),
        (raw, {"x-hub-signature-256": "sha256=" + "0" * 64}),
        (raw, {"x-hub-signature-256": true.removeprefix("sha256=")}),
        (raw, {"x-hub-signature-256": true[:-2] + "é0"}),
        (raw, {"x-hub-signature-256": signed(raw, app_secret + "x")["x-hub-signature-256"]}),
        (raw, {"x-hub-signature": "sha1=" + hmac.new(app_secret.encode(), raw, hashlib.sha1).hexdigest()}),
        (raw + b" ", {"x-hub-signature-256": true}),
        (raw, {"x-hub-signature-256": ""}),
    )
    return rng.choice(variants)


def _split(rng: random.Random, items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Consecutive groups of random size."""
    start = 0
    while start < len(items):
        size = rng.randint(1, len(items) - start)
        yield items[start : start + size]
        start += size


def _write(rng: random.Random, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        pairs = list(value.items())
        rng.shuffle(pairs)
        yield from _wrap(rng, "{", [[*_string(rng, key), _blank(rng), ":", _blank(rng), *_write(rng, inner)] for key, inner in pairs], "}")
    elif isinstance(value, list | tuple):
        yield from _wrap(rng, "[", [list(_write(rng, inner)) for inner in value], "]")
    elif isinstance(value, str):
        yield from _string(rng, value)
    else:
        yield json.dumps(value)


def _wrap(rng: random.Random, opening: str, parts: Sequence[Sequence[str]], closing: str) -> Iterator[str]:
    yield opening + _blank(rng)
    for number, part in enumerate(parts):
        if number:
            yield "," + _blank(rng)
        yield from part
    yield _blank(rng) + closing


def _string(rng: random.Random, text: str) -> Iterator[str]:
    zeal = rng.choice((0.0, 0.0, 0.1, 1.0))
    yield '"'
    for char in text:
        yield _escaped(char) if char in _MUST_ESCAPE or "\ud800" <= char <= "\udfff" or rng.random() < zeal else char
    yield '"'


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _blank(rng: random.Random) -> str:
    return rng.choice(_BLANKS)
