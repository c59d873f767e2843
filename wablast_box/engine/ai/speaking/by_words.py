"""Tools for models that know none: they are described in words, and the model says in JSON which one it wants."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from wablast_box.engine.ai.answer import Message, Question, ToolCall, first_object
from wablast_box.engine.ai.speaking.reply import Reply

_RULES = (
    'You can use tools. To use one, answer with nothing but {"tool": "its name", "arguments": {…}}. To write to the customer, answer with'
    " plain words and no JSON. The tools:\n"
)


def in_words(question: Question) -> Question:
    """The same question without tools, which stand in the instructions instead."""
    if not question.tools:
        return replace(question, messages=[_plain(one) for one in question.messages])
    listed = "\n".join(f"- {one['name']}: {one['description']} Arguments: {json.dumps(one['parameters'])}" for one in question.tools)
    return replace(question, messages=[*map(_plain, question.messages), {"role": "system", "content": _RULES + listed}], tools=())


def understood(reply: Reply, question: Question) -> Reply:
    """What the model wants, if it wants a tool that there is."""
    found = first_object(reply.text) if question.tools else None
    names = {str(one["name"]) for one in question.tools}
    if found is None or not isinstance(found.get("tool"), str) or found["tool"] not in names:
        return reply
    arguments = found.get("arguments")
    return replace(reply, text="", tool_calls=(ToolCall("call_0", found["tool"], arguments if isinstance(arguments, dict) else {}),))


def _plain(one: Message) -> dict[str, Any]:
    """Without calls and results, which such a model has no words for."""
    calls = one.get("tool_calls") or ()
    if calls:
        asked = [{"tool": call["function"]["name"], "arguments": json.loads(call["function"]["arguments"])} for call in calls]
        return {"role": "assistant", "content": "\n".join(json.dumps(call, ensure_ascii=False) for call in asked)}
    if one["role"] == "tool":
        return {"role": "user", "content": f"Result of the tool:\n{one['content']}"}
    return {"role": one["role"], "content": one.get("content") or ""}
