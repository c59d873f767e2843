"""Make one text of a template with conditions and loops. Jinja2 with everything taken out that a text does not need.

Only plain values go in, and only their entries can be named: no attribute of anything. What stands in a value is never read
as a template. Functions: `range`; filters: those of a flow's texts, with the same results.
"""

from __future__ import annotations

import base64

# Jinja2 and Python load this and the next only when they need it; by then the process has given up files.
import encodings.unicode_escape
import functools
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import jinja2.debug
import jinja2.nodes as parts
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from wablast_box.engine.flows.node.filters import filters_in, shown
from wablast_box.lib.child.inside.orders import serve

PROCESS = 512 * 1024 * 1024
LONGEST_RESULT = 1024 * 1024
MOST_ROUNDS = 1000
LARGEST_NUMBER = 10**40
assert jinja2.debug and encodings.unicode_escape

_PARTS = (
    parts.Template, parts.Output, parts.TemplateData, parts.For, parts.If, parts.With, parts.Assign, parts.Name, parts.Const, parts.List,
    parts.Tuple, parts.Dict, parts.Pair, parts.Keyword, parts.CondExpr, parts.Getattr, parts.Getitem, parts.Slice, parts.Filter, parts.Test,
    parts.Call, parts.Compare, parts.Operand, parts.And, parts.Or, parts.Not, parts.Add, parts.Sub, parts.Mul, parts.Div, parts.FloorDiv,
    parts.Mod, parts.Neg, parts.Pos, parts.Concat,
)  # fmt: skip
_TESTS = (
    "boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le",
    "lessthan", "lt", "mapping", "ne", "none", "number", "odd", "sequence", "string", "true", "undefined", "==", "!=", ">", ">=", "<", "<=",
)  # fmt: skip
_OF_DICTS = ("items", "keys", "values")
_OF_LOOPS = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem", "depth", "cycle", "changed")
_PLACE = "<template>"
_UTC = ZoneInfo("UTC")


class _Missing(StrictUndefined):
    """A name without a value: `if` takes it for no, `default` speaks for it, and to write it is a mistake that is told."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)[:60]
        return f'“{name}” has no value here. Where it may be missing, write {{{{ {name} | default("") }}}}.'

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class _Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "%", "+"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry of that name; else what a mapping or the loop offers."""
        if isinstance(obj, dict):
            if attribute in obj:
                return obj[attribute]
            return getattr(obj, attribute) if attribute in _OF_DICTS else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj[argument]
        try:
            return obj[argument] if isinstance(obj, dict | list | tuple | str) else self.undefined(obj=obj, name=argument)
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        owner = getattr(obj, "__self__", None)
        return obj is _range or (isinstance(owner, dict | LoopContext) and obj.__name__ in (*_OF_DICTS, "cycle", "changed"))

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.is_safe_callable(obj):
            raise SecurityError("That is no function here: an entry of the same name stands before it.")
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and isinstance(left, list) and isinstance(right, list):
            return [*left, *right]
        if not all(isinstance(one, int | float) for one in (left, right)):
            raise SecurityError(f"{operator} is for numbers; put texts together with ~.")
        found = super().call_binop(context, operator, left, right)
        if abs(found) > LARGEST_NUMBER:
            raise SecurityError("A number is too large.")
        return found


def _range(*given: int) -> range:
    rounds = range(*given)
    if len(rounds) > MOST_ROUNDS:
        raise SecurityError(f"range gives at most {MOST_ROUNDS:,} numbers.")
    return rounds


def _filter(change: Callable[[Any, str | None], Any]) -> Callable[..., Any]:
    """As in a flow's other texts: what is missing stays missing, for `default` to speak for it."""

    def changed(value: Any, given: Any = None) -> Any:
        if isinstance(value, Undefined) or value is None or (isinstance(value, str) and not value.strip()):
            return value
        found = change(_plain(value), None if given is None else shown(given))
        return str(found) if isinstance(found, str) else found

    return changed


def _default(value: Any, given: Any = "") -> Any:
    is_missing = value is None or isinstance(value, Undefined) or (isinstance(value, str) and not value.strip())
    return given if is_missing else value


def _plain(value: Any) -> Any:
    """A list for what a loop goes through."""
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else value


@functools.lru_cache(maxsize=4)
def _environment(key: str | None, data: str | None) -> _Environment:
    """`data`: what the system knows of the zone, since its files cannot be opened here."""
    zone = _UTC if data is None else ZoneInfo.from_file(io.BytesIO(base64.b64decode(data)), key=key)
    made = _Environment(
        autoescape=False, undefined=_Missing, loader=None, finalize=_finalized, trim_blocks=True, lstrip_blocks=True, optimized=False,
        cache_size=0,
    )  # fmt: skip
    made.filters = {name: _filter(change) for name, change in filters_in(zone).items()} | {"default": _default}
    made.tests = {name: made.tests[name] for name in _TESTS}
    made.globals = {"range": _range}
    return made


def _finalized(value: Any) -> Any:
    return shown(value if isinstance(value, Undefined) else _plain(value))


def work(order: dict[str, Any]) -> dict[str, Any]:
    """`do` is run or check. What comes of it: result, or error with its line."""
    zone = order.get("zone") or {}
    environment = _environment(zone.get("key"), zone.get("data"))
    try:
        tree = environment.parse(order["code"])
        _look_over(tree, environment)
        template = environment.from_string(tree)
        if order["do"] == "check":
            return {"result": None}
        return {"result": _written(template.generate(json.loads(order["input"])))}
    except TemplateSyntaxError as wrong:
        return {"error": _words(wrong.message), "line": wrong.lineno}
    except UndefinedError as wrong:
        return {"error": _words(wrong.message), "line": _line(wrong)}
    except (MemoryError, RecursionError) as wrong:
        return {"error": "It takes too much memory, or is nested too deeply.", "line": _line(wrong)}
    except (SecurityError, ArithmeticError, TypeError, ValueError) as wrong:
        return {"error": _words(str(wrong)), "line": _line(wrong)}
    except Exception as wrong:
        return {"error": f"It cannot be made ({type(wrong).__name__}).", "line": _line(wrong)}


def _look_over(tree: parts.Template, environment: _Environment) -> None:
    """Only what a text needs: no other templates, no macros, nothing that runs but `range` and what loops offer."""
    for node in tree.find_all(parts.Node):
        line = getattr(node, "lineno", 1)
        if isinstance(node, parts.ContextReference | parts.Impossible) or not isinstance(node, (*_PARTS, parts.Helper)):
            raise TemplateSyntaxError(f"“{type(node).__name__.lower()}” is not for texts of a flow.", line)
        if isinstance(node, parts.For) and node.recursive:
            raise TemplateSyntaxError("A loop cannot call itself.", line)
        if isinstance(node, parts.Filter) and node.name not in environment.filters:
            raise TemplateSyntaxError(f"There is no filter “{node.name}”.", line)
        if isinstance(node, parts.Test) and node.name not in environment.tests:
            raise TemplateSyntaxError(f"There is no test “{node.name}”.", line)
        if isinstance(node, parts.Call) and not _may_call(node.node):
            raise TemplateSyntaxError("Nothing can be called but range, and items, keys and values of an object.", line)


def _may_call(called: parts.Node) -> bool:
    if isinstance(called, parts.Name):
        return called.name == "range"
    return isinstance(called, parts.Getattr) and called.attr in (*_OF_DICTS, "cycle", "changed")


def _written(pieces: Iterable[str]) -> str:
    """As it comes, so that nobody has to hold more than it may be."""
    kept, length = [], 0
    for piece in pieces:
        length += len(piece.encode(errors="replace"))
        if length > LONGEST_RESULT:
            raise SecurityError("The text is larger than 1 MB.")
        kept.append(piece)
    return "".join(kept).strip("\n")


def _line(wrong: BaseException) -> int | None:
    """Where in the template; Jinja2 writes its own lines into what Python remembers."""
    found, trace = None, wrong.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in (_PLACE, "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _words(message: str | None) -> str:
    return (message or "It cannot be made.").encode(errors="replace").decode()[:300]


def main() -> None:
    """Until the box has no more orders."""
    # Once through all of it, so that nothing is left to be loaded.
    for code in (
        "{% for a in [1] %}{{ 'a\u00e9' | date('D') }}{{ loop.index ~ 1.5 | inr | url | json }}{% endfor %}",
        "{{ it.it }}",
        "{{",
        "{{ 1 / 0 }}",
    ):
        work({"do": "run", "code": code, "input": "{}"})
    serve(work, memory=PROCESS)
