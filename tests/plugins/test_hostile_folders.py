"""Folders that nobody should run: each is refused in words before anything in it is read to its end, and the others are loaded."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.patience import BUSY
from tests.plugins.conftest import Write, load
from wablast_box.plugins import folder as folders
from wablast_box.plugins import found

pytestmark = pytest.mark.feature("AP-10")
posix = pytest.mark.skipif(os.name != "posix", reason="there is nothing like it on Windows")


def errors(data: Path) -> dict[str, str | None]:
    return {name: one.error for name, one in load(data).items()}


@posix
def test_a_pipe_is_not_waited_for(data: Path, write: Write) -> None:
    write("good")
    os.mkfifo(write("pipe") / "pipe" / "data.txt")
    began = time.perf_counter()
    told = load(data)

    assert time.perf_counter() - began < 2 * BUSY
    assert (told["pipe"].state, told["good"].state) == ("broken", "loaded")
    assert "no plain file" in (told["pipe"].error or "")


@posix
@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "/proc/self/mem", "../../../secrets.key"])
def test_a_manifest_that_is_a_link_to_elsewhere_is_not_read(data: Path, write: Write, target: str) -> None:
    (data / "secrets.key").write_text('id = "stolen"\n')
    folder = write("linked")
    (folder / "plugin.toml").unlink()
    (folder / "plugin.toml").symlink_to(target)

    error = next(iter(errors(data).values())) or ""
    assert "leads out" in error and "stolen" not in error and "root:" not in error


@posix
def test_a_file_of_many_gigabytes_is_refused_by_its_size_alone(data: Path, write: Write) -> None:
    with (write("huge") / "huge" / "data.bin").open("wb") as file:
        file.truncate(20 * 2**30)
    began = time.perf_counter()

    assert "larger than 20 MB" in (errors(data)["huge"] or "")
    assert time.perf_counter() - began < 2 * BUSY


def test_thousands_of_files_and_of_folders_have_an_end(data: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 50)
    many = write("many")
    for at in range(60):
        (many / f"f{at}").write_text("")
    for at in range(found.MOST_FOLDERS + 20):
        (data / "plugins" / f"x{at:04}").mkdir()
    told = load(data)

    assert "larger than" in (told["many"].error or "")
    assert len(told) <= found.MOST_FOLDERS


@pytest.mark.parametrize("package", ["../evil", "..", "/tmp/evil", "a/b", "a.b", "os", "", "C:\\\\evil", "evil\\u0000"])
def test_no_name_of_a_package_is_a_way_to_somewhere_else(data: Path, write: Write, package: str) -> None:
    """`os` is a name like others: it is looked for in the plugin's own folder, and there is none."""
    (data / "evil.py").write_text("raise SystemExit('this ran')")
    (data / "plugins" / "evil.py").write_text("raise SystemExit('this ran')")
    write("hello", toml=f'id = "hello"\nname = "Hello"\nversion = "1"\napi = 1\npackage = "{package}"\n')

    told = next(iter(load(data).values()))
    assert told.state == "broken" and "this ran" not in (told.error or "")


def test_what_was_tampered_with_has_another_digest(data: Path, write: Write) -> None:
    folder = write("hello")
    before = load(data)["hello"].digest
    code = folder / "hello" / "__init__.py"
    code.write_text(code.read_text().replace("upper()", "lower()"))

    assert folders.checked_folder(folder) != before


@posix
def test_a_link_that_goes_round_in_circles_is_refused(data: Path, write: Write) -> None:
    folder = write("round")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    write("good")
    began = time.perf_counter()
    told = load(data)

    assert time.perf_counter() - began < 2 * BUSY
    assert told["good"].state == "loaded" and told["round"].state in ("loaded", "broken")
