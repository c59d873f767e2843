"""What a view of the edge may lead to: every function of the box that is named on the way, as far as names tell."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import wablast_box
from wablast_box.engine.audit.actions import ACTIONS

HOME = Path(wablast_box.__file__).parent
RECORD = "wablast_box.engine.audit.record.record"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(slots=True)
class Module:
    """The functions of a module by name, and what other names in it mean."""

    functions: dict[str, ast.AST] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def actions_behind(module: str, function: str) -> set[str]:
    """The actions that are written into the log by anything that this function leads to."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    ahead = [(module, function)]
    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        node = _module(place[0]).functions.get(place[1])
        if node is not None:
            found |= _recorded(place[0], node)
            ahead += [target for name in _named(node) if (target := _target(place[0], name)) is not None]
    return found


def _recorded(module: str, node: ast.AST) -> set[str]:
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and one.args]
    recording = [one for one in calls if _full_name(module, _dotted(one.func)) == RECORD]
    parts = [part for call in recording for part in _places(module, node, call.args[0])]
    return {one.value for part in parts for one in ast.walk(part) if isinstance(one, ast.Constant) and one.value in ACTIONS}


def _places(module: str, node: ast.AST, action: ast.expr) -> list[ast.AST]:
    """Where the action is named: on the spot, somewhere in the function, or in another that says which it is."""
    if isinstance(action, ast.Name):
        return [node]
    called = _target(module, _dotted(action.func)) if isinstance(action, ast.Call) else None
    return [action if called is None else _module(called[0]).functions[called[1]]]


def _named(node: ast.AST) -> set[str]:
    return {dotted for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute) and (dotted := _dotted(one))}


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _target(module: str, name: str) -> tuple[str, str] | None:
    full = _full_name(module, name)
    home, _, function = full.rpartition(".")
    return (home, function) if home.startswith("wablast_box.") and function in _module(home).functions else None


def _full_name(module: str, name: str) -> str:
    first, _, rest = name.partition(".")
    known = _module(module)
    if not rest and first in known.functions:
        return f"{module}.{first}"
    meant = known.names.get(first, "")
    return f"{meant}.{rest}" if rest and meant else meant


@cache
def _module(name: str) -> Module:
    path = HOME.parent / name.replace(".", "/")
    source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    module = Module()
    if not source.is_file():
        return module
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, _FUNCTIONS):
            module.functions.setdefault(node.name, node)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module.names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            module.names |= {one.asname or one.name: one.name for one in node.names}
    return module
