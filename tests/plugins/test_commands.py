"""`wablast-box plugins new|check|list`, as somebody types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.conftest import Write, load
from tests.process.conftest import clean_environment, command

pytestmark = pytest.mark.feature("AP-10")


def own_tests(where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=where, env=clean_environment(), capture_output=True, text=True, timeout=120, check=False
    )


def test_a_new_plugin_passes_its_own_tests_its_check_and_is_loaded(data: Path) -> None:
    made = command("plugins", "new", "hello", "--into", str(data / "plugins"))
    folder = data / "plugins" / "hello"
    tested = own_tests(folder)
    checked = command("plugins", "check", str(folder))
    listed = command("plugins", "list", "--data", str(data))

    assert made.returncode == 0, made.stderr
    assert tested.returncode == 0 and "5 passed" in tested.stdout, tested.stdout
    assert (checked.returncode, checked.stdout) == (0, "hello 0.1.0 is fine: nodes hello.greet.\n"), checked.stderr
    assert [line.split()[:4] for line in listed.stdout.splitlines() if line.startswith("hello")] == [["hello", "0.1.0", "folder", "loaded"]]
    assert load(data)["hello"].nodes == ("hello.greet",)


@pytest.mark.parametrize("name", ["../evil", "a", "1st", "json", "class", "tests", "x" * 40, "hello world"])
def test_a_name_that_no_plugin_can_have_is_refused(data: Path, name: str) -> None:
    done = command("plugins", "new", name, "--into", str(data / "plugins"))

    assert done.returncode == 2
    assert "is no name for a plugin" in done.stderr or "Python itself uses" in done.stderr
    assert list((data / "plugins").iterdir()) == []


def test_the_name_of_a_plugin_of_the_box_is_taken(data: Path, write: Write) -> None:
    made = command("plugins", "new", "handy", "--into", str(data))
    folder = write("handy")
    checked = command("plugins", "check", str(folder))

    assert (made.returncode, "“handy” is a plugin that comes with the box." in made.stderr) == (2, True)
    assert (checked.returncode, "give this one another id" in checked.stdout) == (1, True)
    assert "It comes with the box: give this one another id." in command("plugins", "list", "--data", str(data)).stdout


def test_nothing_that_is_there_is_written_over(data: Path, write: Write) -> None:
    write("hello")

    done = command("plugins", "new", "hello", "--into", str(data / "plugins"))

    assert done.returncode == 1 and "There is something at" in done.stderr


def test_a_check_names_everything_that_is_wrong(data: Path) -> None:
    command("plugins", "new", "hello", "--into", str(data))
    folder = data / "hello"
    (folder / "pyproject.toml").write_text('[project]\nname = "hello"\nversion = "0.2.0"\n')
    nodes = folder / "hello" / "nodes.py"
    nodes.write_text(nodes.read_text() + "\n\nfrom wablast_box.lib import db\nfrom wablast_box.plugins import loader\n")

    done = command("plugins", "check", str(folder))

    assert done.returncode == 1
    assert "it imports wablast_box.lib." in done.stdout and "it imports wablast_box.plugins.loader." in done.stdout
    assert 'hello = "hello:register"' in done.stdout
    assert "pyproject.toml says version 0.2.0, plugin.toml says 0.1.0." in done.stdout


def test_a_check_of_what_breaks_names_the_line(data: Path, write: Write) -> None:
    broken = write("broken", "def register(box):\n    box.add_nodes()\n")
    idle = write("idle", "def register(box): pass\n")

    first, second = command("plugins", "check", str(broken)), command("plugins", "check", str(idle))
    both = command("plugins", "check", str(data / "plugins"))
    listed = command("plugins", "list", "--data", str(data))

    assert "AttributeError" in first.stdout and "(__init__.py, line 2)" in first.stdout and first.returncode == 1
    assert "It adds nothing" in second.stdout and second.returncode == 1
    assert both.stdout == first.stdout + second.stdout
    assert listed.returncode == 0 and "AttributeError" in listed.stdout and "Traceback" not in listed.stderr
    assert command("plugins", "check", str(data / "nowhere")).returncode == 1
