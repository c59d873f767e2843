"""LiveEffects: everything a flow may do to the world, through the same gates as people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson

from wablast_box.engine.ai.answer import Answer
from wablast_box.engine.flows.acting import acts, models
from wablast_box.engine.flows.acting.taps import marked
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.keeping.secrets import open_request
from wablast_box.engine.flows.node.step import HttpAnswer
from wablast_box.engine.inbox.models import Priority
from wablast_box.engine.outbox.outbound.message import parse_outbound
from wablast_box.engine.outbox.send import send_message
from wablast_box.lib import outbound
from wablast_box.lib.db import in_transaction, transaction
from wablast_box.lib.errors import Conflict

SCOPE = "flow"
LONGEST_WAIT_S = 30.0
MOST_BYTES = 1024 * 1024
# Acts that reach people outside of the conversation and the shop.
_TO_OTHERS = frozenset({"start_flow", "email"})


class LiveEffects:
    """Acts for one session in one conversation. `actor` is flow:ID; `acted` is told after each act.

    A slow step is outside of its turn's transaction: before it does something `may_act` says whether it still may.
    """

    def __init__(self, conversation_id: int, actor: str, *, acted: Callable[[], None], may_act: Callable[[], bool]):
        self.conversation_id, self.actor, self._acted, self._may_act = conversation_id, actor, acted, may_act

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None:
        """Queue a message; the key makes it the same message when the step is played again. Window and consent are asked there."""
        outgoing = parse_outbound(marked(message, key))
        with self._allowed():
            send_message(
                self.conversation_id, outgoing, actor=self.actor, sender=self._writer(by_model), scope=SCOPE, idempotency_key=key,
                priority=Priority.FLOW,
            )  # fmt: skip

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        """One of `acts.ACTS`, whole or not at all."""
        acts.check_act(what, given)
        with self._allowed():
            answer = acts.ACTS[what](acts.Here(self.conversation_id, self.actor), **given)
        self._acted()
        return answer

    def http(self, request: Mapping[str, Any]) -> HttpAnswer:
        """Ask a server once, through the outbound guard; redirects are followed by hand there. Raises Upstream, Refused."""
        opened = open_request(request["url"], request.get("headers") or {}, request.get("content") or b"")
        answer = outbound.request(
            str(request["method"]), opened.url, headers=opened.headers, content=opened.content, redirects=3, stays=bool(opened.forms),
            max_bytes=MOST_BYTES, total_s=min(float(request.get("timeout_s") or 10), LONGEST_WAIT_S),
        )  # fmt: skip
        headers = {name: opened.masked(text) for name, text in answer.headers.items()}
        return HttpAnswer(answer.status, headers, _read(opened.masked_bytes(answer.body)))

    def ask(self, request: Mapping[str, Any], key: str) -> Answer:
        """Ask a language model through its one door, with its ledger and caps."""
        return models.ask(self.actor, request, key)

    def talk(self, most: int) -> list[tuple[str, str]]:
        """What was said here last."""
        return models.talk(self.conversation_id, most)

    def _writer(self, by_model: bool) -> str:
        """Who is shown as the writer: the flow, or a model that it asked (ai:ID of the flow)."""
        return self.actor.replace("flow:", "ai:", 1) if by_model else self.actor

    @contextmanager
    def _allowed(self) -> Iterator[None]:
        """A transaction in which nobody takes over."""
        is_slow = not in_transaction()
        with transaction():
            if is_slow:
                hold.lock(self.conversation_id)
                if not self._may_act():
                    raise Conflict("The flow was stopped while this was under way.", code="stopped")
            yield


class TrialEffects(LiveEffects):
    """The same for a draft that is tried out: it begins nothing with anybody else."""

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        """Everything but to write to other people."""
        if what in _TO_OTHERS:
            raise Conflict("A draft that is tried out writes to nobody else.", code="only_a_trial")
        return super().act(what, given)


def _read(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return body.decode("utf-8", "replace")
