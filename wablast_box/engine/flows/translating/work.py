"""Work orders off: a few texts at a time, each handful written into the draft before the next is asked for.

A box that dies between asking and writing asks again and hears the same answer, which is paid for once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from wablast_box.engine.ai import ask
from wablast_box.engine.flows.design.flows import announce, checked_graph, flow_of, flow_to_change
from wablast_box.engine.flows.design.wording import Line, lines
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.languages import mark_of
from wablast_box.engine.flows.translating import asking
from wablast_box.engine.flows.translating.models import FlowTranslation, TranslationState
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, NotFound, Upstream

# Longer than a model may take for a handful.
STALE_AFTER = timedelta(minutes=3)
GAPS_S = (10, 60)


def translate_due() -> None:
    """Every order that waits, one after the other."""
    while numbers := claim(
        FlowTranslation, pending=TranslationState.WAITING, working=TranslationState.WORKING, limit=1, stale_after=STALE_AFTER
    ):
        _translate(numbers[0])


def _translate(number: int) -> None:
    try:
        while _handful(FlowTranslation.get_by_id(number)):
            pass
    except BoxError as refused:
        _hindered(FlowTranslation.get_by_id(number), refused)


def _handful(order: FlowTranslation) -> bool:
    """Ask for the next few texts and write down what fits. False when nothing is left."""
    languages, left = _left(order)
    few = asking.batch(left)
    if not few:
        _over(order, TranslationState.DONE, None)
        return False
    asked = asking.messages(few, languages, order.language)
    once = f"flow_translation:{order.id}:{sha256(repr(asked).encode()).hexdigest()[:32]}"
    answer = ask.complete(
        asked, purpose="translate", ref=f"flow:{order.flow_id}", schema=asking.SCHEMA, max_tokens=asking.room_for(few), once=once
    )
    _take_over(order, few, list(asking.accepted(few, answer.data)))
    return True


def _left(order: FlowTranslation) -> tuple[str, Sequence[Line]]:
    """The main language, and what of the order is still there to be done: somebody may have drawn on meanwhile."""
    graph = parse_graph(flow_of(order.flow_id).draft_json)
    if order.language not in graph.languages.others:
        raise NotFound("The language was taken out of the flow.", code="no_such_language")
    wanted = {(node, path) for node, path in order.left_json}
    states = order.states.split(",")
    found = [one for one in lines(graph, order.language) if (one.node.id, one.words.path) in wanted and one.state in states]
    return graph.languages.main, found


def _take_over(order: FlowTranslation, few: Sequence[Line], said: Sequence[tuple[Line, str]]) -> None:
    """Into the draft and off the order, together. What was changed while the model thought stays as it is."""
    asked = {(one.node.id, one.words.path) for one in few}
    with transaction():
        flow = flow_to_change(order.flow_id)
        _, still = _left(order)
        same = {(one.node.id, one.words.path): one.words.text for one in still}
        texts = {code: dict(nodes) for code, nodes in (flow.draft_json.get("texts") or {}).items()}
        mine = texts.setdefault(order.language, {})
        done = 0
        for line, text in said:
            if same.get((line.node.id, line.words.path)) == line.words.text:
                one = {"text": text, "of": mark_of(line.words.text), "unseen": True}
                mine[line.node.id] = {**mine.get(line.node.id, {}), line.words.path: one}
                done += 1
        if done:
            flow.draft_json, flow.revision, flow.has_changes = checked_graph({**flow.draft_json, "texts": texts}), flow.revision + 1, True
            flow.updated_at, flow.updated_by = now(), order.ordered_by
            flow.save()
            announce(flow.id, "drawn", SYSTEM)
        order.left_json = [one for one in order.left_json if (one[0], one[1]) not in asked]
        order.done, order.refused = order.done + done, order.refused + len(few) - len(said)
        # It works: the next hindrance is a new one.
        order.attempts, order.claimed_at = 1, now()
        order.save()


def _hindered(order: FlowTranslation, why: BoxError) -> None:
    """Later once more, when waiting may help."""
    if not isinstance(why, Upstream) or why.permanent or order.attempts > len(GAPS_S):
        _over(order, TranslationState.FAILED, why.message)
        return
    gap = why.retry_after_s or GAPS_S[order.attempts - 1]
    later = now() + timedelta(seconds=min(gap, 3600))
    changes = {"state": TranslationState.WAITING, "next_attempt_at": later, "claimed_at": None, "error": why.message}
    with transaction():
        FlowTranslation.update(changes).where(FlowTranslation.id == order.id).execute()


def _over(order: FlowTranslation, state: TranslationState, error: str | None) -> None:
    with transaction():
        FlowTranslation.update(state=state, claimed_at=None, error=error).where(FlowTranslation.id == order.id).execute()
