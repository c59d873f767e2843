"""The tour quotes the code as `file.py:function`; each quotation is still true."""

from __future__ import annotations

import re

from .sources import BOX, FRONTEND, ROOT, tree

TOUR = ROOT / "docs" / "tour.md"
HOP = re.compile(r"`(?P<path>[\w./-]+\.(?:py|ts|tsx)):(?P<name>[\w.]+)`")


def exists(path: str, name: str) -> bool:
    """Does this file of the package define this function, method, class or table?"""
    file = BOX / path
    if not file.is_file():
        return False
    if file.suffix != ".py":
        return re.search(rf"\b(?:function|const|class) {name}\b", file.read_text(encoding="utf-8")) is not None
    return name in names(path)


def names(path: str) -> set[str]:
    """What a Python file defines: `send`, `Gateway`, `Gateway.connect`, `HANDLERS`."""
    import ast

    found: set[str] = set()
    for node in tree(BOX / path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            inner = [item.name for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
            found |= {node.name, *(f"{node.name}.{name}" for name in inner)}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_every_hop_of_the_tour_exists() -> None:
    hops = [(found["path"], found["name"]) for found in HOP.finditer(TOUR.read_text(encoding="utf-8"))]

    lost = [f"{path}:{name}" for path, name in hops if not exists(path, name)]

    assert len(hops) >= 15, "the tour quotes too little to be a tour"
    assert FRONTEND.is_dir()
    assert not lost
