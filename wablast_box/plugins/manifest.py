"""plugin.toml: who a plugin is and which plugin API it was written for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wablast_box.lib.errors import Invalid
from wablast_box.plugins.api import API_VERSION

FILE = "plugin.toml"
LARGEST = 64 * 1024
ID = re.compile(r"[a-z][a-z0-9_]{1,30}")
KNOWN = frozenset({"id", "name", "version", "api", "description", "package"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """`package`: the module in the plugin's folder that has `register`; the id unless said."""

    id: str
    name: str
    version: str
    api: int
    description: str
    package: str


def read_manifest(folder: Path) -> Manifest:
    """Raises Invalid in words for whoever wrote the plugin."""
    path = folder / FILE
    if not path.is_file():
        raise Invalid(f"There is no {FILE}.", code="no_manifest", help="docs/plugins says what stands in it.")
    if path.stat().st_size > LARGEST:
        raise Invalid(f"{FILE} is larger than {LARGEST // 1024} kB.", code="bad_manifest")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as refused:
        raise Invalid(f"{FILE} cannot be read: {refused}.", code="bad_manifest") from refused
    return _checked(written)


def _checked(written: Mapping[str, Any]) -> Manifest:
    unknown = sorted(written.keys() - KNOWN)
    if unknown:
        raise Invalid(f"{FILE}: “{unknown[0][:40]}” means nothing; it knows {', '.join(sorted(KNOWN))}.", code="bad_manifest")
    identity, package = _text(written, "id", 31), _text(written, "package", 50, str(written.get("id")))
    if not ID.fullmatch(identity):
        raise Invalid(f"{FILE}: id is 2 to 31 small letters, digits and _, such as “hello”.", code="bad_manifest")
    # The name of a module, never a way to one: no dots, no slashes.
    if not package.isidentifier():
        raise Invalid(f"{FILE}: package is the name of a module in the plugin's own folder.", code="bad_manifest")
    api = written.get("api")
    if isinstance(api, bool) or not isinstance(api, int):
        raise Invalid(f"{FILE}: api is a number; this box has {API_VERSION}.", code="bad_manifest")
    if api != API_VERSION:
        raise Invalid(
            f"It was made for plugin API {api}; this box has {API_VERSION}.", code="other_api", help="Get a version for this box."
        )
    name, version = _text(written, "name", 100), _text(written, "version", 50)
    return Manifest(identity, name, version, api, _text(written, "description", 500, ""), package)


def _text(written: Mapping[str, Any], name: str, longest: int, default: str | None = None) -> str:
    value = written.get(name, default)
    if not isinstance(value, str) or len(value) > longest or (default is None and not value.strip()):
        raise Invalid(f"{FILE}: {name} is missing or no text of at most {longest} characters.", code="bad_manifest")
    return value.strip()
