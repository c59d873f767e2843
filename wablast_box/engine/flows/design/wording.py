"""What there is to translate in a flow, how far it is, and what is wrong with it: WhatsApp's limits hold in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.flows.design.problem import Problem
from wablast_box.engine.flows.graph import Graph, Node
from wablast_box.engine.flows.languages import Translation, mark_of, name_of
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.spoken import PLACE, Words, laid_over, words_of
from wablast_box.engine.flows.registry import find_type

DONE, MISSING, STALE, UNSEEN = "done", "missing", "stale", "unseen"


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the flow and what it is in another language."""

    node: Node
    words: Words
    translation: Translation | None

    @property
    def state(self) -> str:
        """Done, missing, stale (the words were changed since) or unseen (a machine wrote it)."""
        if self.translation is None or not self.translation.text.strip():
            return MISSING
        if self.translation.of != mark_of(self.words.text):
            return STALE
        return UNSEEN if self.translation.is_unseen else DONE


def lines(graph: Graph, language: str) -> Iterator[Line]:
    """Every text in the order of the nodes, with its translation; of hi-IN, what hi says counts."""
    codes = graph.languages.wanted_by(language)
    for node, kind in _kinds(graph):
        for words in words_of(kind, node.data):
            there = (graph.languages.texts.get(code, {}).get(node.id, {}).get(words.path) for code in codes)
            yield Line(node, words, next((one for one in there if one is not None and one.text.strip()), None))


def in_words(graph: Graph) -> Iterator[Problem]:
    """What is wrong with the translations, and how many are missing."""
    for language in graph.languages.others:
        found = list(lines(graph, language))
        yield from _summary(language, found)
        for line in found:
            if line.translation is not None and places(line.translation.text) != places(line.words.text):
                message = f"{name_of(language)}: “{line.words.field.title}” should hold the same {{{{values}}}} as the words it translates."
                yield Problem(line.node.id, line.words.at, "values_differ", message, "warning", language)
        for node, kind in _kinds(graph):
            yield from _limits(graph, node, kind, language)


def places(text: str) -> Counter[str]:
    """The values that a text is filled with."""
    return Counter("".join(place.split()) for place in PLACE.findall(text))


def without_leftovers(drawn: Mapping[str, Any], graph: Graph) -> dict[str, Any]:
    """The graph without texts of nodes, of items and of languages that are gone. What an unknown node says is kept."""
    if not isinstance(drawn.get("texts"), Mapping):
        return dict(drawn)
    kept: dict[str, Any] = {}
    for language, nodes in drawn["texts"].items():
        left = {number: _alive(graph.nodes[number], paths) for number, paths in nodes.items() if number in graph.nodes}
        if language in graph.languages.others:
            kept[language] = {number: paths for number, paths in left.items() if paths}
    return {**drawn, "texts": kept}


def _alive(node: Node, paths: Mapping[str, Any]) -> dict[str, Any]:
    """A field that is empty for now keeps its translation; an item that is gone does not."""
    kind = find_type(node.type)
    if kind is None:
        return dict(paths)
    return {path: one for path, one in paths.items() if _is_there(kind, node.data, path)}


def _is_there(kind: type[NodeType], data: Mapping[str, Any], path: str) -> bool:
    name, _, rest = path.partition(".")
    if name not in kind.fields():
        return False
    if not rest:
        return True
    value, number = data.get(name), rest.rpartition(".")[0]
    if isinstance(value, list):
        return any(isinstance(one, Mapping) and one.get("id") == number for one in value)
    return isinstance(value, Mapping) and rest in value


def _summary(language: str, found: list[Line]) -> Iterator[Problem]:
    counted = Counter(line.state for line in found)
    said = {MISSING: "not translated", STALE: "changed since", UNSEEN: "not looked at yet"}
    parts = [f"{counted[state]} {words}" for state, words in said.items() if counted[state]]
    if parts:
        message = f"{name_of(language)}: of {len(found)} texts {', '.join(parts)}."
        yield Problem(None, "languages", "not_translated", message, "warning", language)


def _limits(graph: Graph, node: Node, kind: type[NodeType], language: str) -> Iterator[Problem]:
    """What is wrong in this language and not in the main one."""
    texts = graph.languages.spoken(node.id, graph.languages.wanted_by(language))
    if not texts:
        return
    known = set(kind(node.data).problems())
    for wrong in kind(laid_over(kind, node.data, texts)).problems():
        if wrong not in known:
            yield Problem(node.id, wrong.path, wrong.code, f"{name_of(language)}: {wrong.message}", "error", language)


def _kinds(graph: Graph) -> Iterator[tuple[Node, type[NodeType]]]:
    for node in graph.nodes.values():
        kind = find_type(node.type)
        if kind is not None and not node.is_disabled:
            yield node, kind
