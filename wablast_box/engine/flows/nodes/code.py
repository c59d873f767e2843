"""Execute function: JavaScript that the owner wrote, run in a process of its own, with data in and data out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from wablast_box.engine.flows.code import javascript
from wablast_box.engine.flows.code.asking import said
from wablast_box.engine.flows.code.field import Code
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.expressions import evaluate
from wablast_box.engine.flows.node.fields import Expression, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Names
from wablast_box.engine.flows.node.outcome import Go, Outcome
from wablast_box.engine.flows.node.step import HttpAnswer, Step
from wablast_box.engine.flows.nodes.roads import variable_names
from wablast_box.lib.errors import Invalid

MOST_NAMES = 50
# What goes in unless somebody names something; who is answered and where is nothing to compute with.
AROUND = ("contact", "message", "now")
_HIDDEN = frozenset({"conversation", "business", "flow", "session", "secret"})
_BETWEEN = re.compile(r"[,\s]+")


class ExecuteFunction(NodeType):
    """Runs your own JavaScript on what the flow knows, and keeps what it returns."""

    type, title, category, icon = "code", "Execute function", "code", "code"
    is_slow = True
    can_fail = True

    code = Code(
        "JavaScript", "javascript", longest=javascript.LONGEST_CODE, required=True,
        help="It sees input, log(…) and http(url, { method, headers, body }), and returns a value: return input.price * 2",
    )  # fmt: skip
    inputs = Text(
        "Values that go in", longest=2000, fills=False,
        help="Names with commas between, such as order, contact.name. Empty: everything the flow keeps, contact, message and now.",
    )  # fmt: skip
    save_as = Variable("Keep the result as")
    mapping = Names("Keep parts of it", help="Variables and where their values stand, as JMESPath over result: result.items[0].price")
    log_as = Variable("Keep what it logs as", help="Up to 100 lines, also when it fails.")

    def run(self, step: Step) -> Outcome:
        flow, session = counted_for(step)
        ran = javascript.run(self.code or "", self._input(step), flow=flow, session=session, http=_Requests(step))
        if self.log_as:
            step.set(self.log_as, ran.log)
        if ran.mistake is not None:
            raise Invalid(ran.mistake, code="code_failed")
        if self.save_as:
            step.set(self.save_as, ran.result)
        for name, expression in (self.mapping or {}).items():
            step.set(name, evaluate(expression, {"result": ran.result}))
        return Go()

    def may_repeat(self) -> bool:
        """What it asked of others may have happened."""
        return "http" not in (self.code or "")

    def check(self) -> Iterator[Wrong]:
        if isinstance(self.code, str) and len(self.code) <= javascript.LONGEST_CODE:
            mistake = javascript.mistake(self.code)
            if mistake is not None:
                yield Wrong("code", "bad_code", said(mistake))
        if len(self._names()) > MOST_NAMES:
            yield Wrong("inputs", "too_many", f"“Values that go in” names more than {MOST_NAMES}.")
        yield from variable_names("mapping", self.mapping)
        for name, written in self.mapping.items() if isinstance(self.mapping, dict) else ():
            yield from (Wrong(f"mapping.{name}", one.code, one.message) for one in Expression(name).check(written, "mapping"))

    def _names(self) -> list[str]:
        return [name for name in _BETWEEN.split(self.inputs or "") if name]

    def _input(self, step: Step) -> Mapping[str, Any]:
        return chosen(step, self._names()[:MOST_NAMES])


class _Requests:
    """Makes the code's requests as the HTTP node makes its own: through the same guard, or rehearsed."""

    def __init__(self, step: Step):
        self._step = step

    def __call__(self, method: str, url: str, headers: dict[str, str], content: bytes) -> HttpAnswer:
        return self._step.http(method, url, headers=headers, content=content, timeout_s=javascript.TIMEOUT_S)


def counted_for(step: Step) -> tuple[str, str]:
    """Whose time it takes: a flow's and a session's. A rehearsal has neither, and is counted for itself."""
    if step.get("flow.id"):
        return str(step.get("flow.id")), step.key.partition(":")[0]
    alone = str(step.get("flow.rehearsal") or secrets.token_hex(8))
    return alone, alone


def chosen(step: Step, names: list[str]) -> dict[str, Any]:
    """The values of these names, each where its name says; of none, what a flow keeps and who writes. Never a secret."""
    everything = step.values
    if not names:
        own = {name: value for name, value in everything.items() if name not in _HIDDEN and name not in AROUND}
        return own | {name: everything.get(name) for name in AROUND}
    found: dict[str, Any] = {}
    for name in names:
        first, *rest = name.split(".")
        if first == "secret":
            continue
        value, place = step.get(name), found
        for at, part in enumerate([first, *rest]):
            if at == len(rest):
                place[part] = value
            else:
                inner = place.get(part)
                place[part] = dict(inner) if isinstance(inner, dict) else {}
                place = place[part]
    return found
