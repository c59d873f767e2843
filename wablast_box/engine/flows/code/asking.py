"""Ask one of those processes, and say in words what became of it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.lib.child.process import Call, Ended
from wablast_box.lib.child.workers import Workers
from wablast_box.lib.errors import BoxError, Invalid

# What is written stops itself just before; what does not is killed.
WITHIN_S = 2.0
_WHY = {
    "time": ("code_too_slow", f"It took longer than {WITHIN_S:.0f} seconds and was stopped."),
    "memory": ("code_too_large", "It took too much memory and was stopped."),
    "died": ("code_too_large", "It took too much of the machine and was stopped."),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with something written, and in which line."""

    message: str
    line: int | None


def answer_of(workers: Workers, order: Mapping[str, Any], call: Call | None = None) -> dict[str, Any]:
    """What the process says. Raises Invalid when it had to be stopped."""
    try:
        answer = workers.ask(order, within_s=WITHIN_S, call=call)
    except Ended as ended:
        raise _stopped(ended.why) from None
    if not isinstance(answer, dict):
        raise _stopped("died")
    if isinstance(answer.get("why"), str):
        raise _stopped(answer["why"])
    return answer


def mistake_in(answer: Mapping[str, Any]) -> Mistake | None:
    """What was wrong with what ran, if anything was."""
    error, line = answer.get("error"), answer.get("line")
    return Mistake(error[:400], line if isinstance(line, int) else None) if isinstance(error, str) else None


def said(mistake: Mistake) -> str:
    """With its line, for people."""
    return mistake.message if mistake.line is None else f"Line {mistake.line}: {mistake.message}"


class Reader:
    """Reads over what was written, in the process that would run it; what was read is remembered, for editors ask often."""

    def __init__(self, workers: Workers):
        self._read = functools.lru_cache(maxsize=512)(functools.partial(_mistake, workers))

    def mistake(self, written: str) -> Mistake | None:
        """Nothing when it reads well, or when nobody can tell at the moment."""
        try:
            return self._read(written)
        except BoxError:
            return None


def _mistake(workers: Workers, written: str) -> Mistake | None:
    try:
        return mistake_in(answer_of(workers, {"do": "check", "code": written}))
    except Invalid as stopped:
        # Remembered as well: what cannot even be read in time is not tried again for every list that shows it.
        return Mistake(stopped.message, None)


def _stopped(why: str) -> Invalid:
    code, words = _WHY.get(why, _WHY["died"])
    return Invalid(words, code=code)
