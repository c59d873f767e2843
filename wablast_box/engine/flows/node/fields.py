"""The fields of a node type: each says how it is drawn (JSON Schema with `x-` hints) and what it accepts.

A field is a class attribute of the node type; on a node it is the value that the owner gave, or the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jmespath

from wablast_box.engine.flows.node.filters import NAMES
from wablast_box.lib import interpolate

# What counts as not given.
EMPTY: tuple[Any, ...] = (None, "", [], {})
LONGEST_TEXT = 4096
LONGEST_EXPRESSION = 1000
VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,49}")
# Where the flow's surroundings stand; a variable of that name would hide them.
RESERVED = frozenset({"contact", "conversation", "message", "business", "now", "flow", "session", "secret"})


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field: `path` from the node's data (`buttons.2.title`), a code and words that say what to do."""

    path: str
    code: str
    message: str


class Field:
    """Base of all fields. `schema` draws it, `check` finds what is wrong with a value."""

    json_type = "string"
    widget = "text"
    # May `{{secret.name}}` stand in it? Only where a request is written that leaves the box.
    secrets = False

    def __init__(
        self, title: str, *, help: str = "", default: Any = None, required: bool = False, spoken: bool = False,
        only_with: Mapping[str, Sequence[str]] | None = None,
    ):  # fmt: skip
        """`spoken`: words for the customer, which a flow may have in several languages.

        `only_with`: asked for only beside these values of the node's other fields, such as {"way": ["team"]}. Never with `required`.
        """
        self.only_with = {other: list(values) for other, values in (only_with or {}).items()}
        self.title, self.help, self.default, self.required, self.spoken = title, help, default, required, spoken
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, node: Any, owner: type | None = None) -> Any:
        if node is None:
            return self
        value = node.data.get(self.name)
        return self.default if value in EMPTY else value

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the value."""
        drawn: dict[str, Any] = {"type": self.json_type, "title": self.title, "x-widget": self.widget}
        if self.help:
            drawn["description"] = self.help
        if self.default is not None:
            drawn["default"] = self.default
        if self.spoken:
            drawn["x-spoken"] = True
        if self.only_with:
            drawn["x-when"] = self.only_with
        return drawn | self.limits()

    def limits(self) -> dict[str, Any]:
        """Further keywords of the schema."""
        return {}

    def check(self, value: Any, path: str) -> Iterator[Wrong]:
        """What is wrong with a value; an empty one is wrong when the field is required."""
        if value in EMPTY:
            if self.required:
                yield Wrong(path, "missing", f"“{self.title}” is missing.")
            return
        yield from self.check_given(value, path)

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        """What is wrong with a value that is there."""
        yield from ()


class Text(Field):
    """A text; with `fills` its `{{variables}}` are filled when the node runs."""

    def __init__(
        self, title: str, *, longest: int = LONGEST_TEXT, lines: int = 1, fills: bool = True, secrets: bool = False, **options: Any
    ):
        super().__init__(title, **options)
        self.longest, self.lines, self.fills, self.secrets = longest, lines, fills, secrets
        self.widget = "textarea" if lines > 1 else "text"

    def limits(self) -> dict[str, Any]:
        return {"maxLength": self.longest, "x-fills": self.fills, "x-lines": self.lines} | ({"x-secrets": True} if self.secrets else {})

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, str):
            yield Wrong(path, "not_text", f"“{self.title}” should be a text.")
        elif len(value) > self.longest:
            yield Wrong(path, "too_long", f"“{self.title}” has {len(value)} characters; {self.longest} are allowed.")
        elif self.fills:
            yield from self._check_places(value, path)

    def _check_places(self, text: str, path: str) -> Iterator[Wrong]:
        """What would reach the customer as it was written, or as nothing."""
        if interpolate.is_open(text):
            yield Wrong(path, "open_place", "“{{” is not closed: write }} behind the name.")
        for name in interpolate.unknown_filters(text, NAMES | {"base64"} if self.secrets else NAMES):
            yield Wrong(path, "unknown_filter", f"There is no filter “{name[:40]}”. There are: {', '.join(sorted(NAMES))}, default.")


class Variable(Field):
    """The name under which something is kept for later nodes."""

    widget = "variable"

    def limits(self) -> dict[str, Any]:
        return {"pattern": f"^{VARIABLE.pattern}$"}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, str) or not VARIABLE.fullmatch(value):
            yield Wrong(path, "bad_name", f"“{self.title}”: write a name of small letters, digits and _, such as order_number.")
        elif value in RESERVED:
            yield Wrong(path, "reserved_name", f"“{value}” is taken by the box: choose another name.")


class Number(Field):
    """A number between `least` and `most`."""

    json_type = "number"
    widget = "number"

    def __init__(self, title: str, *, least: float = 0, most: float = 1_000_000, **options: Any):
        super().__init__(title, **options)
        self.least, self.most = least, most

    def limits(self) -> dict[str, Any]:
        return {"minimum": self.least, "maximum": self.most}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Wrong(path, "not_a_number", f"“{self.title}” should be a number.")
        elif not self.least <= value <= self.most:
            yield Wrong(path, "out_of_range", f"“{self.title}” is from {self.least:g} to {self.most:g}.")


class Flag(Field):
    """Yes or no."""

    json_type = "boolean"
    widget = "switch"

    def __init__(self, title: str, *, default: bool = False, **options: Any):
        super().__init__(title, default=default, **options)

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, bool):
            yield Wrong(path, "not_a_flag", f"“{self.title}” is on or off.")


class Choice(Field):
    """One of a few: `options` maps what is stored to what a person reads."""

    widget = "select"

    def __init__(self, title: str, options: Mapping[str, str], **others: Any):
        super().__init__(title, **others)
        self.options = dict(options)

    def limits(self) -> dict[str, Any]:
        return {"enum": list(self.options), "x-labels": list(self.options.values())}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, str) or value not in self.options:
            yield Wrong(path, "not_an_option", f"“{self.title}”: choose one of {', '.join(self.options.values())}.")


class Expression(Field):
    """A JMESPath expression over the variables (https://jmespath.org)."""

    widget = "expression"

    def limits(self) -> dict[str, Any]:
        return {"maxLength": LONGEST_EXPRESSION}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, str) or len(value) > LONGEST_EXPRESSION:
            yield Wrong(path, "not_an_expression", f"“{self.title}” should be a text of at most {LONGEST_EXPRESSION} characters.")
            return
        try:
            jmespath.compile(value)
        except Exception as refused:
            yield Wrong(path, "bad_expression", f"“{self.title}” cannot be read: {str(refused).splitlines()[0]}")


class Reference(Field):
    """Something that exists in the box: `kind` is flow, node, user, team, tag, template, media, secret or contact_field."""

    widget = "reference"

    def __init__(self, title: str, kind: str, **options: Any):
        super().__init__(title, **options)
        self.kind = kind

    def limits(self) -> dict[str, Any]:
        return {"x-kind": self.kind, "maxLength": 200}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, str) or len(value) > 200:
            yield Wrong(path, "not_a_choice", f"“{self.title}”: choose from the list.")
