"""Try a provider: one short question, what it answers, and how long it took."""

from __future__ import annotations

import time
from dataclasses import dataclass

from wablast_box.engine.ai.ask import complete
from wablast_box.engine.ai.providers import NEEDS, find
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib.errors import BoxError

_ASKED = ({"role": "user", "content": "Say hello to a shop in five words."},)


@dataclass(frozen=True, slots=True)
class Tried:
    """`text` is the model's, or why it could not answer."""

    is_ok: bool
    text: str
    help: str | None
    duration_ms: int
    tokens_in: int = 0
    tokens_out: int = 0


def try_provider(number: int, *, by: Actor) -> Tried:
    """It counts as any other call does."""
    authorize(by, NEEDS)
    provider, began = find(number), time.monotonic()
    try:
        # Models that think first need room for it.
        answer = complete(_ASKED, provider=provider.id, purpose="test", ref=by.ref, max_tokens=400, within_s=30)
    except BoxError as refused:
        return Tried(False, refused.message, refused.help, _ms(began))
    return Tried(True, answer.text, None, _ms(began), answer.tokens_in, answer.tokens_out)


def _ms(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
