"""What every provider's answer is read with, and with the same suspicion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from wablast_box.engine.ai.answer import ToolCall
from wablast_box.lib.errors import Upstream

MOST_TOKENS = 10_000_000
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Reply:
    """`tokens` are None where the provider does not count."""

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    tokens_in: int | None = None
    tokens_out: int | None = None


def object_of(body: bytes) -> Mapping[str, Any]:
    """The JSON object that came back. Raises Upstream."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise unreadable()
    return found


def unreadable() -> Upstream:
    """It is no answer of a model."""
    return Upstream(
        "The provider's answer cannot be read.",
        permanent=True,
        code="ai_unreadable",
        help="Is the address the one of the chat API? It often ends in /v1.",
    )


def count(value: Any) -> int | None:
    """A number of tokens that a provider can mean."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS else None


def said(value: Any) -> str:
    """Words of a model: without what no message takes, and bounded."""
    text = value if isinstance(value, str) else ""
    return text.encode(errors="replace").decode().replace("\0", "")[:LONGEST_TEXT].strip()
