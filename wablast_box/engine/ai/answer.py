"""What a model said, and what it was asked: plain values, whoever the provider is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

# role (system, user, assistant, tool) and content, as the OpenAI chat API has them.
Message = Mapping[str, Any]
# name, description, parameters (JSON Schema).
Tool = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model would have done. Whether it is done is for whoever asked to say."""

    id: str
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is the JSON object that was asked for by a schema, or None when what came is none; cost in millionths of a paisa."""

    text: str
    data: dict[str, Any] | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One request, before it is put into the words of a provider."""

    messages: Sequence[Message]
    max_tokens: int
    schema: Mapping[str, Any] | None = None
    temperature: float = 0
    tools: Sequence[Tool] = ()

    def size(self) -> int:
        """How many bytes there are to read for the model. A token is never less than a byte."""
        return len(json.dumps([list(self.messages), self.schema, list(self.tools)], ensure_ascii=False, default=str).encode())


def first_object(text: str) -> dict[str, Any] | None:
    """The first JSON object in a text: models put words or fences around it.

    Where it begins and ends a lenient reader finds; what stands in it is read by the strict one that keeps it later. What no
    table holds, half characters or numbers without end, is no answer.
    """
    decoder, at = json.JSONDecoder(), text.find("{")
    for _ in range(20):
        if at < 0:
            return None
        try:
            _, end = decoder.raw_decode(text, at)
            found = orjson.loads(text[at:end])
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
        at = text.find("{", at + 1)
    return None
