"""A data folder's plugins, written by a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from wablast_box.engine.flows.plugins import PluginReport
from wablast_box.plugins.loader import load_plugins, unload_plugins

Write = Callable[..., Path]

NODE = """
    from wablast_box.plugins.api import Go, NodeType, PluginAPI, Text


    class Shout(NodeType):
        \"\"\"Says it loudly.\"\"\"

        type, title, category = "shout", "Shout", "messages"
        text = Text("Text", required=True)

        def run(self, step):
            step.send({"type": "text", "text": {"body": step.fill(self.text).upper()}})
            return Go()


    def register(box: PluginAPI) -> None:
        box.add_node(Shout)
"""


def manifest(identity: str, **others: object) -> str:
    told = {"id": identity, "name": identity.title(), "version": "1.0", "api": 1, **others}
    return "".join(f'{name} = "{value}"\n' if isinstance(value, str) else f"{name} = {value}\n" for name, value in told.items())


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever its plugins added is gone after the test."""
    (tmp_path / "data" / "plugins").mkdir(parents=True)
    yield tmp_path / "data"
    unload_plugins()


@pytest.fixture
def write(data: Path) -> Write:
    """Write a plugin into the data folder: `write("hello", "def register(box): …")`."""

    def written(identity: str, code: str | None = NODE, *, toml: str | None = None, **others: object) -> Path:
        folder = data / "plugins" / identity
        folder.mkdir()
        (folder / "plugin.toml").write_text(manifest(identity, **others) if toml is None else toml)
        if code is not None:
            (folder / identity).mkdir()
            (folder / identity / "__init__.py").write_text(dedent(code))
        return folder

    return written


def load(data: Path, **options: bool) -> dict[str, PluginReport]:
    """What was found in the data folder, by id."""
    return {one.id: one for one in load_plugins(data, **options) if one.source == "folder"}
