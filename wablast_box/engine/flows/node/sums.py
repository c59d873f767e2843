"""Sums as people write them: (price * quantity + 40) * 1.18. Exact decimals, names of values, a few functions; nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, DecimalException
from typing import Any

from wablast_box.engine.flows.node.amounts import read_number, rounded
from wablast_box.engine.flows.node.values import look_up
from wablast_box.lib.errors import Invalid

LONGEST_SUM = 500
DEEPEST = 30
# The names of values are of any script; a number may have a point.
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?|\.\d+)|([^\W\d]\w*(?:\.\w+)*)|([-+*/%(),]))")
_EXACT = Context(prec=30, Emax=60, Emin=-60)


def work_out(written: str, values: Mapping[str, Any]) -> Decimal:
    """What the sum comes to. Raises Invalid."""
    sum_ = _Sum(tokens_of(written), values)
    try:
        found = sum_.whole()
    except DecimalException:
        raise Invalid("The sum cannot be worked out: it divides by nothing, or the numbers are too large.", code="no_sum") from None
    return found


def check_sum(written: str) -> None:
    """Raises Invalid when it cannot be read; values do not matter."""
    try:
        _Sum(tokens_of(written), None).whole()
    except DecimalException:
        return  # made-up values may well divide by nothing


def tokens_of(written: str) -> list[str]:
    """The sum in its parts. Raises Invalid."""
    if len(written) > LONGEST_SUM:
        raise Invalid(f"A sum has at most {LONGEST_SUM} characters.", code="no_sum")
    text, at, found = written.replace("{{", " ").replace("}}", " ").replace("×", "*").replace("÷", "/").strip(), 0, []
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Invalid(
                f"“{text[at : at + 20].strip()}” has no place in a sum. Use numbers, names, + - * / % and brackets.", code="no_sum"
            )
        found.append(match[0].strip())
        at = match.end()
    return found


class _Sum:
    """Reads the parts from left to right: products before sums, brackets first."""

    def __init__(self, tokens: list[str], values: Mapping[str, Any] | None):
        self.tokens, self.values, self.at, self.depth = tokens, values, 0, 0

    def whole(self) -> Decimal:
        found = self.added()
        if self.at < len(self.tokens):
            raise self.lost()
        return found

    def added(self) -> Decimal:
        found = self.multiplied()
        while self.next() in ("+", "-"):
            add = _EXACT.add if self.take() == "+" else _EXACT.subtract
            found = add(found, self.multiplied())
        return found

    def multiplied(self) -> Decimal:
        found = self.signed()
        while self.next() in ("*", "/", "%"):
            found = _BINARY[self.take()](found, self.signed())
        return found

    def signed(self) -> Decimal:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Invalid("The sum is nested too deeply.", code="no_sum")
        try:
            if self.next() == "-":
                self.take()
                return -self.signed()
            return self.single()
        finally:
            self.depth -= 1

    def single(self) -> Decimal:
        part = self.take()
        if part == "(":
            found = self.added()
            self.close()
            return found
        if part[:1].isdigit() or part[:1] == ".":
            return Decimal(part)
        if part in _FUNCTIONS and self.next() == "(":
            return self.called(part)
        if not part[:1].isidentifier():
            raise self.lost()
        return self.named(part)

    def called(self, name: str) -> Decimal:
        self.take()
        given = [self.added()]
        while self.next() == ",":
            self.take()
            given.append(self.added())
        self.close()
        least, most, work = _FUNCTIONS[name]
        if not least <= len(given) <= most:
            raise Invalid(f"“{name}” takes {least} to {most} numbers.", code="no_sum")
        return work(*given)

    def named(self, name: str) -> Decimal:
        if self.values is None:
            return Decimal(1)
        value = look_up(name, self.values)
        number = read_number(len(value) if isinstance(value, list) else value)
        if number is None:
            raise Invalid(f"“{name[:60]}” is no number here.", code="not_a_number")
        return number

    def close(self) -> None:
        if self.take() != ")":
            raise Invalid("A bracket is not closed.", code="no_sum")

    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        part = self.next()
        self.at += 1
        return part

    def lost(self) -> Invalid:
        where = " ".join(self.tokens[max(0, self.at - 1) : self.at + 3])
        return Invalid(f"The sum cannot be read at “{where}”." if where else "The sum is not complete.", code="no_sum")


def _round(number: Decimal, digits: Decimal = Decimal(0)) -> Decimal:
    return rounded(number, max(0, min(int(digits), 10)))


_BINARY: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {"*": _EXACT.multiply, "/": _EXACT.divide, "%": _EXACT.remainder}
_FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Decimal]]] = {
    "round": (1, 2, _round),
    "floor": (1, 1, lambda number: number.to_integral_value(ROUND_FLOOR)),
    "ceil": (1, 1, lambda number: number.to_integral_value(ROUND_CEILING)),
    "abs": (1, 1, abs),
    "min": (1, 20, min),
    "max": (1, 20, max),
}
