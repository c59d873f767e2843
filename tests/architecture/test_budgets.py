"""Small files, small functions, small folders. An exception needs a reason in its list; the lists start empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .sources import BOX, ENGINE, FRONTEND, ROOT, functions, python_files, shown

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_A_COMPONENT = 120
MOST_FILES_OF_A_FEATURE = 16

# path → why it may be longer
LONG_FILES: dict[str, str] = {}
# path:function → why it may be longer
LONG_FUNCTIONS: dict[str, str] = {}
LONG_COMPONENTS: dict[str, str] = {}
# feature → why it may hold more files
WIDE_FEATURES: dict[str, str] = {}

# Frozen copies of the models: a table more is a table longer, and nobody edits them.
MIGRATIONS = ENGINE / "migrations"
_COMPONENT = re.compile(r"^(?:export )?(?:default )?(?:function (?P<named>[A-Z]\w*)|const (?P<assigned>[A-Z]\w*) = (?:memo\()?\()", re.MULTILINE)


def test_no_python_file_is_longer_than_its_budget() -> None:
    long = {shown(path): length for path in ours() if (length := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_FILE}

    assert long.keys() == LONG_FILES.keys(), long


def test_no_python_function_is_longer_than_its_budget() -> None:
    long = {
        f"{shown(path)}:{function.name}": length
        for path in ours()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }

    assert long.keys() == LONG_FUNCTIONS.keys(), long


def test_no_feature_folder_is_wider_than_its_budget() -> None:
    features = [folder for folder in ENGINE.iterdir() if folder.is_dir() and folder not in (MIGRATIONS, ENGINE / "__pycache__")]
    wide = {folder.name: count for folder in features if (count := len(list(folder.glob("*.py"))) - 1) > MOST_FILES_OF_A_FEATURE}

    assert features
    assert wide.keys() == WIDE_FEATURES.keys(), wide


@pytest.mark.skipif(not (FRONTEND / "src").is_dir(), reason="this copy carries no front-end sources")
def test_no_typescript_file_is_longer_than_its_budget() -> None:
    long = {shown(path): length for path in typescript_files() if (length := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_FILE}

    assert long.keys() == LONG_FILES.keys(), long


@pytest.mark.skipif(not (FRONTEND / "src").is_dir(), reason="this copy carries no front-end sources")
def test_no_react_component_is_longer_than_its_budget() -> None:
    long = {
        f"{shown(path)}:{name}": length
        for path in typescript_files()
        if path.suffix == ".tsx"
        for name, length in components(path.read_text(encoding="utf-8"))
        if length > MOST_LINES_OF_A_COMPONENT
    }

    assert long.keys() == LONG_COMPONENTS.keys(), long


def test_the_counting_of_components_counts() -> None:
    source = "export function Inbox() {\n  return 1;\n}\n\nconst Row = memo((props) => {\n  return 2;\n});\n"

    assert list(components(source)) == [("Inbox", 3), ("Row", 3)]


def ours() -> Iterator[Path]:
    for path in python_files(BOX, ROOT / "tests"):
        if MIGRATIONS not in path.parents:
            yield path


def typescript_files() -> Iterator[Path]:
    for path in sorted((FRONTEND / "src").rglob("*.ts*")):
        # Two files are made by tools: the API's types and the table of routes.
        if path.name not in ("schema.d.ts", "routeTree.gen.ts"):
            yield path


def components(source: str) -> Iterator[tuple[str, int]]:
    """Top-level components and their length: prettier closes them with a brace in the first column."""
    for found in _COMPONENT.finditer(source):
        body = source[found.start() :]
        end = re.search(r"^[})][;)\w]*", body, re.MULTILINE)
        yield found["named"] or found["assigned"], body[: end.start() if end else len(body)].count("\n") + 1
