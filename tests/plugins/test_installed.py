"""Plugins that pip installed are found by their entry point."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.plugins.conftest import NODE, manifest
from wablast_box.engine.flows.plugins import PluginReport
from wablast_box.plugins.loader import load_plugins

pytestmark = pytest.mark.feature("AP-10")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages with one plugin in it."""
    folder = tmp_path / "site"
    (folder / "loud_plugin").mkdir(parents=True)
    (folder / "loud_plugin" / "__init__.py").write_text(dedent(NODE))
    about = folder / "loud-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: loud\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[wablast_box.plugins]\nloud = loud_plugin:register\n")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [one for one in sys.modules if one.partition(".")[0] == "loud_plugin"]:
        del sys.modules[name]


def installed(data: Path) -> PluginReport:
    return next(one for one in load_plugins(data) if one.source == "installed")


@pytest.mark.parametrize("where", ["loud_plugin/plugin.toml", "plugin.toml"], ids=["in the wheel", "while it is written"])
def test_an_installed_plugin_is_loaded(data: Path, site: Path, where: str) -> None:
    (site / where).write_text(manifest("loud"))

    found = installed(data)

    assert (found.id, found.state, found.nodes, found.error) == ("loud", "loaded", ("loud.shout",), None)


@pytest.mark.parametrize(
    ("toml", "words"),
    [(None, "There is no plugin.toml"), (manifest("silent"), "entry point is called “loud”"), (manifest("loud", api=9), "plugin API 9")],
)
def test_an_installed_plugin_that_cannot_be_used_says_why(data: Path, site: Path, toml: str | None, words: str) -> None:
    if toml is not None:
        (site / "loud_plugin" / "plugin.toml").write_text(toml)

    found = installed(data)

    assert (found.id, found.state) == ("loud", "broken")
    assert words in (found.error or "")


def test_an_entry_point_that_leads_nowhere_is_reported(data: Path, site: Path) -> None:
    (site / "loud-1.0.dist-info" / "entry_points.txt").write_text("[wablast_box.plugins]\nloud = gone_plugin.inner:register\n")

    found = installed(data)

    assert (found.state, found.error) == ("broken", "There is no package “gone_plugin.inner”.")
