"""docs/features.md lists what is proved, and only that: one row for each marked feature, one marked test for each row."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .sources import ROOT, python_files, tree

ROW = re.compile(r"^\| ([A-Z]{2}-\d+) \| (.+) \|$", re.MULTILINE)


def marked() -> set[str]:
    """Every id in a `@pytest.mark.feature("CN-12")`, or in a file's `pytestmark`."""
    return {feature for path in python_files(ROOT / "tests") for feature in _marks(tree(path))}


def _marks(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "feature":
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def listed() -> dict[str, str]:
    return dict(ROW.findall((ROOT / "docs" / "features.md").read_text(encoding="utf-8")))


def test_every_proved_feature_is_listed_and_every_listed_one_is_proved() -> None:
    proved, described = marked(), listed()

    assert described
    assert proved - described.keys() == set(), "proved by a test, missing in docs/features.md"
    assert described.keys() - proved == set(), "in docs/features.md, but no test is marked with it"


def test_features_are_described_in_words() -> None:
    assert not [feature for feature, words in listed().items() if len(words.split()) < 4]
