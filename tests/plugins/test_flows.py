"""A plugin's node answers real customers; when the plugin is gone, the draft stays and a person has the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.plugins.conftest import Write, load
from wablast_box.engine.events.models import Event
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.plugins.loader import load_plugins, unload_plugins

pytestmark = pytest.mark.feature("AP-10")


def drawn() -> dict[str, object]:
    return graph(node("loud", "hello.shout", text="welcome"), edges="start>loud")


def test_a_customer_is_answered_by_a_node_of_a_plugin(box: Path, data: Path, write: Write) -> None:
    write("hello")
    load(data)
    shop = Shop()
    shop.on(drawn())

    shop.hears("hi")

    assert shop.said() == ["WELCOME"]


def test_without_its_plugin_a_published_flow_hands_over_to_a_person(box: Path, data: Path, write: Write) -> None:
    write("hello")
    load(data)
    shop = Shop()
    shop.on(drawn())
    unload_plugins()

    conversation_id = shop.hears("hi")

    assert shop.said() == []
    assert shop.session().state == "failed" and "hello.shout" in shop.session().reason
    assert Event.select().where((Event.name == "flow.failed") & (Event.conversation_id == conversation_id)).count() == 1


def test_without_its_plugin_a_draft_is_kept_as_it_was_drawn_and_says_what_is_missing(box: Path, data: Path, write: Write) -> None:
    shop = Shop()
    made = flows.create_flow("Welcome", drawn(), shop.asha)

    saved = flows.save_draft(int(made["id"]), {**drawn(), "notes": []}, shop.asha)

    assert [(one["node_id"], one["code"]) for one in saved["problems"]] == [("loud", "unknown_node_type")]
    assert flow_of(int(made["id"])).draft_json["nodes"][1]["data"] == {"text": "welcome"}
    write("hello")
    load(data)
    assert talk.problems(int(made["id"])) == []


def test_why_a_step_is_unknown_and_what_brings_it_back_is_said(data: Path, write: Write) -> None:
    def said() -> str:
        return next(one.message for one in problems_of(drawn()) if one.code == "unknown_node_type")

    assert said() == "There is no node type “hello.shout” here: install the plugin it comes from."
    folder = write("hello")
    load_plugins(data, safe_mode=True)
    assert said() == "The plugin “hello” of this step is off: start the box without --safe-mode."
    code = folder / "hello" / "__init__.py"
    code.write_text(code.read_text().replace('"shout"', '"whisper"'))
    load_plugins(data)
    assert said() == "The plugin “hello” has no step “shout” any more: choose another one, or put its former version back."
    code.write_text("def register(box): box.no_door()")
    load_plugins(data)
    assert said() == "The plugin “hello” of this step could not be loaded: “wablast-box plugins list” says why."
