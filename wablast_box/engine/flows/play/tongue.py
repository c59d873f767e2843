"""The customer's language, laid over a node before it runs and understood whatever it is. Read at each step: it may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wablast_box.engine.flows.graph import Node
from wablast_box.engine.flows.languages import Languages
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.outcome import Answer
from wablast_box.engine.flows.node.saying import bare_words
from wablast_box.engine.flows.node.spoken import laid_over
from wablast_box.engine.flows.node.step import Step


def wanted(languages: Languages, surroundings: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of the flow's other languages this customer reads, the best first."""
    contact = surroundings.get("contact")
    return languages.wanted_by(contact.get("language")) if languages.others and isinstance(contact, Mapping) else ()


def speaking(kind: type[NodeType], node: Node, languages: Languages, step: Step) -> NodeType:
    """The node, in the words that this customer reads."""
    played = kind(laid_over(kind, node.data, languages.spoken(node.id, step.languages)) if step.languages else node.data)
    played.drawn = node.data
    return played


def understood(kind: type[NodeType], node: Node, languages: Languages, step: Step, answer: Answer) -> Answer:
    """Words that stand on a button in any language of the flow are a tap on it, unless they mean one in the customer's own."""
    said = answer.body.get("text")
    if (
        not languages.others
        or answer.kind != "reply"
        or answer.body.get("reply_id")
        or kind.outputs_from is None
        or not isinstance(said, str)
    ):
        return answer
    heard = bare_words(said)
    known = [*step.languages[:1], "", *languages.others]
    for code in dict.fromkeys(known):
        for number, label in _labels(kind, laid_over(kind, node.data, languages.spoken(node.id, (code,)))):
            if heard and bare_words(step.fill(label)) == heard:
                return replace(answer, body={**answer.body, "reply_id": number})
    return answer


def _labels(kind: type[NodeType], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each item that is a way out, with its words."""
    if kind.outputs_from is None:
        return
    listed = data.get(kind.outputs_from[0])
    for one in listed if isinstance(listed, list) else []:
        label = one.get(kind.outputs_from[1]) if isinstance(one, Mapping) else None
        if isinstance(label, str) and isinstance(one.get("id"), str):
            yield one["id"], label
