"""Every recorded webhook has an expected outcome: our own recordings here, public ones where their folder is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from meta_describe import describe

from wablast_box.engine.meta.payloads.envelope import parse_body
from wablast_box.engine.meta.payloads.items import UnknownField, Unreadable

HERE = Path(__file__).parent
OURS: dict[str, list[str]] = json.loads((HERE / "expected" / "ours.json").read_text())
PUBLIC: dict[str, list[str]] = json.loads((HERE / "expected" / "public.json").read_text())


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_recording_is_read_as_its_table_says(name: str) -> None:
    raw = (HERE / name).read_bytes()

    found = describe(parse_body(raw))

    assert found == OURS[name]


def test_each_of_our_recordings_has_a_row_in_the_table() -> None:
    files = {file.name for file in HERE.glob("*.json")}

    assert files == set(OURS)


@pytest.mark.feature("CN-21")
def test_every_public_payload_is_read_as_its_table_says(meta_payloads: Path) -> None:
    files = {file.name: file.read_bytes() for file in meta_payloads.glob("*.json")}

    found = {name: describe(parse_body(raw)) for name, raw in files.items()}

    assert len(found) >= 180, "needs the whole folder"
    assert found == PUBLIC


def test_no_public_payload_is_refused_or_unknown(meta_payloads: Path) -> None:
    items = [item for file in meta_payloads.glob("*.json") for item in parse_body(file.read_bytes()).items]

    refused = [item for item in items if isinstance(item, Unreadable | UnknownField)]

    assert items, "needs payloads"
    assert refused == []
