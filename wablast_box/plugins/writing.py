"""Write a plugin to begin from: it works, and its own test passes."""

from __future__ import annotations

import keyword
import sys
from pathlib import Path
from string import Template

from wablast_box.lib.errors import Conflict, Invalid, Unavailable
from wablast_box.plugins.api import API_VERSION
from wablast_box.plugins.found import comes_with_the_box
from wablast_box.plugins.manifest import ID

_STARTER = Path(__file__).parent / "starter"
_FILES = {
    "plugin.toml": "plugin.toml.txt",
    "pyproject.toml": "pyproject.toml.txt",
    "README.md": "README.md.txt",
    "conftest.py": "conftest.py.txt",
    "{id}/__init__.py": "init.py.txt",
    "{id}/nodes.py": "nodes.py.txt",
    "tests/test_node.py": "test_node.py.txt",
}
# A package of such a name would be hidden by another one in its own tests.
_TAKEN = frozenset({"tests", "conftest", "wablast_box", "pytest"}) | sys.stdlib_module_names


def new_plugin(name: str, into: Path) -> Path:
    """Make the folder `into`/`name`. Raises Invalid for a name that no plugin can have, Conflict when there is something."""
    identity = name.replace("-", "_").lower()
    if not ID.fullmatch(identity):
        raise Invalid(f"“{name[:60]}” is no name for a plugin.", help="2 to 31 small letters, digits and _, such as hello.", field="name")
    if identity in _TAKEN or keyword.iskeyword(identity):
        raise Invalid(f"“{identity}” is a name that Python itself uses.", help="Choose another one, such as my_hello.", field="name")
    if comes_with_the_box(identity):
        raise Invalid(f"“{identity}” is a plugin that comes with the box.", help="Choose another name, such as my_hello.", field="name")
    folder = into.expanduser() / identity
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"There is something at {folder} already.", help="Give another name or another --into DIR.")
    words = {"id": identity, "slug": identity.replace("_", "-"), "title": identity.replace("_", " ").capitalize(), "api": str(API_VERSION)}
    try:
        for target, source in _FILES.items():
            path = folder / target.format(id=identity)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(Template((_STARTER / source).read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    except OSError as refused:
        raise Unavailable(
            f"{folder} cannot be written: {refused.strerror or refused}.", help="Give a folder that you may write to."
        ) from refused
    return folder
