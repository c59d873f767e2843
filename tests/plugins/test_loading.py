"""Plugins are found, loaded and taken back; one that is broken is reported and everything else goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.plugins.conftest import NODE, Write, load, manifest
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.plugins import reports
from wablast_box.engine.flows.registry import describe_all, find_type
from wablast_box.plugins import folder as folders
from wablast_box.plugins.loader import load_plugins, unload_plugins
from wablast_box.plugins.testing import play_flow

pytestmark = pytest.mark.feature("AP-10")

GRAPH = {
    "nodes": [
        {"id": "start", "type": "start", "version": 1, "data": {"triggers": [{"id": "t", "kind": "any_message"}]}},
        {"id": "loud", "type": "hello.shout", "version": 1, "data": {"text": "hello {{contact.first_name}}"}},
    ],
    "edges": [{"from": "start", "output": "next", "to": "loud"}],
    "layout": {},
}


def test_a_node_of_a_plugin_stands_in_the_palette_and_answers(data: Path, write: Write) -> None:
    write("hello")

    found = load(data)["hello"]
    played = play_flow(GRAPH, contact={"name": "Kabir Khan"})

    assert (found.state, found.nodes, found.error) == ("loaded", ("hello.shout",), None)
    assert "hello.shout" in [one["type"] for one in describe_all()]
    assert played.texts == ["HELLO KABIR"]
    assert problems_of(GRAPH) == []


def test_a_flow_keeps_the_nodes_of_a_plugin_that_is_gone_and_says_so(data: Path, write: Write) -> None:
    write("hello")
    load(data)
    unload_plugins()

    wrong = problems_of(GRAPH)
    played = play_flow(GRAPH)

    assert [(one.node_id, one.code) for one in wrong] == [("loud", "unknown_node_type")]
    assert "hello.shout" in wrong[0].message
    assert played.state == "failed" and "hello.shout" in (played.reason or "")


def test_a_single_module_is_a_plugin_too(data: Path, write: Write) -> None:
    (write("hello", None) / "hello.py").write_text("from wablast_box.plugins.api import API_VERSION\ndef register(box): assert API_VERSION == 1\n")

    assert load(data)["hello"].state == "loaded"


def test_modules_of_plugins_cannot_stand_in_front_of_others(data: Path, write: Write) -> None:
    write("json", NODE)

    found = load(data)["json"]
    import json

    assert found.state == "loaded"
    assert json.dumps({}) == "{}"


BROKEN = {
    "it raises": ("raise ValueError('no milk')", "ValueError: no milk (__init__.py, line 1)"),
    "it leaves": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "no Python": ("def register(box:", "SyntaxError"),
    "no register": ("x = 1", "It has no function register(box)."),
    "register raises": ("def register(box): 1 / 0", "ZeroDivisionError"),
    "register leaves": ("def register(box): raise SystemExit", "SystemExit"),
    "not there": ("import a_module_that_is_not_there", "ModuleNotFoundError"),
    "no node": ("def register(box): box.add_node(dict)", "is no node type"),
    "unknown event": ("def register(box): box.listen(dict, print)", "A plugin listens to one of"),
    "a nameless listener": (
        "from wablast_box.plugins.api import FlowFailed\ndef register(box): box.listen(FlowFailed, lambda event: None)",
        "a function with a name",
    ),
}


@pytest.mark.parametrize(("code", "words"), BROKEN.values(), ids=BROKEN)
def test_a_plugin_that_breaks_is_reported_and_the_next_one_works(data: Path, write: Write, code: str, words: str) -> None:
    write("broken", code)
    write("hello")

    found = load(data)

    assert found["broken"].state == "broken"
    assert words in (found["broken"].error or "")
    assert found["hello"].state == "loaded"


MANIFESTS = {
    "none": (None, "There is no plugin.toml."),
    "no TOML": ("id = ", "cannot be read"),
    "another API": (manifest("hello", api=2), "made for plugin API 2; this box has 1"),
    "no version": ('id = "hello"\nname = "Hello"\napi = 1\n', "version is missing"),
    "a bad id": (manifest("Hello There"), "id is 2 to 31 small letters"),
    "an id that leads elsewhere": (manifest("../../etc"), "id is 2 to 31 small letters"),
    "a package elsewhere": (manifest("hello", package="../other"), "package is the name of a module"),
    "a package below": (manifest("hello", package="os.path"), "package is the name of a module"),
    "a package that is not there": (manifest("hello", package="elsewhere"), "neither elsewhere/__init__.py nor elsewhere.py"),
    "a word too many": (manifest("hello", prise=1), "“prise” means nothing"),
    "a flag for a number": ('id = "hello"\nname = "Hello"\nversion = "1"\napi = true\n', "api is a number"),
    "too long": ("# " + "x" * 70_000, "larger than 64 kB"),
}


@pytest.mark.parametrize(("toml", "words"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_cannot_be_used_says_why(data: Path, write: Write, toml: str | None, words: str) -> None:
    folder = write("hello", toml=toml or "")
    if toml is None:
        (folder / "plugin.toml").unlink()

    found = list(load(data).values())

    assert [one.state for one in found] == ["broken"]
    assert words in (found[0].error or "")


def test_all_that_a_plugin_added_is_taken_back_when_it_fails_half_way(data: Path, write: Write) -> None:
    write("hello", NODE + "        raise RuntimeError('half way')\n")

    assert load(data)["hello"].state == "broken"
    assert find_type("hello.shout") is None


def test_of_two_plugins_with_one_id_the_first_stays(data: Path, write: Write) -> None:
    write("hello")
    write("other", NODE, toml=manifest("hello", package="other"))
    write("handy")

    found = load_plugins(data)

    assert [(one.source, one.state) for one in found if one.id == "hello"] == [("folder", "loaded"), ("folder", "broken")]
    assert [(one.source, one.state) for one in found if one.id == "handy"] == [("bundled", "loaded"), ("folder", "broken")]
    assert find_type("hello.shout") is not None and find_type("handy.gst") is not None


@pytest.mark.parametrize("where", ["plugin.toml", "hello/secret.py", "hello/deep"])
def test_links_that_lead_outside_are_refused(data: Path, write: Write, tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "plugin.toml").write_text(manifest("hello"))
    folder = write("hello")
    (folder / where).unlink(missing_ok=True)
    (folder / where).symlink_to(outside / "plugin.toml" if where.endswith("toml") else outside)

    found = load(data)["hello"]

    assert found.state == "broken" and "leads out of the plugin's folder" in (found.error or "")


def test_a_plugin_that_is_itself_a_link_is_refused(data: Path, write: Write, tmp_path: Path) -> None:
    write("hello").rename(tmp_path / "elsewhere")
    (data / "plugins" / "hello").symlink_to(tmp_path / "elsewhere")

    found = load(data)["hello"]

    assert found.state == "broken" and "copy the folder itself" in (found.error or "")


def test_what_is_huge_is_refused_before_it_is_read(data: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    with (write("heavy") / "film.bin").open("wb") as film:
        film.truncate(folders.LARGEST + 1)
    crowded = write("crowded")
    monkeypatch.setattr(folders, "MOST_FILES", 10)
    for number in range(20):
        (crowded / f"{number}.txt").touch()

    found = load(data)

    assert all(found[name].state == "broken" and "larger than" in (found[name].error or "") for name in ("heavy", "crowded"))


@pytest.mark.skipif(os.name != "posix", reason="the bits are of POSIX")
def test_what_everybody_on_the_machine_can_change_is_not_run(data: Path, write: Write) -> None:
    folder = write("hello")
    (folder / "hello" / "__init__.py").chmod(0o666)
    os.mkfifo(write("pipes") / "pipe")

    found = load(data)

    assert "can be changed by everybody" in (found["hello"].error or "")
    assert "no plain file" in (found["pipes"].error or "")


def test_a_plugin_that_took_the_box_down_is_left_out_until_it_changes(data: Path, write: Write) -> None:
    init = write("hello") / "hello" / "__init__.py"
    digest = load(data)["hello"].digest
    assert digest
    # What the box finds when it ended in the middle of loading this one.
    (data / "plugins" / ".loading").write_text(digest)

    after = load(data)["hello"]
    again = load(data)["hello"]
    init.write_text(init.read_text() + "\n# mended\n")
    mended = load(data)["hello"]

    assert [after.state, again.state, mended.state] == ["broken", "broken", "loaded"]
    assert "The box ended while it was loaded" in (after.error or "")


def test_in_safe_mode_no_code_of_a_plugin_runs(data: Path, write: Write) -> None:
    write("hello", "raise SystemExit('it ran')")

    found = load_plugins(data, safe_mode=True)

    assert {one.state for one in found} == {"off"}
    assert {"hello", "handy", "flow_watch"} <= {one.id for one in found}
    assert find_type("handy.gst") is None
    assert reports() == found
