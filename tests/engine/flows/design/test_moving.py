"""A flow moves from box to box: nothing of one box goes with it, and what it needs is found by name in the other."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.engine.flows.talk import Shop, graph, node
from tests.patience import BUSY
from tests.people import add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.flows.design import flows
from wablast_box.engine.flows.design.problems import problems_of
from wablast_box.engine.flows.design.publish import publish, restore, version
from wablast_box.engine.flows.design.secrets import put_secret
from wablast_box.engine.flows.models import Flow
from wablast_box.engine.flows.moving.out import export_flow
from wablast_box.engine.flows.moving.taking import import_flow
from wablast_box.engine.flows.rehearsal import talk
from wablast_box.engine.team.models import Team
from wablast_box.engine.team.roles import Role
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.errors import BoxError, Invalid

KEY = "sk-live-51HxQ8zR"


def team(name: str) -> str:
    return str(Team.create(id=ids.new_id(), name=name, created_at=now()).id)


def drawn_by(shop: Shop) -> int:
    """A flow with everything that is this box's own."""
    ravi, sales = add_person(Role.AGENT, name="Ravi", email="ravi@example.com"), team("Sales")
    other = flows.create_flow("Prices", None, shop.asha)["id"]
    put_secret("crm_key", KEY, ["api.example.com"], by=shop.asha)
    drawn = graph(
        node("give", "assign", user=str(ravi.id), team=sales),
        node("go", "go_to_flow", flow=other),
        node("pick", "ask_picture", question="Which?", pictures=[{"id": "a", "title": "Blue", "media": "12345"}]),
        node(
            "crm", "http_request", url="https://api.example.com/x?api_key=" + KEY + "&q={{message.text}}&token={{secret.crm_key}}",
            headers={"Authorization": "Bearer " + KEY, "X-Api-Key": "{{secret.crm_key}}", "Accept": "text/plain"},
        ),
        edges="start>give give>go go>pick pick>crm",
    ) | {"notes": [{"id": "s1", "x": 1, "y": 2, "width": 200, "height": 100, "text": "Ask Ravi", "color": "yellow"}], "groups": []}  # fmt: skip
    return int(flows.create_flow("Orders", drawn, shop.asha)["id"])


def imported(shop: Shop, file: Any, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    told = import_flow(json.loads(json.dumps(file)), shop.asha, **options)
    return told, flows.flow_of(int(told["id"])).draft_json


def data(drawn: dict[str, Any], number: str) -> dict[str, Any]:
    return next(one["data"] for one in drawn["nodes"] if one["id"] == number)


@pytest.mark.feature("FE-25")
def test_a_file_holds_no_id_and_no_credential_of_this_box(shop: Shop) -> None:
    number = drawn_by(shop)
    file = export_flow(number)
    text = json.dumps(file)

    assert KEY not in text and "12345" not in text
    assert not [row for row in data(flows.flow_of(number).draft_json, "give").values() if row in text]
    assert [(one["node"], one["field"], one["kind"], one["name"]) for one in file["references"]] == [
        ("give", "user", "user", "Ravi"), ("give", "team", "team", "Sales"), ("go", "flow", "flow", "Prices"), ("pick", "pictures.0.media", "media", None),
    ]  # fmt: skip
    assert data(file, "crm")["url"] == "https://api.example.com/x?api_key=&q={{message.text}}&token={{secret.crm_key}}"
    assert data(file, "crm")["headers"] == {"Authorization": "", "X-Api-Key": "{{secret.crm_key}}", "Accept": "text/plain"}
    assert file["secrets"] == ["crm_key"]
    assert [(one["node_id"], one["field"]) for one in file["left_out"]] == [("crm", "headers.Authorization"), ("crm", "url")]


@pytest.mark.feature("FE-25")
def test_what_is_called_the_same_is_found_again(shop: Shop) -> None:
    number = drawn_by(shop)
    before = flows.flow_of(number).draft_json
    told, drawn = imported(shop, export_flow(number), name="Again")

    assert (told["name"], Flow.get_by_id(int(told["id"])).is_on) == ("Again", False)
    assert (data(drawn, "give"), data(drawn, "go")) == (data(before, "give"), data(before, "go"))
    assert [(one["node_id"], one["field"], one["name"]) for one in told["mapped"]] == [
        ("give", "user", "Ravi"), ("give", "team", "Sales"), ("go", "flow", "Prices"),
    ]  # fmt: skip
    assert AuditEntry.select().where(AuditEntry.action == "flow.imported").count() == 1


@pytest.mark.feature("FE-25")
def test_what_is_not_here_or_here_twice_is_a_problem(shop: Shop) -> None:
    file = export_flow(drawn_by(shop))
    Team.delete().execute()
    add_person(Role.AGENT, name=" ravi ", email="ravi2@example.com")
    file["nodes"] = json.loads(json.dumps(file["nodes"]).replace("crm_key", "other_key"))
    told, drawn = imported(shop, file)

    codes = {(one["node_id"], one["field"], one["code"], one["severity"]) for one in told["problems"]}
    assert {
        ("give", "user", "unknown_user", "warning"),
        ("give", "team", "unknown_team", "warning"),
        ("crm", None, "unknown_secret", "error"),
    } <= codes
    assert data(drawn, "give") == {}


@pytest.mark.feature("FE-25")
def test_ids_of_another_box_are_taken_out_though_somebody_here_has_them(shop: Shop) -> None:
    ravi = add_person(Role.AGENT, name="Ravi", email="ravi@example.com")
    file = graph(node("give", "assign", user=str(ravi.id)), edges="start>give")
    told, drawn = imported(shop, {"graph": file, "name": "Bare"})

    assert (told["name"], data(drawn, "give")) == ("Bare", {})
    assert told["stripped"] == [{"node_id": "give", "field": "user", "kind": "user", "name": None}]


@pytest.mark.feature("FE-25")
def test_a_reference_fills_only_a_field_that_is_for_it(shop: Shop) -> None:
    add_person(Role.AGENT, name="Ravi", email="ravi@example.com")
    file = graph(node("say", "send_message", text="hi"), node("give", "assign"), edges="start>say say>give")
    names = ("text", "user", "__proto__", "constructor.prototype", "team", "pictures.0.media", "pictures.x")
    file["references"] = [
        {"node": number, "field": name, "kind": "user", "name": "Ravi"} for number in ("say", "give", "gone") for name in names
    ]
    file["references"] += [7, {"node": 1}, {"node": "give", "field": "user", "kind": "secret", "name": "crm_key"}]
    told, drawn = imported(shop, file)

    assert [(one["node_id"], one["field"]) for one in told["mapped"]] == [("give", "user")]
    assert data(drawn, "say") == {"text": "hi"}


@pytest.mark.feature("FE-25")
def test_steps_of_unknown_kinds_stay_as_they_are(shop: Shop) -> None:
    strange = {
        "id": "x",
        "type": "moon.landing",
        "version": 9,
        "data": {"user": "77", "__proto__": {"a": 1}, "constructor": "c"},
        "colour": "red",
    }
    told, drawn = imported(shop, {"nodes": [{"id": "start", "type": "start", "data": {}}, strange], "edges": []})

    assert drawn["nodes"][1] == strange
    assert [one["code"] for one in told["problems"] if one["node_id"] == "x"] == ["unknown_node_type", "unreachable"]


@pytest.mark.feature("FE-25")
def test_code_comes_switched_off_and_is_to_be_read(shop: Shop) -> None:
    file = graph(node("run", "code", code="return 1"), edges="start>run")
    told, drawn = imported(shop, file)

    assert next(one for one in drawn["nodes"] if one["id"] == "run")["disabled"] is True
    assert ("run", "review_code", "warning") in [(one["node_id"], one["code"], one["severity"]) for one in told["problems"]]
    assert "review_code" in [one.code for one in talk.problems(int(told["id"]))]
    drawn["nodes"][1]["disabled"] = False
    assert "review_code" not in [one.code for one in problems_of(drawn)]


def circle(count: int) -> dict[str, Any]:
    nodes = [{"id": f"n{at}", "type": "send_message", "data": {"text": "x"}} for at in range(count)]
    return {"nodes": nodes, "edges": [{"from": f"n{at}", "output": "next", "to": f"n{(at + 1) % count}"} for at in range(count)]}


HOSTILE = {
    "100,000 nodes": circle(100_000),
    "100,000 edges": {"nodes": [], "edges": [{"from": "a", "output": str(at), "to": "b"} for at in range(100_000)]},
    "a huge text": {"nodes": [{"id": "start", "type": "start", "data": {"x": "y" * 3_000_000}}], "edges": []},
    "no object": ["nodes"], "nothing": {}, "nodes that are none": {"nodes": [1, None], "edges": []}, "a text": "flow",
    "the same id twice": {"nodes": [{"id": "a", "type": "end"}] * 2, "edges": []},
    "an edge into nothing": {"nodes": [], "edges": [{}]},
}  # fmt: skip


@pytest.mark.feature("FE-25")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_in_words(shop: Shop, name: str) -> None:
    began = time.perf_counter()
    with pytest.raises(Invalid) as refused:
        import_flow(HOSTILE[name], shop.asha)

    assert time.perf_counter() - began < 0.5 * BUSY
    assert refused.value.message and "Traceback" not in refused.value.message
    assert Flow.select().count() == 0


@pytest.mark.feature("FE-25")
def test_a_circle_of_a_thousand_steps_is_taken_in_time(shop: Shop) -> None:
    began = time.perf_counter()
    told, _ = imported(shop, circle(1000))

    assert time.perf_counter() - began < 2 * BUSY
    assert "no_start" in [one["code"] for one in told["problems"]]


@pytest.mark.feature("FE-25")
@pytest.mark.parametrize("name", ["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"])
def test_names_of_browsers_own_are_words_like_others(shop: Shop, name: str) -> None:
    file = graph(
        node("ask", "send_buttons", text="hi", buttons=[{"id": name, "title": "Yes"}], **{name: {name: 1}}),
        node(name, "send_message", text="{{" + name + "}}{{contact." + name + ".x}}!"), edges=f"start>ask ask.{name}>{name}",
    ) | {name: {"polluted": True}, "layout": {name: {"x": 1, "y": 1}}}  # fmt: skip
    told, drawn = imported(shop, file)
    played = talk.simulate(int(told["id"]), ["hi", {"reply_id": name}])

    assert drawn[name] == {"polluted": True} and data(drawn, "ask")[name] == {name: 1}
    assert [one["message"]["type"] for one in played["replies"]] == ["interactive", "text"]
    assert played["replies"][1]["message"]["text"]["body"] == "!"


@pytest.mark.feature("FE-03")
def test_what_a_draft_names_and_is_not_here_is_said(shop: Shop) -> None:
    drawn = graph(
        node("give", "assign", team="123"), node("tmpl", "send_template", name="diwali"), node("field", "update_contact_field", field="Size", value="x"),
        node("ask", "http_request", url="https://a.example.com", headers={"K": "{{secret.gone}}"}), edges="start>give give>tmpl tmpl>field field>ask",
    )  # fmt: skip
    made = int(flows.create_flow("Missing", drawn, shop.asha)["id"])
    found = {(one.node_id, one.field, one.code, one.severity) for one in talk.problems(made) if one.code.startswith("unknown_")}

    assert found == {
        ("give", "team", "unknown_team", "warning"), ("tmpl", "name", "unknown_template", "warning"),
        ("field", "field", "unknown_contact_field", "warning"), ("ask", None, "unknown_secret", "error"),
    }  # fmt: skip
    saved = flows.save_draft(made, drawn | {"notes": []}, shop.asha)["problems"]
    assert {one["code"] for one in saved} >= {"unknown_team", "unknown_template", "unknown_contact_field", "unknown_secret"}
    with pytest.raises(BoxError) as refused:
        publish(made, shop.asha)
    assert "gone" in refused.value.message


@pytest.mark.feature("FN-62")
def test_sticky_notes_stay_through_saving_publishing_and_moving(shop: Shop) -> None:
    note = {"id": "s1", "x": 10, "y": -20, "width": 220, "height": 120, "text": "नमस्ते – ask Ravi 🙏", "color": "yellow"}
    drawn = graph(node("say", "send_message", text="hi"), edges="start>say") | {"notes": [note]}
    made = shop.on(drawn)
    flows.save_draft(made, drawn | {"notes": [note | {"text": "other"}]}, shop.asha)
    assert version(made, 1)["graph"]["notes"] == [note]
    assert restore(made, 1, shop.asha)["graph"]["notes"] == [note]
    assert export_flow(made)["notes"] == [note]
    assert imported(shop, export_flow(made))[1]["notes"] == [note]
    shop.hears("hi")
    assert shop.said() == ["hi"]
