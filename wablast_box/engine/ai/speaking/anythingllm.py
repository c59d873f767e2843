"""AnythingLLM's own API: POST {base}/workspace/{slug}/chat. It adds its documents to what it is asked, and keeps one text for all.

It knows neither roles nor tools nor schemas: everything stands in one message. That begins with words of ours, so that no
customer can begin it with a command (`/reset`, `@agent`). Each question is a session of its own: nobody hears another's talk.
"""

from __future__ import annotations

import secrets
from urllib.parse import quote

import orjson

from wablast_box.engine.ai.answer import Question
from wablast_box.engine.ai.speaking.reply import Reply, count, object_of, said, unreadable
from wablast_box.lib.errors import Upstream

HEADS = {"system": "Instructions", "user": "The customer writes", "assistant": "The shop writes", "tool": "Result"}
# What its documents may add to the question; it says afterwards how much it was.
CONTEXT = 16_000


def address(base_url: str, model: str) -> str:
    return f"{base_url}/workspace/{quote(model, safe='')}/chat"


def body(model: str, question: Question) -> bytes:
    """The request."""
    parts = [f"{HEADS.get(str(one['role']), 'Note')}:\n{one.get('content') or ''}" for one in question.messages]
    if question.schema is not None:
        parts.append("Answer with one JSON object and nothing else. Its JSON Schema:\n" + orjson.dumps(dict(question.schema)).decode())
    session = f"wablast-{secrets.token_hex(8)}"
    return orjson.dumps({"message": "\n\n".join(parts), "mode": "chat", "sessionId": session})


def read(raw: bytes) -> Reply:
    """Raises Upstream when it is no answer."""
    found = object_of(raw)
    if found.get("type") == "abort" or found.get("error"):
        raise Upstream("AnythingLLM could not answer; its own log says why.", code="ai_refused")
    if not isinstance(found.get("textResponse"), str):
        raise unreadable()
    metrics = found.get("metrics")
    used = metrics if isinstance(metrics, dict) else {}
    return Reply(said(found["textResponse"]), (), count(used.get("prompt_tokens")), count(used.get("completion_tokens")))
