"""The starter gallery: real flows of a small shop, to be taken and changed. They come with the package and nothing runs them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

# The order in which a shop is likely to want them.
ORDER = (
    "menu", "faq", "out_of_office", "hand_off", "lead", "appointment", "catalogue", "order_status", "payment_reminder", "feedback",
    "assistant",
)  # fmt: skip


@cache
def starters() -> tuple[dict[str, Any], ...]:
    """Every starter: {id, name, help, graph}. The same objects each time: whoever changes one takes a copy."""
    here = files(__package__)
    return tuple({"id": name, **orjson.loads(here.joinpath(f"{name}.json").read_bytes())} for name in ORDER)
