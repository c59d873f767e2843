"""The languages of a flow and its texts in each of them: `languages` and `texts` of its graph, read for runs and for checks.

A translation stands under its node's id and the path of its field, with items by their ids: `texts.hi.n1["buttons.yes.title"]`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.contacts.languages import LANGUAGES, checked_language
from wablast_box.lib.errors import Invalid

MOST_LANGUAGES = 20
LONGEST_TRANSLATION = 20_000
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Translation:
    """`of` marks the words that were translated: when they change, the translation is stale. `is_unseen`: no person has looked at it."""

    text: str
    of: str = ""
    is_unseen: bool = False


# Language, node, path.
Texts = Mapping[str, Mapping[str, Mapping[str, Translation]]]


@dataclass(frozen=True, slots=True)
class Languages:
    """The language that the nodes are written in, the others, and what stands in those."""

    main: str = DEFAULT
    others: tuple[str, ...] = ()
    texts: Texts = field(default_factory=dict)

    def wanted_by(self, language: Any) -> tuple[str, ...]:
        """Which of the others somebody with this language reads, the best first: hi-IN, then hi. Nothing beyond the main one."""
        known = {code.casefold(): code for code in self.others}
        left, found = str(language or "").replace("_", "-").casefold(), []
        while left and left != self.main.casefold():
            if left in known:
                found.append(known[left])
            left = left.rpartition("-")[0]
        return tuple(found)

    def spoken(self, node_id: str, wanted: tuple[str, ...]) -> dict[str, str]:
        """A node's texts in the best language that has each, by path."""
        merged: dict[str, str] = {}
        for code in reversed(wanted):
            there = self.texts.get(code, {}).get(node_id, {})
            merged |= {path: one.text for path, one in there.items() if one.text.strip()}
        return merged


def mark_of(text: str) -> str:
    """What tells a text from another one: its CRC-32, which a browser works out as well."""
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def name_of(code: str) -> str:
    """हिन्दी (hi)"""
    return f"{LANGUAGES[code]} ({code})" if code in LANGUAGES else code


def parse_languages(drawn: Mapping[str, Any]) -> Languages:
    """Raises Invalid when they have another form."""
    given = drawn.get("languages")
    if given is None and drawn.get("texts") is None:
        return Languages()
    said, texts = ({} if one is None else one for one in (given, drawn.get("texts")))
    others = said.get("others", []) if isinstance(said, Mapping) else None
    if not isinstance(said, Mapping) or not isinstance(others, list):
        raise _wrong("“languages” is {main: a code, others: [codes]}.", "languages")
    main = _code(said.get("main", DEFAULT))
    codes = tuple(_code(one) for one in others)
    if len({main, *codes}) != len(codes) + 1:
        raise _wrong("Each language of a flow is there once.", "languages")
    if len(codes) > MOST_LANGUAGES:
        raise _wrong(f"A flow has at most {MOST_LANGUAGES} further languages.", "languages")
    return Languages(main, codes, {code: _nodes(code, nodes) for code, nodes in _named(texts, "texts")})


def _nodes(code: str, nodes: Any) -> dict[str, dict[str, Translation]]:
    where = f"texts.{code}"
    return {
        node: {path: _translation(one, f"{where}.{node}.{path}") for path, one in _named(there, f"{where}.{node}")}
        for node, there in _named(nodes, where)
    }


def _translation(one: Any, where: str) -> Translation:
    text, of, unseen = (one.get("text"), one.get("of", ""), one.get("unseen", False)) if isinstance(one, Mapping) else (None, "", False)
    if not isinstance(text, str) or not isinstance(of, str) or not isinstance(unseen, bool) or len(of) > 100:
        raise _wrong("A translation is {text, of, unseen}.", where)
    if len(text) > LONGEST_TRANSLATION:
        raise _wrong(f"A translation has at most {LONGEST_TRANSLATION:,} characters.", where)
    return Translation(text, of, unseen)


def _named(given: Any, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise _wrong("Texts stand by language, node and field.", where)
    return iter(given.items())


def _code(given: Any) -> str:
    """One in its usual spelling, so that hi and HI are not two."""
    try:
        usual = checked_language(given) if isinstance(given, str) else None
    except Invalid:
        usual = None
    if usual is None or usual != given:
        raise _wrong(f"“{str(given)[:20]}” is no language code: write it as en, hi, ta, pt-BR.", "languages")
    return usual


def _wrong(message: str, where: str) -> Invalid:
    return Invalid(message, code="not_a_graph", help="docs/reference/flow-graph.schema.json describes its form.", field=f"graph.{where}")
