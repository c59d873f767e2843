"""Fields that hold several things: items with fields of their own, names with values, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wablast_box.engine.flows.node.fields import LONGEST_TEXT, Field, Wrong

MOST_NAMES = 50
MOST_RULES = 20
# What a rule may ask; the words a person reads stand in the interface's catalogue.
OPERATORS = (
    "equals", "not_equals", "contains", "not_contains", "starts_with", "ends_with", "greater", "less", "at_least", "at_most",
    "is_set", "is_empty", "matches", "one_of",
)  # fmt: skip
WITHOUT_RIGHT = frozenset({"is_set", "is_empty"})
# Values of other fields, by name.
When = Mapping[str, Sequence[str]]


class Items(Field):
    """A list of objects with the same fields, such as buttons. Each has an `id` that stays when its words change.

    `when` says which fields matter only beside certain values of others: {"words": {"kind": ["keyword"]}}.
    """

    json_type = "array"
    widget = "items"

    def __init__(
        self, title: str, fields: Mapping[str, Field], *, least: int = 0, most: int = 50, item: str = "",
        when: Mapping[str, When] | None = None, **options: Any,
    ):  # fmt: skip
        super().__init__(title, **options)
        self.fields, self.least, self.most, self.item = dict(fields), least, most, item or title
        self.when = dict(when or {})
        for name, field in self.fields.items():
            field.name = name

    def limits(self) -> dict[str, Any]:
        required = [name for name, field in self.fields.items() if field.required and name not in self.when]
        properties = {"id": {"type": "string", "maxLength": 100}} | {name: self._drawn(name, field) for name, field in self.fields.items()}
        drawn = {"type": "object", "properties": properties, "required": ["id", *required]}
        return {"items": drawn, "minItems": self.least, "maxItems": self.most, "x-item": self.item}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            yield Wrong(path, "not_a_list", f"“{self.title}” should be a list.")
            return
        if not self.least <= len(value) <= self.most:
            yield Wrong(path, "wrong_count", f"“{self.title}” has {len(value)}; {self.least} to {self.most} are allowed.")
        seen: set[str] = set()
        for at, one in enumerate(value):
            number = one.get("id")
            if not isinstance(number, str) or not 0 < len(number) <= 100 or number in seen:
                yield Wrong(f"{path}.{at}.id", "bad_id", f"“{self.title}”: each needs an id of its own.")
            else:
                seen.add(number)
            for name, field in self.fields.items():
                if self.matters(name, one):
                    yield from field.check(one.get(name), f"{path}.{at}.{name}")

    def matters(self, name: str, one: Mapping[str, Any]) -> bool:
        """Is this field looked at, beside what stands in the item's other fields?"""
        asked = self.when.get(name, {})
        return all((one.get(other) or self.fields[other].default) in values for other, values in asked.items())

    def _drawn(self, name: str, field: Field) -> dict[str, Any]:
        when = {other: list(values) for other, values in self.when.get(name, {}).items()}
        return field.schema() | ({"x-when": when} if when else {})


class Names(Field):
    """Names with texts, such as headers of a request or what a flow hands to another."""

    json_type = "object"
    widget = "names"

    def __init__(self, title: str, *, secrets: bool = False, **options: Any):
        super().__init__(title, **options)
        self.secrets = secrets

    def limits(self) -> dict[str, Any]:
        drawn = {"additionalProperties": {"type": "string", "maxLength": LONGEST_TEXT}, "maxProperties": MOST_NAMES, "x-fills": True}
        return drawn | ({"x-secrets": True} if self.secrets else {})

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        if not isinstance(value, dict) or len(value) > MOST_NAMES:
            yield Wrong(path, "not_names", f"“{self.title}” should be up to {MOST_NAMES} names with a text each.")
            return
        for name, text in value.items():
            if not name or len(name) > 200 or not isinstance(text, str) or len(text) > LONGEST_TEXT:
                yield Wrong(
                    f"{path}.{name}", "not_names", f"“{self.title}”: “{name[:40]}” should be a text of at most {LONGEST_TEXT} characters."
                )


class Rules(Field):
    """Conditions for people who write no expressions: {"match": "all" or "any", "rules": [{"left", "operator", "right"}]}.

    `left` is a variable's dotted name, `right` a text that may hold `{{variables}}`.
    """

    json_type = "object"
    widget = "rules"

    def limits(self) -> dict[str, Any]:
        rule = {
            "type": "object",
            "properties": {
                "left": {"type": "string", "maxLength": 200},
                "operator": {"type": "string", "enum": list(OPERATORS)},
                "right": {"type": "string", "maxLength": 1000},
            },
            "required": ["left", "operator"],
        }
        properties = {
            "match": {"type": "string", "enum": ["all", "any"]},
            "rules": {"type": "array", "items": rule, "minItems": 1, "maxItems": MOST_RULES},
        }
        return {"properties": properties, "required": ["match", "rules"]}

    def check_given(self, value: Any, path: str) -> Iterator[Wrong]:
        rules = value.get("rules") if isinstance(value, dict) else None
        if not isinstance(rules, list) or not 0 < len(rules) <= MOST_RULES or value.get("match", "all") not in ("all", "any"):
            yield Wrong(path, "no_rules", f"“{self.title}”: add 1 to {MOST_RULES} rules.")
            return
        for at, rule in enumerate(rules):
            yield from _check_rule(rule, f"{path}.rules.{at}")


def _check_rule(rule: Any, path: str) -> Iterator[Wrong]:
    if not isinstance(rule, dict) or not isinstance(rule.get("left"), str) or not rule["left"].strip():
        yield Wrong(f"{path}.left", "missing", "A rule starts with what is looked at: choose a variable.")
    elif rule.get("operator") not in OPERATORS:
        yield Wrong(f"{path}.operator", "not_an_option", "Choose how the two are compared.")
    elif rule["operator"] not in WITHOUT_RIGHT and not (isinstance(rule.get("right"), str) and rule["right"]):
        yield Wrong(f"{path}.right", "missing", "Write what it is compared with.")
