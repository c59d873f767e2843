"""docs/reference is made from the code, is up to date, and has a heading for everything a person may look up."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from .sources import ROOT


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("generate_reference", ROOT / "docs" / "generate_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def headings(page: Path) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_reference_says_what_the_code_says(generator: ModuleType) -> None:
    stale = [name for name, text in generator.pages().items() if (generator.REFERENCE / name).read_text(encoding="utf-8") != text]

    assert not stale, "run `make docs`"


def test_no_page_of_the_reference_is_left_over(generator: ModuleType) -> None:
    assert {path.name for path in generator.REFERENCE.iterdir()} == set(generator.pages())


def test_every_setting_has_its_heading(generator: ModuleType) -> None:
    wanted = {*generator.SETTINGS, *(f"WABLAST_BOX_{name.upper()}" for name in generator.BOOT_HELP)}

    assert wanted
    assert not wanted - headings(generator.REFERENCE / "settings.md")


def test_every_event_has_its_heading(generator: ModuleType) -> None:
    wanted = {event.name for event in generator.event_classes()}

    assert "message.received" in wanted, "the events were not found"
    assert not wanted - headings(generator.REFERENCE / "events.md")


def test_every_command_has_its_heading(generator: ModuleType) -> None:
    wanted = {f"wablast-box {words}" for words, _, _ in generator.commands()}

    assert "wablast-box api-key create" in wanted, "the commands were not found"
    assert not wanted - headings(generator.REFERENCE / "commands.md")


def test_no_two_operations_share_an_id() -> None:
    # The generated client keeps one of two of the same name: the other would be checked against the wrong types.
    document = json.loads((ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8"))
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values() if "operationId" in operation]

    assert len(ids) > 100
    assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)


def test_the_page_of_the_api_and_its_description_name_the_same_calls() -> None:
    described = json.loads((ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8"))["paths"]
    listed = re.findall(r"^\| `([A-Z]+) (/api/v1/[^`]+)`", (ROOT / "docs/reference/api.md").read_text(encoding="utf-8"), re.MULTILINE)

    # The description does not describe itself.
    assert {f"{method.upper()} {path}" for path, operations in described.items() for method in operations} == {
        f"{method} {path}" for method, path in listed if path != "/api/v1/openapi.json"
    }
