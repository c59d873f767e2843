"""A node's words for the customer: found by one walk over its fields, and laid over with those of another language.

A field is spoken when its type says so (`spoken=True`), whoever made the type. Paths name items by their ids, so that they stay when items
change places: `text`, `buttons.yes.title`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import EMPTY, Field, Text
from wablast_box.engine.flows.node.lists import Items, Names

PLACE = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(frozen=True, slots=True)
class Words:
    """`at` is where problems are shown: the path with an item's place instead of its id."""

    path: str
    at: str
    text: str
    field: Field


def words_of(kind: type[NodeType], data: Mapping[str, Any]) -> Iterator[Words]:
    """What there is to translate, in the order of the fields."""
    found: list[Words] = []

    def note(words: Words) -> str:
        found.append(words)
        return words.text

    _walk(kind, data, note)
    yield from found


def laid_over(kind: type[NodeType], data: Mapping[str, Any], texts: Mapping[str, str]) -> Mapping[str, Any]:
    """The data with these texts instead of its own, by path. Nothing but spoken words is changed, and none is said that is silent."""
    return _walk(kind, data, lambda words: texts.get(words.path) or words.text) if texts else data


def has_words(text: Any) -> bool:
    """Is there anything to translate? Not in a value to be filled in, a number or a sign."""
    return isinstance(text, str) and any(letter.isalpha() for letter in PLACE.sub(" ", text))


def _walk(kind: type[NodeType], data: Mapping[str, Any], say: Callable[[Words], str]) -> dict[str, Any]:
    changed = dict(data)
    for name, field in kind.fields().items():
        value = data.get(name)
        if isinstance(field, Items):
            if isinstance(value, list):
                changed[name] = [_item(field, name, at, one, say) for at, one in enumerate(value)]
        elif field.spoken and isinstance(field, Names):
            if isinstance(value, Mapping):
                changed[name] = _said(dict.fromkeys(value, field), value, f"{name}.", f"{name}.", say)
        elif field.spoken and isinstance(field, Text):
            written = (field.default or kind.unsaid(name)) if value in EMPTY else value
            if has_words(written):
                said = say(Words(name, name, str(written), field))
                # What the node says by itself stays its own affair.
                if said != written:
                    changed[name] = said
    return changed


def _item(field: Items, name: str, at: int, one: Any, say: Callable[[Words], str]) -> Any:
    number = one.get("id") if isinstance(one, Mapping) else None
    if not isinstance(number, str):
        return one
    spoken = {inner: each for inner, each in field.fields.items() if each.spoken and isinstance(each, Text)}
    return _said(spoken, one, f"{name}.{number}.", f"{name}.{at}.", say)


def _said(fields: Mapping[str, Field], given: Mapping[str, Any], path: str, at: str, say: Callable[[Words], str]) -> dict[str, Any]:
    said = {name: say(Words(path + name, at + name, given[name], field)) for name, field in fields.items() if has_words(given.get(name))}
    return {**given, **said}
