"""Where plugins come from: those that ship with the box, packages that pip installed, folders of the data folder."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from wablast_box.lib.errors import Invalid
from wablast_box.plugins.folder import checked_folder
from wablast_box.plugins.manifest import FILE, Manifest, read_manifest

GROUP = "wablast_box.plugins"
# Plugins of folders are modules below this name: none can hide a module of the box or of Python.
NAMESPACE = "wablast_box_plugins"
MOST_FOLDERS = 100
_BUNDLED = Path(__file__).parent / "bundled"


@dataclass(frozen=True, slots=True)
class Candidate(ABC):
    """Something that says it is a plugin. Nothing of it has run yet."""

    label: str
    folder: Path
    source = ""

    def read(self) -> tuple[Manifest, str | None]:
        """Who it is, and the digest of what would run. Raises Invalid."""
        return read_manifest(self.folder), None

    @abstractmethod
    def register_of(self, manifest: Manifest) -> Any:
        """Run its code so far that its `register` is known."""


class Bundled(Candidate):
    """In this package."""

    source = "bundled"

    def register_of(self, manifest: Manifest) -> Any:
        return _register(importlib.import_module(f"{__package__}.bundled.{self.label}"))


@dataclass(frozen=True, slots=True)
class Installed(Candidate):
    """A package with an entry point; its plugin.toml lies in it, or beside it while it is being written."""

    entry: EntryPoint
    source = "installed"

    def read(self) -> tuple[Manifest, str | None]:
        spec = importlib.util.find_spec(self.entry.module.partition(".")[0])
        places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
        if not places:
            raise Invalid(f"There is no package “{self.entry.module}”.", code="no_package")
        beside = places[0].parent
        manifest = read_manifest(places[0] if (places[0] / FILE).is_file() or not (beside / FILE).is_file() else beside)
        if manifest.id != self.label:
            raise Invalid(f"The entry point is called “{self.label}”, the plugin “{manifest.id}”.", code="bad_manifest")
        return manifest, f"{manifest.id} {manifest.version} {places[0]}"

    def register_of(self, manifest: Manifest) -> Any:
        found = self.entry.load()
        return _register(found) if isinstance(found, ModuleType) else found


class InFolder(Candidate):
    """A folder with plugin.toml and a package."""

    source = "folder"

    def read(self) -> tuple[Manifest, str | None]:
        digest = checked_folder(self.folder)
        return read_manifest(self.folder), digest

    def register_of(self, manifest: Manifest) -> Any:
        return _register(_module(f"{NAMESPACE}.{manifest.id}", self.folder, manifest.package))


def candidates(plugins: Path) -> Iterator[Candidate]:
    """Ours first, then what was installed, then the folders in the order of their names."""
    for folder in sorted(path for path in _BUNDLED.iterdir() if (path / FILE).is_file()):
        yield Bundled(folder.name, folder)
    for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        yield Installed(entry.name, Path(), entry)
    yield from in_folder(plugins)


def comes_with_the_box(identity: str) -> bool:
    """Is it one of ours? Nobody else's can be called so."""
    return (_BUNDLED / identity / FILE).is_file()


def in_folder(plugins: Path) -> Iterator[Candidate]:
    """The folders of plugins in a folder."""
    try:
        found = sorted(path for path in plugins.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    except OSError:
        return
    for folder in found[:MOST_FOLDERS]:
        yield InFolder(folder.name, folder)


def forget_modules(identity: str) -> None:
    """Let go of the modules that came from a folder."""
    name = f"{NAMESPACE}.{identity}"
    for module in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[module]


def _module(name: str, folder: Path, package: str) -> ModuleType:
    places = (folder / package / "__init__.py", folder / f"{package}.py")
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise Invalid(f"There is no “{package}” in its folder: neither {package}/__init__.py nor {package}.py.", code="no_package")
    sys.modules.setdefault(NAMESPACE, ModuleType(NAMESPACE)).__path__ = []
    inside = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=inside)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _register(module: ModuleType) -> Any:
    return getattr(module, "register", None)
