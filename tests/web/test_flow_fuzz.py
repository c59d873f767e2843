"""Anything at all is sent to every route of flows: it is answered in words, soon, and the box does not grow."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.flows.talk import graph, node
from tests.engine.flows.wild import ANYTHING, GRAPHS, WELL_FORMED, WORDS
from tests.patience import BUSY
from tests.web.browser import Browser, code_of
from wablast_box.web.hooks import flows as hook

pytestmark = pytest.mark.feature("FE-25")
SLOWEST_S = 2.0 * BUSY
FLOWS = "/api/v1/flows"
TALK = graph(
    node("ask", "ask_text", question="Name?", save_as="name"), node("say", "send_message", text="{{name}}"), edges="start>ask ask>say"
)  # fmt: skip
REFERENCES = st.lists(
    st.one_of(ANYTHING, st.fixed_dictionaries({name: WORDS for name in ("node", "field", "kind", "name")})), max_size=5
)  # fmt: skip
OBJECTS = st.dictionaries(WORDS, ANYTHING, max_size=3)
WRAPPED = st.fixed_dictionaries({"graph": WELL_FORMED, "references": REFERENCES}, optional={"name": ANYTHING, "secrets": ANYTHING})
FILES = st.one_of(WELL_FORMED, WRAPPED, GRAPHS, ANYTHING)
SAID = st.lists(
    st.one_of(WORDS, ANYTHING, st.fixed_dictionaries({"skip_s": ANYTHING}), st.fixed_dictionaries({"reply_id": WORDS})), max_size=5
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A body with these fields, most often; some of them, or anything."""
    whole = st.fixed_dictionaries(fields)
    return st.one_of(whole, whole, st.fixed_dictionaries({}, optional=fields), ANYTHING)


# Method, path, body. F is a flow, N a name.
ROUTES: list[tuple[str, str, st.SearchStrategy[Any]]] = [
    ("POST", FLOWS, some(name=WORDS, graph=st.one_of(GRAPHS, WELL_FORMED))),
    ("PATCH", f"{FLOWS}/F", some(name=WORDS, is_on=st.booleans())),
    ("PUT", f"{FLOWS}/F/draft", some(graph=st.one_of(GRAPHS, WELL_FORMED), revision=st.one_of(st.none(), st.integers()))),
    ("POST", f"{FLOWS}/F/validate", some(graph=st.one_of(GRAPHS, WELL_FORMED))),
    ("POST", f"{FLOWS}/F/publish", some(note=WORDS, revision=st.one_of(st.none(), st.integers()))),
    (
        "POST",
        f"{FLOWS}/F/simulate",
        some(messages=SAID, graph=WELL_FORMED, contact=st.one_of(OBJECTS, st.none()), pinned=st.one_of(OBJECTS, st.none())),
    ),
    ("POST", f"{FLOWS}/F/start", some(to=st.one_of(WORDS, st.just("+919812345678")), variables=OBJECTS)),
    ("POST", f"{FLOWS}/import", some(file=FILES)),
    (
        "PUT",
        "/api/v1/flow-secrets/N",
        some(value=st.one_of(WORDS, st.just("a key of eight")), hosts=st.lists(st.one_of(WORDS, st.just("a.example.com")), max_size=3)),
    ),
    ("PUT", "/api/v1/security/inside-addresses", some(added=st.lists(st.one_of(WORDS, st.just("10.0.0.5:80")), max_size=3))),
    ("POST", "/api/v1/flow-sessions/F/resume", some(payload=OBJECTS)),
    ("POST", "/hooks/flows/N", ANYTHING),
]
NAMES = st.one_of(
    st.sampled_from(["crm_key", "0", "1", "-1", "9" * 40, "__proto__", "a%00b", "..", "%ff", "x" * 300]), st.integers().map(str)
)


@pytest.fixture
def drawn(asha: Browser) -> str:
    return str(asha.post(FLOWS, {"name": "Talk", "graph": TALK}).json()["id"])


def sends(browser: Browser, method: str, path: str, body: bytes) -> None:
    hook._calls.clear()
    began = time.perf_counter()
    answer = browser.ask(method, path, content=body, headers={"Content-Type": "application/json"})
    took = time.perf_counter() - began

    assert answer.status_code < 500, f"{method} {path}: {answer.status_code} {answer.text[:300]} for {body[:500]!r}"
    assert took < SLOWEST_S, f"{method} {path} took {took:.1f} s for {body[:500]!r}"
    if answer.status_code >= 400:
        assert code_of(answer) and answer.json()["error"]["message"], answer.text


@pytest.mark.parametrize(("method", "path", "bodies"), ROUTES, ids=[f"{method} {path}" for method, path, _ in ROUTES])
def test_whatever_is_sent_is_answered_in_words_and_soon(asha: Browser, drawn: str, method: str, path: str, bodies: Any) -> None:
    @settings(derandomize=True, max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(bodies, NAMES, st.booleans())
    def tried(body: Any, name: str, with_flow: bool) -> None:
        where = path.replace("/F", f"/{drawn}" if with_flow else f"/{name}").replace("/N", f"/{name}")
        sends(asha, method, where, json.dumps(body, default=str).encode("utf-8", "surrogatepass"))

    tried()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"a":' * 5000, b"[" * 200_000, b'{"file": {"nodes": [' + b"{}," * 90_000 + b"{}]}}",
        b'{"name": "\\ud800", "graph": {"nodes": [], "edges": []}}', b'{"graph": 1e999}', b'{"messages": [' + b'"x",' * 20_000 + b'"x"]}',
        b'{"file": {"nodes": [], "edges": [], "references": [' + b'{"node":"a","field":"b","kind":"user","name":"c"},' * 15_000 + b"{}]}}",
    ],
    ids=range(12),
)  # fmt: skip
def test_hostile_bodies_are_answered_in_words_and_soon(asha: Browser, drawn: str, body: bytes) -> None:
    for method, path, _ in ROUTES:
        sends(asha, method, path.replace("/F", f"/{drawn}").replace("/N", "/crm_key"), body)


@pytest.mark.parametrize("number", ["0", str(1 << 31), str(1 << 63), "9" * 60, "9" * 4400])
def test_a_version_that_no_column_holds_is_not_there(asha: Browser, drawn: str, number: str) -> None:
    for method, path in (("GET", ""), ("POST", "/restore")):
        answer = asha.ask(method, f"{FLOWS}/{drawn}/versions/{number}{path}", json={})
        assert (answer.status_code, code_of(answer)) == (404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/flow-sessions", "/api/v1/ai/calls"])
def test_a_page_after_what_no_column_holds_is_refused(asha: Browser, path: str) -> None:
    assert asha.get(f"{path}?cursor={(1 << 63) - 1}").status_code == 200
    assert asha.get(f"{path}?cursor={1 << 63}").json()["error"]["field"] == "cursor"


# A draft may hold anything, and what is rehearsed is a draft.
WRONG: tuple[Any, ...] = (-1, 1 << 63, 1.5e308, True, [["x"]], {"x": 1}, ["x"])


@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("ask_text", {"question": "?", "save_as": ...}), ("set_variable", {"name": ..., "value": "1"}), ("jump", {"node": ...}),
        ("end", {"reason": ...}), ("calculate", {"sum": "1 + 1", "save_as": ...}), ("loop", {"source": "x", "item": ...}),
    ],
)  # fmt: skip
def test_a_draft_with_anything_in_the_place_of_a_name_is_rehearsed(asha: Browser, drawn: str, kind: str, data: Any, value: Any) -> None:
    filled = {name: value if one is ... else one for name, one in data.items()}
    wrong = {
        "nodes": [node("start", "start"), {"id": "x", "type": kind, "data": filled}],
        "edges": [{"from": "start", "output": "next", "to": "x"}],
    }
    answer = asha.post(f"{FLOWS}/{drawn}/simulate", {"messages": ["hi", "Kabir"], "graph": wrong})

    assert answer.status_code == 200, answer.text
    assert all(isinstance(name, str) for name in answer.json()["variables"])


@pytest.mark.skipif(sys.platform != "linux", reason="it is measured as Linux tells it")
def test_the_box_does_not_grow(asha: Browser, drawn: str) -> None:
    large = {"nodes": [{"id": f"n{at}", "type": "send_message", "data": {"text": "x" * 200}} for at in range(900)], "edges": []}

    def round_of_requests() -> None:
        sends(asha, "POST", f"{FLOWS}/{drawn}/validate", json.dumps({"graph": large}).encode())
        sends(asha, "POST", f"{FLOWS}/{drawn}/simulate", json.dumps({"messages": ["hi", "Kabir"], "graph": TALK}).encode())
        sends(asha, "POST", f"{FLOWS}/import", json.dumps({"file": {"nodes": "no"}}).encode())

    for _ in range(10):
        round_of_requests()
    gc.collect()
    before = resident_mb()
    for _ in range(25):
        round_of_requests()
    gc.collect()

    assert resident_mb() - before < 30


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
