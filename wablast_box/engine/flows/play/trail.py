"""The audit trail told whole: a step is kept with what it changed; what it saw is what all before it had made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Kept = Mapping[str, Any]


def with_variables(steps: Iterable[Kept]) -> Iterator[dict[str, Any]]:
    """Each step (input, output, …) with the variables that it saw in its input, from the first step on."""
    variables: dict[str, Any] = {}
    for one in steps:
        given, made = one["input"] or {}, one["output"] or {}
        variables = {**variables, **given.get("variables", {})}
        yield {**one, "input": {**given, "variables": variables}, "output": made}
        variables = {**variables, **made}
