"""`wablast-box plugins`: write one, check one, list those that a box finds. No box is opened for it."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from wablast_box.cli_words import FAILED, columns, say
from wablast_box.config import BootConfig
from wablast_box.engine.flows.plugins import PluginReport
from wablast_box.lib.errors import NotFound
from wablast_box.plugins.loader import load_plugins, unload_plugins
from wablast_box.plugins.proving import check_plugin, plugin_folders
from wablast_box.plugins.writing import new_plugin

Action = Callable[[BootConfig, argparse.Namespace], int]


def _new(_: BootConfig, options: argparse.Namespace) -> int:
    folder = new_plugin(options.name, Path(options.into))
    say(f"Wrote {folder}.")
    say(f"Try it: cd {folder} && python -m pytest")
    say("Use it: copy the folder into plugins/ of the data folder, and start the box again.")
    return 0


def _check(_: BootConfig, options: argparse.Namespace) -> int:
    folder = Path(options.folder).expanduser()
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.")
    _be_quiet()
    checked = [(path, *check_plugin(path)) for path in plugin_folders(folder)]
    for path, report, wrong in checked:
        if not wrong:
            say(f"{report.id} {report.version} is fine: {_brings(report)}.")
        for words in wrong:
            say(f"{path.resolve().name}: {words}")
    return FAILED if any(wrong for _, _, wrong in checked) else 0


def _list(config: BootConfig, _: argparse.Namespace) -> int:
    """Loads them as a box does at its start, so that what is said is what would happen."""
    _be_quiet()
    try:
        found = load_plugins(config.data_dir)
        rows = [(one.id, one.version or "?", one.source, one.state, one.error or _brings(one)) for one in found]
        columns([("ID", "VERSION", "FROM", "STATE", "WHAT"), *rows])
    finally:
        unload_plugins()
    return 0


def _brings(report: PluginReport) -> str:
    nodes, events = ", ".join(report.nodes), ", ".join(report.events)
    return "; ".join(part for part in (f"nodes {nodes}" if nodes else "", f"hears {events}" if events else "") if part) or "nothing"


def _be_quiet() -> None:
    # What is wrong is said on the screen, in one line each.
    logging.getLogger("wablast_box").addHandler(logging.NullHandler())


PLUGIN_ACTIONS: Mapping[str, Action] = {"new": _new, "check": _check, "list": _list}
