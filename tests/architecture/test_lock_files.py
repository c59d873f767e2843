"""Lock files name versions and digests, never where somebody fetched them: they work with any package index."""

from __future__ import annotations

import json
import re
import tomllib

from .sources import FRONTEND, ROOT

ADDRESS = re.compile(r"https?://|file://|--index-url|--extra-index-url|--find-links|--trusted-host")


def test_the_python_lock_files_hold_digests_and_no_addresses() -> None:
    locks = sorted(ROOT.glob("constraints*.txt"))

    contents = {lock.name: lock.read_text(encoding="utf-8") for lock in locks}

    assert contents, "there is no constraints.txt"
    assert not {name for name, text in contents.items() if ADDRESS.search(text)}
    assert all("--hash=sha256:" in text for text in contents.values())


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    to_run = {_name(line) for line in project["dependencies"]}
    to_test = {_name(line) for line in project["optional-dependencies"]["test"]}

    assert to_run
    assert not to_run - locked("constraints.txt"), "run `make lock`"
    assert not (to_run | to_test) - locked("constraints-test.txt"), "run `make lock`"


def locked(name: str) -> set[str]:
    """The packages that a lock file names."""
    return {_name(line) for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.match(r"\w", line)}


def test_the_front_end_lock_file_holds_digests_and_no_addresses() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    entries = [package for path, package in packages.items() if path]

    assert entries
    assert not [package for package in entries if "resolved" in package]
    assert all("integrity" in package for package in entries if not package.get("link"))


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")
