"""The step: all that a node may know and do. The live run and the rehearsal differ only in the effects behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from wablast_box.engine.ai.answer import Answer as ModelAnswer
from wablast_box.engine.ai.answer import Message, Tool
from wablast_box.engine.flows.node import expressions, rules, values, writing
from wablast_box.lib import interpolate
from wablast_box.lib.errors import Invalid

MOST_VARIABLES = 200
LARGEST_VARIABLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a server said. `body` is the parsed JSON, or the text when it is none."""

    status: int
    headers: dict[str, str]
    body: Any


class Effects(Protocol):
    """Everything a flow may do to the world. Live: rows in the box's tables, network through its guard. Rehearsed: notes."""

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None: ...
    def act(self, what: str, given: Mapping[str, Any]) -> Any: ...
    def http(self, request: Mapping[str, Any]) -> HttpAnswer: ...
    def ask(self, request: Mapping[str, Any], key: str) -> ModelAnswer: ...
    def talk(self, most: int) -> list[tuple[str, str]]: ...


def keep(variables: dict[str, Any], name: str, value: Any) -> None:
    """Put a variable among others. Raises Invalid when it is too large, one too many, or kept under what is no name."""
    if not isinstance(name, str):
        raise Invalid("A variable's name is a text.", code="bad_name")
    if name not in variables and len(variables) >= MOST_VARIABLES:
        raise Invalid(f"A flow keeps at most {MOST_VARIABLES} variables.", code="too_many_variables")
    variables[name] = values.plain(value, LARGEST_VARIABLE)


class Step:
    """One visit to one node. `memory` is what the node itself keeps between visits, such as how often it asked."""

    def __init__(
        self, *, variables: dict[str, Any], surroundings: Mapping[str, Any], memory: dict[str, Any], now: datetime,
        effects: Effects, key: str, zone: ZoneInfo, languages: tuple[str, ...] = (), by_model: list[str] | None = None,
    ):  # fmt: skip
        # In which the customer is spoken to beside the flow's main language, the best first.
        self.languages = languages
        self._variables, self._surroundings = variables, surroundings
        self.memory, self.now, self.zone = memory, now, zone
        self._effects, self._key, self._sent, self._asked = effects, key, 0, 0
        self.changed: set[str] = set()  # the variables that this step has set
        # The variables whose words a language model wrote, and whether a text of this step holds one of them.
        self._by_model, self._quotes_model = [] if by_model is None else by_model, False

    @property
    def key(self) -> str:
        """What names this step: the same when it is played again after a crash."""
        return self._key

    @property
    def values(self) -> dict[str, Any]:
        """What texts and expressions see: the flow's variables, and contact, conversation, message, business, now."""
        return {**self._variables, **self._surroundings}

    def get(self, name: str) -> Any:
        """A value by its dotted name, or None."""
        return values.look_up(name, self.values)

    def set(self, name: str, value: Any, *, by_model: bool = False) -> None:
        """Keep something for later nodes; `by_model`: words that a language model wrote, so that the customer's thread says so.

        Raises Invalid when it is too large, or kept under what is no name.
        """
        keep(self._variables, name, value)
        self.changed.add(name)
        is_models = by_model or self._quotes_model
        if is_models is not (name in self._by_model):
            self._by_model.append(name) if is_models else self._by_model.remove(name)

    def fill(self, text: str, encoder: str = "text") -> str:
        """Put values in the places of `{{names}}`: once, and never looked at again. Encoders: text, url, json, header."""
        if self._by_model and not self._quotes_model:
            self._quotes_model = any(name.partition(".")[0] in self._by_model for name in interpolate.names_in(text))
        return values.fill(text, self.values, encoder, self.zone)

    def write(self, text: str, encoder: str = "text") -> writing.Written:
        """The same for `http` and the act “webhook”: `{{secret.name}}` in it is put in when the request leaves, never before."""
        return writing.write(text, self.values, encoder, self.zone)

    def evaluate(self, expression: str) -> Any:
        """The value of a JMESPath expression over the values. Raises Invalid."""
        return expressions.evaluate(expression, self.values)

    def holds(self, asked: Mapping[str, Any]) -> bool:
        """Are the rules of a rule editor true?"""
        return rules.holds(asked, self.values, self.zone)

    def send(self, message: Mapping[str, Any]) -> None:
        """Queue a message to the customer, in the form of POST /conversations/{id}/messages. Once per step, also after a crash.

        The thread marks it as a model's when this step has asked one, or fills in what one wrote before.
        """
        self._sent += 1
        self._effects.send(message, f"{self._key}:{self._sent}", by_model=self._asked > 0 or self._quotes_model)

    def act(self, what: str, **given: Any) -> Any:
        """Something else within the box: see `running/effects.py` for what there is."""
        return self._effects.act(what, given)

    def http(self, method: str, url: str | writing.Written, **request: Any) -> HttpAnswer:
        """Ask a server, through the guard. Only in nodes that are slow. Raises Upstream."""
        return self._effects.http({"method": method, "url": url, **request})

    def ask(
        self, messages: Sequence[Message], *, purpose: str, stand_in: Any, provider: str | None = None, tools: Sequence[Tool] = (),
        **options: Any,
    ) -> ModelAnswer:  # fmt: skip
        """Ask a language model: see `engine/ai/ask.py`. Only in nodes that are slow. A rehearsal answers with `stand_in`.

        Played again after a crash, the same step hears the same answer, and it is paid for once.
        """
        self._asked += 1
        asked = {"messages": messages, "purpose": purpose, "provider": provider, "tools": tools, "stand_in": stand_in, **options}
        return self._effects.ask(asked, f"{self._key}:ask{self._asked}")

    def talk(self, most: int) -> list[tuple[str, str]]:
        """The last messages of this conversation that have words, oldest first: who (customer or shop) and what."""
        return self._effects.talk(most)
