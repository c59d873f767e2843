"""Asha tries her draft: with a pinned answer, and on her own phone. Meera reads how the flow fares."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from .demo import Demo
from .test_flows import expect_answer
from .test_held_answers import held_up

pytestmark = pytest.mark.slow
NODES: list[dict[str, Any]] = [
    {"id": "start", "type": "start", "data": {"triggers": [{"id": "t", "kind": "keyword", "words": "parcel", "match": "exact"}]}},
    {"id": "ask", "type": "ask_text", "data": {"question": "Your order number?", "save_as": "number"}},
    {"id": "web", "type": "http_request", "data": {"url": "https://erp.example/{{number}}", "method": "GET", "save_as": "order"}},
    {"id": "told", "type": "send_message", "data": {"text": "Parcel {{number}} is {{order.body.state}}."}},
    {"id": "sorry", "type": "send_message", "data": {"text": "A person will write."}},
]
WAYS = [("start", "next", "ask"), ("ask", "next", "web"), ("web", "next", "told"), ("web", "error", "sorry")]
GRAPH = {
    "nodes": [{"version": 1, **one} for one in NODES],
    "edges": [{"from": source, "output": output, "to": target} for source, output, target in WAYS],
    "layout": {one["id"]: {"x": at * 330, "y": 0} for at, one in enumerate(NODES)},
}
MAKE = """async (body) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const made = await fetch('/api/v1/flows', { method: 'POST', headers: { 'content-type': 'application/json', 'X-CSRF-Token': csrf_token }, body });
  return (await made.json()).id;
}"""


def opens_flow(page: Page, demo: Demo) -> str:
    """The flow's id, with its canvas open."""
    page.goto(demo.link)
    page.goto(f"{demo.address}/flows")
    expect(page.get_by_role("heading", name="Flows")).to_be_visible()
    number = str(page.evaluate(MAKE, json.dumps({"name": "Parcels", "graph": GRAPH})))
    page.goto(f"{demo.address}/flows/{number}")
    expect(page.locator(".react-flow__node-step")).to_have_count(5)
    return number


def asks_for_parcel_77(page: Page) -> Locator:
    """In the test run, which is returned."""
    page.get_by_text("Test run", exact=True).click()
    run = page.get_by_role("region", name="Test run")
    run.get_by_role("button", name="parcel").click()
    run.get_by_role("textbox", name="Message").fill("77")
    page.keyboard.press("Enter")
    return run


@pytest.mark.feature("FE-24")
def test_a_test_run_is_taken_again_from_a_step_with_a_pinned_answer(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    opens_flow(page, demo)
    run = asks_for_parcel_77(page)
    expect(run.get_by_text("Parcel 77 is .")).to_be_visible()

    run.get_by_role("tab", name=re.compile("Steps")).click()
    run.get_by_role("button", name=re.compile("HTTP request")).click()
    run.get_by_role("button", name="Pin an answer").click()
    run.get_by_label("What comes back").fill('{"state": "on its way"}')
    run.get_by_role("button", name="Run again from here").click()
    run.get_by_role("tab", name="Phone").click()
    expect(run.get_by_text("Parcel 77 is on its way.")).to_be_visible()
    card = page.locator(".react-flow__node-step", has_text="HTTP request")
    expect(card.get_by_label("Pinned for test runs")).to_be_visible()

    # A pin outlives a reload; other variables are pinned beside it, and all of them are let go.
    page.reload()
    expect(card.get_by_label("Pinned for test runs")).to_be_visible()
    run = asks_for_parcel_77(page)
    run.get_by_role("tab", name=re.compile("Steps")).click()
    run.get_by_role("button", name=re.compile("Send a message")).click()
    run.get_by_role("button", name="Change what goes in").click()
    run.get_by_label("Variables at this step").fill('{"number": "88"}')
    run.get_by_role("button", name="Run again from here").click()
    run.get_by_role("tab", name="Phone").click()
    expect(run.get_by_text("Parcel 88 is on its way.")).to_be_visible()
    run.get_by_role("button", name="Remove all pins").click()
    expect(run.get_by_text("Parcel 77 is .")).to_be_visible()


@pytest.mark.feature("FE-05")
def test_a_draft_is_tried_on_ones_own_phone(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    number = opens_flow(page, demo)
    page.get_by_text("Test run", exact=True).click()
    page.get_by_role("button", name="Try on your own phone").click()
    panel = page.get_by_role("region", name="On your own phone")
    panel.get_by_role("button", name="Get a code").click()
    expect(panel.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    code = panel.locator("code").inner_text()

    phones = f"{demo.address}/simulator/phone/api/customers"
    expect_answer(f"{phones}/lakshmi", {"type": "text", "text": code}, "Your order number?")
    expect(panel.get_by_text(re.compile("^Answers Lakshmi"))).to_be_visible()
    expect(page.locator(".react-flow__node-step [data-here]")).to_have_count(1)

    # Nobody else meets the draft, and nothing of it is left when it is stopped.
    httpx.post(f"{phones}/imran/acts", json={"type": "text", "text": "parcel"}, trust_env=False).raise_for_status()
    panel.get_by_role("button", name="Stop").click()
    expect(panel.get_by_role("button", name="Get a code")).to_be_visible()
    for who in ("lakshmi", "imran"):
        httpx.post(f"{phones}/{who}/acts", json={"type": "text", "text": "parcel"}, trust_env=False).raise_for_status()
    page.goto(f"{demo.address}/flows/{number}/figures")
    expect(page.get_by_text("Nobody began it in this time")).to_be_visible()
    for who in ("lakshmi", "imran"):
        last = httpx.get(f"{phones}/{who}/messages", trust_env=False).json()["items"][-1]
        assert last["mine"], f"{who} was answered after the end: {last['content']}"


@pytest.mark.feature("FE-27")
def test_how_a_flow_fares_is_read_and_taken_along(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    opens_flow(page, demo)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is live")).to_be_visible()
    ananya = f"{demo.address}/simulator/phone/api/customers/ananya"
    day = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    expect_answer(ananya, {"type": "text", "text": "Parcel"}, "Your order number?")

    page.get_by_role("radiogroup", name="What the canvas shows").get_by_text("Live").click()
    page.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("heading", name="How “Parcels” fares")).to_be_visible()
    expect(page.get_by_role("img", name="Runs by day: 1 began, 0 finished")).to_be_visible()
    expect(page.get_by_role("cell", name="The message says")).to_be_visible()
    # Until the figures of these days are here, those of others are not handed out in their name.
    export = page.get_by_role("button", name="Export CSV")
    with held_up(page, "**/figures?days=7") as has_answered:
        page.get_by_role("radiogroup", name="Period").get_by_text("7 days").click()
        has_answered()
        expect(export).to_be_disabled()
    expect(page).to_have_url(re.compile("days=7"))
    with page.expect_download() as file:
        export.click()
    lines = file.value.path().read_text().splitlines()
    assert (len(lines), lines[0].split(",")[:2]) == (8, ["day", "started"])
    assert dict(line.split(",")[:2] for line in lines)[str(day)] == "1"
