"""Flows as files over HTTP."""

from __future__ import annotations

import json
import time

import pytest

from tests.engine.flows.talk import graph, node
from tests.patience import BUSY
from tests.web.browser import Browser, code_of

pytestmark = pytest.mark.feature("FE-25")
FLOWS = "/api/v1/flows"


def test_a_flow_goes_out_and_comes_in(asha: Browser, ravi: Browser) -> None:
    drawn = graph(node("say", "send_message", text="hi"), edges="start>say") | {"notes": [{"id": "s", "text": "नमस्ते"}]}
    number = asha.post(FLOWS, {"name": "Welcome", "graph": drawn}).json()["id"]
    file = ravi.get(f"{FLOWS}/{number}/export").json()["file"]
    told = asha.post(f"{FLOWS}/import", {"file": file})

    assert (told.status_code, told.json()["name"], told.json()["problems"]) == (201, "Welcome", [])
    made = asha.get(f"{FLOWS}/{told.json()['id']}").json()
    assert (made["graph"], made["is_on"], made["published"]) == (drawn, False, None)


def test_a_file_that_is_too_much_is_refused_in_time(asha: Browser) -> None:
    many = json.dumps({"file": {"nodes": [{"id": str(at), "type": "end"} for at in range(100_000)], "edges": []}}).encode()
    deep = b'{"file": {"nodes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    for content in (many, deep, b'{"file": {"nodes": [], "edges": [], "x": "' + b"y" * 2_500_000 + b'"}}', b'{"file": 7}', b"{"):
        began = time.perf_counter()
        answer = asha.ask("POST", f"{FLOWS}/import", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 413, 422) and code_of(answer), answer.text
        assert time.perf_counter() - began < 2 * BUSY

    assert asha.get(FLOWS).json()["items"] == []
