"""Load the plugins of a box: each alone, so that a broken one is reported and the box starts with the others."""

from __future__ import annotations

import logging
import traceback
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from wablast_box.engine.flows.plugins import BROKEN, LOADED, OFF, PluginReport, use_reports
from wablast_box.lib.errors import BoxError, Conflict, Invalid
from wablast_box.plugins.api import PluginAPI
from wablast_box.plugins.crashes import CrashNotes
from wablast_box.plugins.found import Candidate, candidates, comes_with_the_box, forget_modules
from wablast_box.plugins.guarded import ESCAPES
from wablast_box.plugins.manifest import Manifest

logger = logging.getLogger(__name__)

FOLDER = "plugins"
# One process is one box: what its plugins have added, by id.
_loaded: dict[str, PluginAPI] = {}


def load_plugins(data_dir: Path, *, safe_mode: bool = False) -> list[PluginReport]:
    """Find, check and load them. In safe mode none of their code runs; they are listed as off."""
    unload_plugins()
    folder = data_dir / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        logger.warning("there is no folder for plugins")
    notes = CrashNotes(folder)
    found = [_off(one) if safe_mode else _loaded_from(one, notes) for one in candidates(folder)]
    use_reports(found)
    logger.info("plugins", extra={"loaded": sum(one.state == LOADED for one in found), "safe_mode": safe_mode})
    return found


def unload_plugins() -> None:
    """Take back all that they added."""
    for identity, api in list(_loaded.items()):
        api.take_back()
        forget_modules(identity)
    _loaded.clear()
    use_reports([])


def load_one(candidate: Candidate) -> PluginReport:
    """Load a single one, as `plugins check` does: its own code in this process, and no note of a crash."""
    unload_plugins()
    return _loaded_from(candidate, None)


def _off(candidate: Candidate) -> PluginReport:
    try:
        manifest, digest = candidate.read()
    except (BoxError, OSError) as refused:
        return _broken(_unknown(candidate), refused)
    return _known(candidate, manifest, digest, OFF)


def _loaded_from(candidate: Candidate, notes: CrashNotes | None) -> PluginReport:
    report = _unknown(candidate)
    try:
        manifest, digest = candidate.read()
        report = _known(candidate, manifest, digest, LOADED)
        if manifest.id in _loaded:
            advice = "It comes with the box: give this one another id." if comes_with_the_box(manifest.id) else "Take one of them out."
            raise Conflict(f"There is a plugin “{manifest.id}” already.", code="plugin_taken", help=advice)
        watched = notes if digest is not None else None
        if watched and watched.has_crashed(digest or ""):
            raise Conflict(
                "The box ended while it was loaded.", code="plugin_crashed", help="Mend it, or delete plugins/.crashed to try it again."
            )
        with watched.loading(digest or "") if watched else nullcontext():
            nodes, events = _register(candidate, manifest)
    except ESCAPES as failure:
        return _broken(report, failure)
    return replace(report, nodes=nodes, events=events)


def _register(candidate: Candidate, manifest: Manifest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Run it. All that it added is taken back when it fails half way."""
    api = PluginAPI(manifest.id)
    try:
        register = candidate.register_of(manifest)
        if not callable(register):
            raise Invalid("It has no function register(box).", code="no_register")
        register(api)
    except BaseException:
        api.take_back()
        forget_modules(manifest.id)
        raise
    _loaded[manifest.id] = api
    return api.added()


def _unknown(candidate: Candidate) -> PluginReport:
    return PluginReport(candidate.label, candidate.label, "", "", candidate.source, LOADED)


def _known(candidate: Candidate, manifest: Manifest, digest: str | None, state: str) -> PluginReport:
    shown = digest if candidate.source == "folder" else None
    return PluginReport(manifest.id, manifest.name, manifest.version, manifest.description, candidate.source, state, digest=shown)


def _broken(report: PluginReport, failure: BaseException) -> PluginReport:
    if isinstance(failure, BoxError):
        words = f"{failure.message} {failure.help or ''}".strip()
        logger.warning("a plugin was not loaded", extra={"plugin": report.id, "why": words})
    else:
        words = f"{type(failure).__name__}: {failure}"[:400] + _where(failure)
        logger.error("a plugin could not be loaded", exc_info=failure, extra={"plugin": report.id})
    return replace(report, state=BROKEN, error=words)


def _where(failure: BaseException) -> str:
    """The line that raised it, as its author finds it."""
    frames = traceback.extract_tb(failure.__traceback__)
    own = [frame for frame in frames if "importlib" not in frame.filename]
    return f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
