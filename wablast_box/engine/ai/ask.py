"""The one door to language models. Every call is entered in the ledger before it leaves, and no cap is passed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from wablast_box.engine.ai import ledger
from wablast_box.engine.ai.answer import Answer, Message, Question, Tool, ToolCall, first_object
from wablast_box.engine.ai.calling import Heard, Unheard, post, refusal
from wablast_box.engine.ai.models import AiProvider, Kind
from wablast_box.engine.ai.providers import chosen, key_of
from wablast_box.engine.ai.speaking import anythingllm, by_words, openai
from wablast_box.engine.ai.speaking.reply import Reply
from wablast_box.lib.errors import BoxError, Invalid

MOST_BYTES = 200_000
LONGEST_S = 60.0
# What servers refused, by provider and model: it is not offered to them again before the box starts anew.
_without: dict[tuple[int, str, str], frozenset[str]] = {}


def complete(
    messages: Sequence[Message],
    *,
    provider: str | int | None = None,
    purpose: str,
    ref: str,
    max_tokens: int = 800,
    schema: Any = None,
    temperature: float = 0,
    tools: Sequence[Tool] | None = None,
    once: str | None = None,
    within_s: float = LONGEST_S,
) -> Answer:
    """Ask a model; outside any transaction. `ref` says who asks (`flow:ID/…`), for the ledger.

    `once`: whoever comes again with the same key within a day, as after a crash, hears the same answer and pays once.
    Raises Upstream with what to do now, Conflict `spend_cap_reached` or `no_model`, and Invalid when there is too much to read.
    """
    asked = chosen(provider)
    question = Question(messages, max_tokens, schema, temperature, tuple(tools or ()))
    if (size := question.size()) > MOST_BYTES:
        raise Invalid(f"A model is shown at most {MOST_BYTES // 1000} kB; this is {size // 1000}.", code="too_large")
    if once is not None and (before := ledger.answered_before(once)) is not None:
        return _kept(before)
    most_in = size + 50 * len(messages) + (anythingllm.CONTEXT if asked.kind == Kind.ANYTHINGLLM else 0)
    number = ledger.reserve(asked, purpose=purpose, ref=ref, once=once, tokens_in=most_in, tokens_out=max_tokens)
    began = time.monotonic()
    try:
        reply = _asked(asked, question, began + min(within_s, LONGEST_S))
    except Unheard as unheard:
        ledger.leave_open(number, unheard.message, _ms(began))
        raise
    except BoxError as refused:
        # It said yes and then something unreadable: that is billed as well as not.
        over = ledger.leave_open if refused.code == "ai_unreadable" else ledger.give_back
        over(number, refused.message, _ms(began))
        raise
    data = first_object(reply.text) if schema is not None else None
    # Where a provider does not count, a token for each byte is more than it was.
    used = (reply.tokens_in if reply.tokens_in is not None else most_in, _out(reply, max_tokens))
    answer = Answer(reply.text, data, reply.tool_calls, *used, cost=ledger.cost_of(asked, *used))
    kept = asdict(answer) if once is not None else None
    ledger.settle(number, asked, tokens_in=used[0], tokens_out=used[1], duration_ms=_ms(began), answer=kept)
    return answer


def _asked(provider: AiProvider, question: Question, until: float) -> Reply:
    """What the provider says; a server that does not take a part of the request is asked without it."""
    if provider.kind == Kind.ANYTHINGLLM:
        plain = by_words.in_words(question)
        heard = _post(provider, anythingllm.address(provider.base_url, provider.model), anythingllm.body(provider.model, plain), until)
        if heard.status != 200:
            raise refusal(heard, provider.model)
        return by_words.understood(anythingllm.read(heard.body), question)
    place = (provider.id, provider.base_url, provider.model)
    for _ in range(len(openai.GIVING_WAY) + 1):
        without = _without.get(place, frozenset())
        put = by_words.in_words(question) if "tools" in without else question
        heard = _post(provider, openai.address(provider.base_url, provider.model), openai.body(provider.model, put, without), until)
        if heard.status == 200:
            reply = openai.read(heard.body)
            return by_words.understood(reply, question) if "tools" in without else reply
        part = openai.refused(heard.body, put, without) if heard.status in (400, 422) else None
        if part is None:
            break
        _without[place] = without | {part}
    raise refusal(heard, provider.model)


def _post(provider: AiProvider, url: str, body: bytes, until: float) -> Heard:
    left = max(0.05, until - time.monotonic())
    return post(url, body, key=key_of(provider), near=provider.allows_private, total_s=left)


def _out(reply: Reply, most: int) -> int:
    return reply.tokens_out if reply.tokens_out is not None else min(most, len(reply.text.encode()))


def _ms(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def _kept(before: Any) -> Answer:
    calls = tuple(ToolCall(**call) for call in before["tool_calls"])
    return Answer(**{**before, "tool_calls": calls})
