"""The index itself: FTS5 on SQLite, tsvector on PostgreSQL. Documents go in as words that are normal already; ids come out newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wablast_box.lib import sql
from wablast_box.lib.db import is_postgres

Kind = Literal["message", "note", "contact"]
KINDS: tuple[Kind, ...] = ("message", "note", "contact")
# The parts of a document, and the weight by which PostgreSQL knows them.
_PARTS: dict[Kind, tuple[str, ...]] = {"message": ("words", "file"), "note": ("words",), "contact": ("words", "phone")}
_WEIGHTS = ("A", "B")
# PostgreSQL counts no further.
_LAST_POSITION = 16_383


@dataclass(frozen=True, slots=True)
class Document:
    """What is found by which words."""

    id: int
    conversation_id: int | None
    parts: tuple[Sequence[str], ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; `is_begun`: the last one may go on."""

    words: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Which ids: `above` < id < `below`, in these conversations (None: in all)."""

    above: int = 0
    below: int = (1 << 63) - 1
    conversations: tuple[int, ...] | None = None


def put(kind: Kind, documents: Iterable[Document]) -> None:
    """Index documents, in place of what was there before. In the order of their ids. Call inside a transaction."""
    if is_postgres():
        sql.run_many(
            f"INSERT INTO fts_{kind} (id, conversation_id, words) VALUES (?, ?, CAST(? AS tsvector))"
            " ON CONFLICT (id) DO UPDATE SET conversation_id = excluded.conversation_id, words = excluded.words",
            [(one.id, one.conversation_id, _vector(one.parts)) for one in documents],
        )
        return
    columns = [*_PARTS[kind], *(("conversation",) if kind != "contact" else ())]
    sql.run_many(
        f"INSERT OR REPLACE INTO fts_{kind} (rowid, {', '.join(columns)}) VALUES ({', '.join('?' * (len(columns) + 1))})",
        [_row(kind, one) for one in documents],
    )


def remove(kind: Kind, numbers: Sequence[int]) -> None:
    """Forget documents, whether they were there or not. Call inside a transaction."""
    column = "id" if is_postgres() else "rowid"
    sql.run_many(f"DELETE FROM fts_{kind} WHERE {column} = ?", [(number,) for number in numbers])


def newest(kind: Kind, phrases: Sequence[Phrase], within: Range, *, part: str | None, limit: int) -> list[int]:
    """The newest documents that hold all phrases, in one part or in any."""
    if is_postgres():
        return _newest_in_vectors(kind, phrases, within, part, limit)
    where = f"{_fts5_parts(kind, part)} : ({' AND '.join(_fts5(phrase) for phrase in phrases)})"
    if within.conversations is not None:
        # Each conversation is a word of its own, so that a search within a few of them costs what those few hold.
        where = f"conversation : ({' OR '.join(f'c{number}' for number in within.conversations)}) AND {where}"
    rows = sql.run(
        f"SELECT rowid FROM fts_{kind} WHERE fts_{kind} MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (where, within.above, within.below, limit),
    )
    return [row[0] for row in rows]


def _newest_in_vectors(kind: Kind, phrases: Sequence[Phrase], within: Range, part: str | None, limit: int) -> list[int]:
    weight = _WEIGHTS[_PARTS[kind].index(part)] if part else ""
    condition, params = "words @@ CAST(? AS tsquery) AND id > ? AND id < ?", [
        " & ".join(_tsquery(phrase, weight) for phrase in phrases),
        within.above,
        within.below,
    ]  # fmt: skip
    if within.conversations is not None:
        condition, params = f"{condition} AND conversation_id = ANY(?)", [*params, list(within.conversations)]
    rows = sql.run(f"SELECT id FROM fts_{kind} WHERE {condition} ORDER BY id DESC LIMIT ?", [*params, limit])
    return [row[0] for row in rows]


def _row(kind: Kind, document: Document) -> tuple[Any, ...]:
    parts = [" ".join(part) for part in document.parts]
    return (document.id, *parts) if kind == "contact" else (document.id, *parts, f"c{document.conversation_id}")


def _fts5_parts(kind: Kind, part: str | None) -> str:
    return part or "{" + " ".join(_PARTS[kind]) + "}"


def _fts5(phrase: Phrase) -> str:
    # Words hold letters, digits and marks only: nothing in them can end the quotes.
    return f'"{" ".join(phrase.words)}"{"*" if phrase.is_begun else ""}'


def _tsquery(phrase: Phrase, weight: str) -> str:
    last = len(phrase.words) - 1
    marks = [("*" if phrase.is_begun and place == last else "") + weight for place in range(last + 1)]
    return "(" + " <-> ".join(f"'{word}'{':' + mark if mark else ''}" for word, mark in zip(phrase.words, marks, strict=True)) + ")"


def _vector(parts: Sequence[Sequence[str]]) -> str:
    places: dict[str, list[str]] = {}
    position = 0
    for part, weight in zip(parts, _WEIGHTS, strict=False):
        for word in part:
            position = min(position + 1, _LAST_POSITION)
            places.setdefault(word, []).append(f"{position}{weight}")
        position = min(position + 2, _LAST_POSITION)
    return " ".join(f"'{word}':{','.join(found[:200])}" for word, found in places.items())
