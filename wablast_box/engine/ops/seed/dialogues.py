"""What is said in made-up conversations, read from dialogues.txt."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "dialogues.txt"
_KINDS = ("image", "document")


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a dialogue; `text` may hold {words} to fill in."""

    is_inbound: bool
    type: str
    text: str


@dataclass(slots=True)
class Script:
    """All lines in one list; a dialogue is a range of it."""

    lines: list[Line] = field(default_factory=list)
    dialogues: dict[str, list[range]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@cache
def script() -> Script:
    """The dialogues of every language."""
    read, language, begun = Script(), "", 0
    for text in [*_FILE.read_text(encoding="utf-8").splitlines(), ""]:
        if text[:1] in ("<", ">"):
            read.lines.append(_line(text))
            continue
        if len(read.lines) > begun:
            read.dialogues.setdefault(language, []).append(range(begun, len(read.lines)))
            begun = len(read.lines)
        if text.startswith("["):
            language = text.strip("[]")
        elif text and not text.startswith("#"):
            read.notes.append(text)
    return read


def _line(text: str) -> Line:
    said = text[2:]
    kind = next((kind for kind in _KINDS if said.startswith(f"[{kind}] ")), "text")
    return Line(text[0] == "<", kind, said.partition("] ")[2] if kind != "text" else said)
