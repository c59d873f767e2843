"""The repository as the architecture tests read it: files, functions, calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BOX = ROOT / "wablast_box"
ENGINE = BOX / "engine"
FRONTEND = BOX / "ui" / "frontend"
SKIPPED_FOLDERS = {"node_modules", "__pycache__", ".venv", "static", "build", "dist"}


def python_files(*folders: Path) -> Iterator[Path]:
    """Every Python file below the folders, none that was built or installed."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts):
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file with the last part of its name: `Message.create(...)` is ("create", …)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield _last_name(node.func), node


def strings(path: Path) -> Iterator[ast.Constant]:
    """Every piece of text of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def imported_modules(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in the file it does."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
