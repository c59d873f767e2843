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
