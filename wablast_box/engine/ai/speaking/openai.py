"""The chat API that OpenAI began and Ollama, llama.cpp, Groq and many others speak: POST {base}/chat/completions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from wablast_box.engine.ai.answer import Question, ToolCall
from wablast_box.engine.ai.speaking.reply import Reply, count, object_of, said, unreadable

# Models think aloud; customers do not want to read that.
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
MOST_CALLS = 20
# What some servers refuse, by the word that they name it with, and what is asked instead.
GIVING_WAY = ("max_tokens", "temperature", "json_schema", "response_format", "tools")


def address(base_url: str, model: str) -> str:
    return f"{base_url}/chat/completions"


def body(model: str, question: Question, without: frozenset[str]) -> bytes:
    """The request; `without` is what this server has refused before."""
    request: dict[str, Any] = {"model": model, "messages": list(question.messages), "stream": False}
    # Models that think count their thoughts too, and know the limit by its newer name.
    request["max_completion_tokens" if "max_tokens" in without else "max_tokens"] = question.max_tokens
    if "temperature" not in without:
        request["temperature"] = question.temperature
    if question.schema is not None and "response_format" not in without:
        request["response_format"] = _format(question.schema, plain="json_schema" in without)
    if question.tools:
        request["tools"] = [{"type": "function", "function": dict(tool)} for tool in question.tools]
    return orjson.dumps(request)


def _format(schema: Mapping[str, Any], *, plain: bool) -> dict[str, Any]:
    if plain:
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)}}


def refused(words: bytes, question: Question, without: frozenset[str]) -> str | None:
    """Which part of the request this server does not take; None when that is not what it says."""
    text = words[:4000].decode("utf-8", "replace").casefold()
    asked = {"max_tokens", "temperature"} | ({"json_schema", "response_format"} if question.schema is not None else set())
    asked |= {"tools"} if question.tools else set()
    named = [name for name in GIVING_WAY if name in asked - without and (name in text or (name == "tools" and "tool" in text))]
    if "json_schema" in named or "response_format" in named:
        return "json_schema" if "json_schema" not in without else "response_format"
    return named[0] if named else None


def read(raw: bytes) -> Reply:
    """Raises Upstream when it is no answer."""
    found = object_of(raw)
    choices = found.get("choices")
    message = choices[0].get("message") if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    if not isinstance(message, dict):
        raise unreadable()
    usage = found.get("usage")
    used = usage if isinstance(usage, dict) else {}
    text = said(_THOUGHTS.sub("", _words(message.get("content"))))
    return Reply(text, _calls(message.get("tool_calls")), count(used.get("prompt_tokens")), count(used.get("completion_tokens")))


def _words(content: Any) -> str:
    """Some servers give a list of parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _calls(listed: Any) -> tuple[ToolCall, ...]:
    calls = []
    for at, one in enumerate(listed[:MOST_CALLS] if isinstance(listed, list) else ()):
        function = one.get("function") if isinstance(one, dict) else None
        if isinstance(function, dict) and isinstance(function.get("name"), str):
            calls.append(ToolCall(str(one.get("id") or f"call_{at}")[:100], function["name"][:100], _arguments(function.get("arguments"))))
    return tuple(calls)


def _arguments(given: Any) -> dict[str, Any]:
    """A JSON text by the book; some servers give the object itself."""
    if isinstance(given, str):
        try:
            given = orjson.loads(given)
        except orjson.JSONDecodeError:
            given = None
    return given if isinstance(given, dict) else {}
