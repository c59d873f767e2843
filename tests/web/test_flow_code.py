"""Code in flows, through the API: nobody else waits for it, and only who may draw has it run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.engine.flows.talk import graph, node
from tests.patience import BUSY
from tests.web.browser import Browser, code_of
from wablast_box.engine.flows.code import asking, javascript
from wablast_box.web import bridge

from .test_flows import FLOWS, draws

pytestmark = pytest.mark.feature("FN-55")
ENDLESS = graph(node("it", "code", code="for (;;) {}"), edges="start>it")


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    javascript.workers.close()


def simulate(number: str) -> dict[str, Any]:
    return {"method": "POST", "url": f"{FLOWS}/{number}/simulate", "json": {"messages": ["hi"]}}


def test_other_requests_do_not_wait_for_code_of_which_three_run_and_twenty_wait(asha: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WITHIN_S", 0.4)
    number = draws(asha, ENDLESS)
    headers = {"X-CSRF-Token": asha.csrf or ""}

    async def story() -> tuple[list[float], list[httpx.Response]]:
        running: list[asyncio.Task[httpx.Response]] = []
        waits: list[float] = []

        def go_on() -> None:
            """So many all the while, until enough was asked beside them."""
            for _ in range(3 + 20 - sum(not one.done() for one in running)):
                running.append(asyncio.create_task(asha.http.request(**simulate(number), headers=headers)))

        go_on()
        await asyncio.sleep(0.2)
        while not all(one.done() for one in running):
            if len(waits) < 20:
                go_on()
            began = time.monotonic()
            assert (await asha.http.get(f"{FLOWS}/{number}")).status_code == 200
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0.05)
        return waits, await asyncio.gather(*running)

    waits, answers = asha._runner.run(story())
    assert len(waits) >= 20 and sorted(waits)[len(waits) * 95 // 100] <= 0.3 * BUSY
    assert {one.status_code for one in answers} == {200}
    assert {one.json()["steps"][-1]["error"] for one in answers} == {"It took longer than 2 seconds and was stopped."}


def test_who_comes_when_too_many_rehearse_is_told(asha: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "MOST_ASIDE", 1)
    number = draws(asha, ENDLESS)
    headers = {"X-CSRF-Token": asha.csrf or ""}

    async def story() -> list[httpx.Response]:
        return await asyncio.gather(*(asha.http.request(**simulate(number), headers=headers) for _ in range(2)))

    assert sorted(one.status_code for one in asha._runner.run(story())) == [200, 503]
    assert asha.post(f"{FLOWS}/{draws(asha)}/simulate", {"messages": ["hi"]}).status_code == 200


def test_who_may_not_draw_rehearses_only_what_is_drawn(asha: Browser, ravi: Browser) -> None:
    said = graph(node("it", "send_message", text="From the draft"), edges="start>it")
    own = graph(node("it", "code", code="return 1", save_as="mine"), edges="start>it")
    number = draws(asha, said)

    by_ravi = ravi.post(f"{FLOWS}/{number}/simulate", {"messages": ["hi"], "graph": own}).json()
    by_asha = asha.post(f"{FLOWS}/{number}/simulate", {"messages": ["hi"], "graph": own}).json()

    assert [one["message"]["text"]["body"] for one in by_ravi["replies"]] == ["From the draft"]
    assert by_asha["variables"] == {"mine": 1}


def test_code_that_cannot_be_read_forbids_publishing_with_its_line(asha: Browser) -> None:
    number = draws(asha, graph(node("it", "code", code="let a = 1;\nlet b = ;"), edges="start>it"))

    [problem] = asha.post(f"{FLOWS}/{number}/validate", {}).json()["problems"]
    assert (problem["node_id"], problem["field"], problem["code"]) == ("it", "code", "bad_code")
    assert problem["message"].startswith("Line 2: SyntaxError")
    assert code_of(asha.post(f"{FLOWS}/{number}/publish", {})) == "flow_has_problems"


def test_the_editor_is_told_what_to_draw(asha: Browser) -> None:
    kinds = {one["type"]: one for one in asha.get("/api/v1/flow-nodes").json()["items"]}

    assert kinds["code"]["category"] == "code"
    assert kinds["code"]["fields"]["properties"]["code"]["x-widget"] == "code"
    assert kinds["code"]["fields"]["properties"]["code"]["x-language"] == "javascript"
    assert kinds["render_text"]["fields"]["properties"]["template"]["x-widget"] == "code"
    assert all(kinds[one]["outputs"] == ["next", "error"] for one in ("code", "render_text", "send_qr_code", "send_text_picture"))
