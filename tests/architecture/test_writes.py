"""Rows change in verb modules only: what reads, shows or speaks HTTP writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .sources import BOX, ENGINE, calls, python_files, shown, strings

# `delete`, `update` and `insert` are also words of dicts and lists, so those count only when a query is made of them.
ALWAYS_WRITES = {"create", "insert_many", "bulk_create", "bulk_update", "delete_instance", "get_or_create", "save", "run_many"}
QUERY_WORDS = {"insert", "update", "delete", "replace"}
SQL_WRITE = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|MERGE\s+INTO)\b", re.IGNORECASE)
READERS = {"read.py", "views.py", "visibility.py"}


def readers() -> Iterator[Path]:
    for path in python_files(ENGINE):
        if path.name in READERS or path.name.startswith("read_"):
            yield path


def table_names() -> set[str]:
    """The classes of every models.py: `Message.update(...)` is a write, `cache.update(...)` is not."""
    names: set[str] = set()
    for path in python_files(ENGINE):
        if path.name == "models.py":
            names |= set(re.findall(r"^class (\w+)\(BaseModel\)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return names


def writes(path: Path) -> list[str]:
    """What in this file changes rows."""
    tables = table_names()
    found = [f"line {call.lineno}: .{name}()" for name, call in calls(path) if name in ALWAYS_WRITES]
    for name, call in calls(path):
        owner = getattr(getattr(call.func, "value", None), "id", None)
        if name in QUERY_WORDS and owner in tables:
            found.append(f"line {call.lineno}: {owner}.{name}()")
    found += [f"line {text.lineno}: {text.value.strip()[:30]}" for text in strings(path) if SQL_WRITE.match(text.value)]
    return found


def test_what_reads_does_not_write() -> None:
    checked = list(readers())

    found = {shown(path): changed for path in checked if (changed := writes(path))}

    assert checked, "no read.py anywhere: the names of the readers have changed"
    assert not found


def test_the_web_writes_nothing() -> None:
    found = {shown(path): changed for path in python_files(BOX / "web") if (changed := writes(path))}

    assert not found


@pytest.mark.parametrize(
    "line",
    [
        'sql.run("INSERT INTO message (id) VALUES (?)", (1,))',
        'sql.run(f"UPDATE message SET state = {x}")',
        "Message.update(state=1).execute()",
        "Message.create(id=1)",
    ],
)
def test_the_search_for_writes_finds_them(line: str, tmp_path: Path) -> None:
    source = tmp_path / "read.py"
    source.write_text(line)

    assert writes(source)
