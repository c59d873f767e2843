"""`plugins check`: everything about a plugin that can be verified before a box meets it, each fault in words."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from wablast_box.engine.flows import registry
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.plugins import PluginReport
from wablast_box.lib.errors import BoxError
from wablast_box.plugins.found import GROUP, InFolder, comes_with_the_box
from wablast_box.plugins.loader import load_one, unload_plugins
from wablast_box.plugins.manifest import FILE, Manifest

PUBLIC = ("wablast_box.plugins.api", "wablast_box.plugins.testing")
SKIPPED = frozenset({".venv", "venv", "__pycache__", "build", "dist", "node_modules"})


def plugin_folders(folder: Path) -> list[Path]:
    """The folder itself, or the plugins in it."""
    if (folder / FILE).is_file() or not folder.is_dir():
        return [folder]
    return sorted(path.parent for path in folder.glob(f"*/{FILE}")) or [folder]


def check_plugin(folder: Path) -> tuple[PluginReport, list[str]]:
    """What the plugin would bring, and what is wrong with it. Its code is run."""
    candidate = InFolder(folder.resolve().name, folder)
    report = load_one(candidate)
    try:
        wrong = [report.error] if report.error else []
        wrong += [*_nodes(report)]
    finally:
        unload_plugins()
    try:
        manifest, _ = candidate.read()
    except (BoxError, OSError):
        return report, wrong
    taken = [f"The plugin “{manifest.id}” of the box is called so: give this one another id."] if comes_with_the_box(manifest.id) else []
    return report, [*wrong, *taken, *_imports(folder), *_project(folder, manifest)]


def _nodes(report: PluginReport) -> Iterator[str]:
    if not report.error and not report.nodes and not report.events:
        yield "It adds nothing: register(box) neither adds a node nor listens to anything."
    for name in report.nodes:
        kind = registry.find_type(name)
        assert kind is not None
        broken = [wrong for wrong in kind({}).problems() if wrong.code == "check_failed"]
        if broken:
            yield f"Node {name}: its check fails on a node that has just been drawn. {broken[0].message}"
        if not _is_fed(kind):
            yield f"Node {name}: outputs_from names a field that it has not."


def _is_fed(kind: type[NodeType]) -> bool:
    return kind.outputs_from is None or kind.outputs_from[0] in kind.fields()


def _imports(folder: Path) -> Iterator[str]:
    """Anything else of the box may change with any release."""
    for path in sorted(folder.rglob("*.py")):
        shown = path.relative_to(folder)
        if SKIPPED & set(shown.parts):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        except (SyntaxError, ValueError) as refused:
            yield f"{shown.as_posix()} is no Python: {refused}."
            continue
        for node in ast.walk(tree):
            for module in _modules(node):
                if module.partition(".")[0] == "wablast_box" and module not in PUBLIC:
                    line = getattr(node, "lineno", 0)
                    yield f"{shown.as_posix()}, line {line}: it imports {module}. Only {' and '.join(PUBLIC)} are promised to stay."


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        inside = node.module == "wablast_box.plugins"
        return [f"{node.module}.{one.name}" for one in node.names] if inside else [node.module]
    return []


def _project(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Only when it is meant for pip, too."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        return
    try:
        project = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as refused:
        yield f"pyproject.toml cannot be read: {refused}."
        return
    about = project.get("project", {})
    entry = about.get("entry-points", {}).get(GROUP, {})
    if entry.get(manifest.id, "").partition(":")[0].partition(".")[0] != manifest.package:
        yield f'pyproject.toml: its entry point should be [project.entry-points."{GROUP}"] {manifest.id} = "{manifest.package}:register".'
    if about.get("version", manifest.version) != manifest.version:
        yield f"pyproject.toml says version {about['version']}, {FILE} says {manifest.version}."
