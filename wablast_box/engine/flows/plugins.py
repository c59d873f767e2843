"""Which plugins this box has, as their loader told it at the start: for windows, the doctor's eyes and programs."""

from __future__ import annotations

from dataclasses import dataclass

LOADED, BROKEN, OFF = "loaded", "broken", "off"


@dataclass(frozen=True, slots=True)
class PluginReport:
    """`state`: loaded, broken (`error` says why) or off. `source`: bundled, installed (pip) or folder (of the data folder)."""

    id: str
    name: str
    version: str
    description: str
    source: str
    state: str
    error: str | None = None
    nodes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    digest: str | None = None


_reports: list[PluginReport] = []


def use_reports(reports: list[PluginReport]) -> None:
    """What the loader found; once at the start."""
    _reports[:] = reports


def reports() -> list[PluginReport]:
    """Every plugin that was found, in the order of loading."""
    return list(_reports)


def why_unknown(node_type: str) -> str:
    """Why there is no such node type here, and what brings it back."""
    known = {one.id: one for one in _reports}
    identity, _, own = node_type.partition(".")
    report = known.get(identity) if own else None
    if report is None:
        return f"There is no node type “{node_type}” here: install the plugin it comes from."
    if report.state == OFF:
        return f"The plugin “{identity}” of this step is off: start the box without --safe-mode."
    if report.state == BROKEN:
        return f"The plugin “{identity}” of this step could not be loaded: “wablast-box plugins list” says why."
    return f"The plugin “{identity}” has no step “{own}” any more: choose another one, or put its former version back."
