"""Read the elements of a list one by one, so that a bad one is kept with its reason and its neighbours pass."""

import json
from collections.abc import Callable
from typing import Any

import orjson

from wablast_box.engine.meta.payloads.items import Item, Surroundings, Unreadable
from wablast_box.engine.meta.payloads.values import Bad, Object

KEPT_CHARACTERS = 64_000

Parse = Callable[[Object, Surroundings], Item]


def read_each(values: Any, path: str, parse: Parse, around: Surroundings, out: list[Item]) -> None:
    if values is None:
        return
    if type(values) is not list:
        values = [values]
    for index, value in enumerate(values):
        try:
            if type(value) is not dict:
                raise Bad("an object was expected here")
            out.append(parse(value, around))
        except Exception as error:
            # Also a fault of our own: it costs this item only, and is listed where it can be seen and replayed.
            out.append(unreadable(f"{path}[{index}]", why(error), value))


def why(error: Exception) -> str:
    return str(error) if isinstance(error, Bad) else f"our reader failed: {type(error).__name__}: {error}"


def unreadable(path: str, reason: str, value: Any) -> Unreadable:
    return Unreadable(path, reason, dump(value)[:KEPT_CHARACTERS])


def dump(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value, default=str)
