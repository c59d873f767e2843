"""Flows over HTTP, from the first drawing to the last session."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.engine.flows.talk import graph, node
from tests.engine.inbox.meta import body, delivers, text
from tests.web.browser import Browser, code_of
from wablast_box.engine.flows.keeping import sessions, triggers, turns
from wablast_box.engine.flows.running import listen
from wablast_box.engine.flows.running.converse import take_turn
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.models import Message

FLOWS = "/api/v1/flows"
NAME = graph(
    node("ask", "ask_text", question="What is your name?", save_as="their_name"),
    node("greet", "send_message", text="Hello {{their_name}}!"),
    edges="start>ask ask>greet ask.invalid>greet",
)
BROKEN = graph(node("greet", "send_message"), edges="start>greet greet>gone")


@pytest.fixture(autouse=True)
def no_triggers() -> None:
    """Those of the last test's box are forgotten."""
    triggers.forget()
    sessions.forget()


def draws(browser: Browser, drawn: Any = NAME, name: str = "Welcome") -> str:
    answer = browser.post(FLOWS, {"name": name, "graph": drawn})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def writes(words: str, wamid: str) -> None:
    """Kabir writes, and what answers is played."""
    delivers(body(text(words, wamid=wamid, timestamp=str(int(time.time())))))
    row = Message.get(Message.wamid == wamid)
    listen.hear(MessageReceived(row.id, row.conversation.id, row.type))
    while (turn := turns.take()) is not None:
        take_turn(turn)


def test_a_new_flow_has_a_start_and_is_off(asha: Browser) -> None:
    made = asha.post(FLOWS, {"name": "  My   flow "}).json()
    assert (made["name"], made["is_on"], made["revision"], made["published"], made["has_changes"]) == ("My flow", False, 1, None, True)
    assert [one["type"] for one in made["graph"]["nodes"]] == ["start"]
    assert asha.get(f"{FLOWS}/{made['id']}").json() == made
    assert [one["id"] for one in asha.get(FLOWS).json()["items"]] == [made["id"]]


@pytest.mark.feature("FE-25")
def test_a_flow_goes_out_and_comes_in_again_as_it_was(asha: Browser) -> None:
    strange = NAME | {"notes": [{"id": "s1", "text": "नमस्ते 🙏"}], "made_by": {"__proto__": "another box", "constructor": 1}}
    out = asha.get(f"{FLOWS}/{draws(asha, strange)}").json()["graph"]
    assert out == strange
    again = draws(asha, json.loads(json.dumps(out)), "Copy")
    assert asha.get(f"{FLOWS}/{again}").json()["graph"] == strange


@pytest.mark.feature("FE-25")
def test_the_gallery_is_shown_and_a_starter_is_taken(asha: Browser, ravi: Browser) -> None:
    shown = ravi.get("/api/v1/flow-starters").json()
    assert (len(shown["items"]), shown["next_cursor"]) == (11, None)
    first = shown["items"][0]
    number = draws(asha, first["graph"], first["name"])
    assert asha.post(f"{FLOWS}/{number}/publish", {}).json()["is_on"]


@pytest.mark.feature("FE-25")
@pytest.mark.parametrize(
    "drawn",
    [
        [], "graph", 7, {}, {"nodes": []}, {"nodes": {}, "edges": []}, {"nodes": [7], "edges": []}, {"nodes": [{"id": 1}], "edges": []},
        {"nodes": [], "edges": [{"from": "a"}]}, {"nodes": [], "edges": [], "layout": []}, {"nodes": [{"id": "a", "type": "x" * 101}], "edges": []},
        {"nodes": [{"id": str(at), "type": "end"} for at in range(1001)], "edges": []},
        {"nodes": [{"id": str(at), "type": "end"} for at in range(100_000)], "edges": []},
        {"nodes": [{"id": "a", "type": "end", "data": {"x": "y" * 3_000_000}}], "edges": []},
        {"nodes": [{"id": "a", "type": "end", "version": "1"}], "edges": []},
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused_in_words(asha: Browser, drawn: Any) -> None:
    number = draws(asha)
    for answer in (asha.post(FLOWS, {"name": "x", "graph": drawn}), asha.put(f"{FLOWS}/{number}/draft", {"graph": drawn})):
        assert answer.status_code in (400, 413, 422)
        assert code_of(answer) in ("not_a_graph", "invalid", "too_large") and answer.json()["error"]["message"]
    assert len(asha.get(FLOWS).json()["items"]) == 1


@pytest.mark.feature("FE-25")
@pytest.mark.parametrize("depth", [20, 58, 200, 50_000])
def test_a_deep_graph_is_kept_or_refused(asha: Browser, depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    sent = '{"name": "Deep", "graph": {"nodes": [{"id": "start", "type": "start", "data": {"x": ' + deep + '}}], "edges": []}}'
    answer = asha.ask("POST", FLOWS, content=sent.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 201 if depth < 60 else code_of(answer) == "unreadable"
    if depth < 60:
        number = answer.json()["id"]
        for path in ("validate", "publish"):
            assert asha.post(f"{FLOWS}/{number}/{path}", {}).status_code == 200
        assert asha.get(f"{FLOWS}/{number}").status_code == 200


@pytest.mark.parametrize("triggers", [7, "hi", [7], [None], [{"kind": 7, "words": [], "priority": "high"}], {"a": 1}])
def test_data_of_a_wrong_kind_is_a_problem_of_the_draft(asha: Browser, triggers: Any) -> None:
    number = draws(asha, {"nodes": [{"id": "start", "type": "start", "data": {"triggers": triggers}}], "edges": []})
    found = asha.post(f"{FLOWS}/{number}/validate", {}).json()["problems"]
    assert "error" in {one["severity"] for one in found}
    assert code_of(asha.post(f"{FLOWS}/{number}/publish", {})) == "flow_has_problems"
    assert asha.post(f"{FLOWS}/{number}/simulate", {"messages": ["hi"]}).status_code == 200


@pytest.mark.feature("FE-03")
def test_a_flow_with_problems_is_kept_but_not_published(asha: Browser) -> None:
    number = draws(asha, BROKEN)
    found = asha.post(f"{FLOWS}/{number}/validate", {}).json()["problems"]
    assert [(one["node_id"], one["field"], one["code"]) for one in found] == [
        ("greet", "text", "missing"),
        ("greet", None, "dangling_edge"),
    ]
    assert asha.post(f"{FLOWS}/{number}/validate", {"graph": NAME}).json() == {"problems": []}
    refused = asha.post(f"{FLOWS}/{number}/publish", {})
    assert refused.status_code in (400, 422)
    assert [one["field"] for one in refused.json()["error"]["fields"]] == ["greet.text", "greet"]
    assert code_of(asha.patch(f"{FLOWS}/{number}", {"is_on": True})) == "not_published"
    assert asha.get(FLOWS).json()["items"][0]["problems"] == 2


def test_who_drew_on_an_older_revision_hears_so_and_nothing_is_lost(asha: Browser, bela: Browser) -> None:
    number = draws(asha)
    kept = bela.put(f"{FLOWS}/{number}/draft", {"graph": BROKEN, "revision": 1}).json()
    assert (kept["revision"], kept["has_changes"], len(kept["problems"])) == (2, True, 2)
    late = asha.put(f"{FLOWS}/{number}/draft", {"graph": NAME, "revision": 1})
    assert (late.status_code, code_of(late)) == (409, "draft_changed")
    assert asha.get(f"{FLOWS}/{number}").json()["graph"] == BROKEN
    assert asha.put(f"{FLOWS}/{number}/draft", {"graph": NAME}).json()["revision"] == 3


@pytest.mark.feature("FE-02")
def test_what_somebody_else_drew_meanwhile_is_not_published_unseen(asha: Browser, bela: Browser) -> None:
    number = draws(asha)
    bela.put(f"{FLOWS}/{number}/draft", {"graph": {**NAME, "notes": [{"id": "s1", "x": 0, "y": 0, "text": "Not yet"}]}, "revision": 1})
    unseen = asha.post(f"{FLOWS}/{number}/publish", {"revision": 1})
    assert (unseen.status_code, code_of(unseen)) == (409, "draft_changed")
    assert asha.get(f"{FLOWS}/{number}").json()["published"] is None
    assert asha.post(f"{FLOWS}/{number}/publish", {"revision": 2}).json()["published"]["number"] == 1


@pytest.mark.feature("FE-02")
def test_a_version_is_published_looked_at_and_brought_back(asha: Browser) -> None:
    number = draws(asha)
    first = asha.post(f"{FLOWS}/{number}/publish", {"note": "first"}).json()
    assert (first["is_on"], first["has_changes"], first["published"]["number"], first["published"]["by"]) == (True, False, 1, "Asha")
    other = graph(node("bye", "send_message", text="Bye"), edges="start>bye")
    asha.put(f"{FLOWS}/{number}/draft", {"graph": other})
    asha.post(f"{FLOWS}/{number}/publish", {})
    assert [(one["number"], one["note"]) for one in asha.get(f"{FLOWS}/{number}/versions").json()["items"]] == [(2, None), (1, "first")]
    assert asha.get(f"{FLOWS}/{number}/versions/1").json()["graph"] == NAME
    back = asha.post(f"{FLOWS}/{number}/versions/1/restore", {}).json()
    assert (back["graph"], back["published"]["number"], back["has_changes"]) == (NAME, 2, True)
    assert code_of(asha.get(f"{FLOWS}/{number}/versions/9")) == "not_found"


@pytest.mark.feature("FE-04")
def test_a_rehearsal_shows_what_would_be_said_and_sends_nothing(asha: Browser, ravi: Browser) -> None:
    number = draws(asha)
    asked = {"messages": ["hi", "Kabir"], "contact": {"name": "Kabir Singh"}, "now": "2026-12-25T05:00:00Z"}
    done = ravi.post(f"{FLOWS}/{number}/simulate", asked).json()
    assert [(one["after"], one["message"]["text"]["body"]) for one in done["replies"]] == [(0, "What is your name?"), (1, "Hello Kabir!")]
    assert (done["state"], done["variables"], done["now"]) == ("ended", {"their_name": "Kabir"}, "2026-12-25T05:00:00.000Z")
    assert [one["node_id"] for one in done["steps"]] == ["start", "ask", "ask", "greet"]
    assert Message.select().count() == 0
    assert ravi.get("/api/v1/flow-sessions").json()["items"] == []


@pytest.mark.feature("FE-04")
def test_a_rehearsal_notes_what_would_be_done_and_calls_nobody(asha: Browser) -> None:
    drawn = graph(
        node("ask", "http_request", url="http://127.0.0.1:9/never", mapping={"state": "body.state"}),
        node("tag", "add_tag", names="vip"), node("say", "send_message", text="It is {{state}}."), edges="start>ask ask>tag tag>say",
    )  # fmt: skip
    done = asha.post(f"{FLOWS}/{draws(asha, drawn)}/simulate", {"messages": ["hi"], "pinned": {"ask": {"state": "ready"}}}).json()
    assert [one["what"] for one in done["acts"]] == ["http", "tag"]
    assert done["replies"][0]["message"]["text"]["body"] == "It is ready."


@pytest.mark.parametrize(
    "asked",
    [
        {"messages": [7]}, {"messages": [{"skip_s": -1}]}, {"messages": ["x"] * 201}, {"messages": ["hi"], "graph": {"nodes": 7}},
        {"messages": ["hi"], "contact": {"fields": [7]}}, {"messages": ["hi"], "now": "9999-12-31T23:59:59Z"}, {"messages": "hi"},
    ],
)  # fmt: skip
def test_a_talk_of_another_form_is_refused_in_words(asha: Browser, asked: dict[str, Any]) -> None:
    answer = asha.post(f"{FLOWS}/{draws(asha)}/simulate", asked)
    assert answer.status_code in (400, 422) and answer.json()["error"]["message"]


def test_sessions_their_steps_and_the_counts_of_a_flow_are_shown(asha: Browser, ravi: Browser) -> None:
    number = draws(asha)
    asha.post(f"{FLOWS}/{number}/publish", {})
    writes("hi", "wamid.1")
    waiting = ravi.get(f"/api/v1/flow-sessions?flow_id={number}&state=waiting").json()["items"]
    assert ravi.get("/api/v1/flow-sessions?conversation_id=&state=").json()["items"] == waiting
    unknown = ravi.get("/api/v1/flow-sessions?state=sleeping")
    assert (unknown.status_code, unknown.json()["error"]["message"]) == (422, "A session is running, waiting, ended, failed.")
    assert [(one["flow_name"], one["node_id"], one["version"]) for one in waiting] == [("Welcome", "ask", 1)]
    writes("Kabir", "wamid.2")
    session = ravi.get(f"/api/v1/flow-sessions/{waiting[0]['id']}").json()
    assert (session["state"], session["variables"]) == ("ended", {"their_name": "Kabir"})
    steps = ravi.get(f"/api/v1/flow-sessions/{session['id']}/steps").json()["items"]
    assert [(one["node_id"], one["outcome"]) for one in steps] == [("start", "next"), ("ask", "wait"), ("ask", "next"), ("greet", "next")]
    stats = ravi.get(f"{FLOWS}/{number}/stats").json()
    assert stats["sessions"] == {"started": 1, "waiting": 0, "ended": 1, "failed": 0}
    assert {"from": "ask", "output": "next", "count": 1} in stats["edges"]
    assert code_of(ravi.post(f"/api/v1/flow-sessions/{session['id']}/stop", {})) == "session_over"


def test_a_flow_is_switched_off_renamed_and_put_away(asha: Browser) -> None:
    number = draws(asha)
    asha.post(f"{FLOWS}/{number}/publish", {})
    assert asha.patch(f"{FLOWS}/{number}", {"is_on": False, "name": "Old"}).json()["is_on"] is False
    writes("hi", "wamid.1")
    assert asha.get("/api/v1/flow-sessions").json()["items"] == []
    assert asha.delete(f"{FLOWS}/{number}").status_code == 204
    assert asha.get(FLOWS).json()["items"] == []
    assert code_of(asha.get(f"{FLOWS}/{number}")) == "not_found"


def test_an_agent_reads_flows_and_changes_none(asha: Browser, ravi: Browser) -> None:
    number = draws(asha)
    for path in (FLOWS, f"{FLOWS}/{number}", f"{FLOWS}/{number}/versions", f"{FLOWS}/{number}/stats", "/api/v1/flow-nodes"):
        assert ravi.get(path).status_code == 200
    refused = [
        ravi.post(FLOWS, {"name": "x"}), ravi.patch(f"{FLOWS}/{number}", {"name": "x"}), ravi.delete(f"{FLOWS}/{number}"),
        ravi.put(f"{FLOWS}/{number}/draft", {"graph": NAME}), ravi.post(f"{FLOWS}/{number}/publish", {}),
        ravi.post(f"{FLOWS}/{number}/versions/1/restore", {}), ravi.post(f"{FLOWS}/{number}/start", {"to": "+919812345678"}),
    ]  # fmt: skip
    assert [code_of(one) for one in refused] == ["denied"] * 7


@pytest.mark.feature("FE-05")
def test_a_trial_is_ones_own_and_shows_its_code_until_a_phone_sends_it(asha: Browser, ravi: Browser) -> None:
    number = draws(asha)
    assert asha.get(f"{FLOWS}/{number}/trial").json() == {"trial": None}
    made = asha.post(f"{FLOWS}/{number}/trial", {})
    assert (made.status_code, made.json()["conversation_id"], made.json()["session"]) == (201, None, None)
    assert code_of(asha.post(f"{FLOWS}/{number}/trial/again", {})) == "no_phone"
    assert ravi.get(f"{FLOWS}/{number}/trial").status_code == 403

    writes(made.json()["code"], "wamid.T1")
    shown = asha.get(f"{FLOWS}/{number}/trial").json()["trial"]
    assert (shown["session"]["state"], shown["contact_phone"]) == ("waiting", "+919812345678")
    assert [one["is_trial"] for one in asha.get(f"/api/v1/flow-sessions?flow_id={number}").json()["items"]] == [True]
    assert asha.delete(f"{FLOWS}/{number}/trial").status_code == 204
    assert code_of(asha.delete(f"{FLOWS}/{number}/trial")) == "no_trial"


@pytest.mark.feature("FE-27")
def test_how_a_flow_fares_is_asked_by_period_and_version(asha: Browser) -> None:
    number = draws(asha)
    asha.post(f"{FLOWS}/{number}/publish", {})
    writes("hi", "wamid.F1")
    shown = asha.get(f"{FLOWS}/{number}/figures?days=7&version=1").json()
    assert (len(shown["days"]), shown["total"]["started"], shown["versions"][0]["number"]) == (7, 1, 1)
    assert asha.get(f"{FLOWS}/{number}/figures?days=0").status_code == 422
    assert asha.get(f"{FLOWS}/1/figures").status_code == 404
