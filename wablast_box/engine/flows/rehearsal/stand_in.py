"""What a rehearsal hears in a model's stead: a text, an object, calls of tools, or several answers one after the other."""

from __future__ import annotations

import json
from typing import Any

from wablast_box.engine.ai.answer import Answer, ToolCall, first_object


def stood_in(written: Any, times: int) -> Answer:
    """The answer that `written` means; of a list the one whose turn it is, and then its last."""
    if isinstance(written, list):
        return stood_in(written[min(times, len(written) - 1)] if written else "", 0)
    if isinstance(written, dict) and isinstance(written.get("tool"), str):
        arguments = written.get("arguments")
        call = ToolCall(f"call_{times}", written["tool"], arguments if isinstance(arguments, dict) else {})
        return Answer(str(written.get("text") or ""), None, (call,))
    if isinstance(written, dict):
        return Answer(json.dumps(written, ensure_ascii=False), written)
    text = "" if written is None else str(written)
    return Answer(text, first_object(text))
