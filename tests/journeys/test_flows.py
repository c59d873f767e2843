"""Asha draws a flow from nothing, tries it and publishes it."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from ..patience import BUSY
from .demo import Demo

pytestmark = pytest.mark.slow


def add_behind(page: Page, words: str) -> None:
    """A step behind the chosen one, by keyboard alone."""
    page.locator(".react-flow__pane").hover(position={"x": 40, "y": 40})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    search = page.get_by_role("dialog", name="Add a step").get_by_role("combobox")
    search.fill(words)
    search.press("Enter")


def expect_answer(customer: str, says: dict[str, Any], words: str, within_s: float = 10 * BUSY) -> None:
    """The customer does something on the pretend phone and is answered with these words."""
    httpx.post(f"{customer}/acts", json=says, trust_env=False).raise_for_status()
    deadline = time.monotonic() + within_s
    while True:
        last = httpx.get(f"{customer}/messages", trust_env=False).json()["items"][-1]
        if not last["mine"] and words in json.dumps(last["content"], ensure_ascii=False):
            return
        assert time.monotonic() < deadline, f"the last on the phone is {last['content']}"
        time.sleep(0.1)


def publish(page: Page, number: int) -> None:
    """What is drawn goes live, and nothing is left to publish."""
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"Version {number} is live")).to_be_visible()
    expect(page.get_by_text(f"Live: {number}")).to_be_visible()
    expect(page.get_by_text("Changed", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()


@pytest.mark.feature("FE-01")
@pytest.mark.feature("FE-23")
def test_a_flow_is_drawn_tried_and_published(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/flows")
    page.get_by_role("button", name="New flow").first.click()
    page.get_by_role("button", name=re.compile("Empty canvas")).click()
    start = page.locator(".react-flow__node-step", has_text="Start")
    start.click()
    page.get_by_role("button", name="Add trigger").click()
    page.get_by_label("Words").fill("saree")

    add_behind(page, "buttons")
    page.get_by_label("Text", exact=True).fill("Which one, {{contact.fir")
    expect(page.get_by_role("option", name=re.compile("contact.first_name"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Which one, {{contact.first_name}}")
    page.get_by_label("Words", exact=True).fill("Silk")
    silk = page.locator(".react-flow__node-step", has_text="Silk")
    expect(silk.locator("code")).to_have_text("contact.first_name")

    add_behind(page, "send a mess")
    expect(page.get_by_role("button", name="1 to fix")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("Silk it is.")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()

    page.get_by_text("Test run", exact=True).click()
    phone = page.get_by_role("region", name="Test run")
    phone.get_by_role("button", name="saree").click()
    phone.get_by_role("button", name="Silk").click()
    expect(phone.get_by_text("Silk it is.")).to_be_visible()
    expect(page.locator(".react-flow__node-step [data-lit=ran]")).to_have_count(3)

    publish(page, 1)

    # And now a customer: on the phone she is answered, and her way is on the canvas.
    ananya = f"{demo.address}/simulator/phone/api/customers/ananya"
    expect_answer(ananya, {"type": "text", "text": "Saree"}, "Which one, Ananya")
    expect_answer(ananya, {"type": "tap", "title": "Silk"}, "Silk it is.")
    page.get_by_role("radiogroup", name="What the canvas shows").get_by_text("Live").click()
    page.get_by_role("region", name="Live").get_by_role("button", name=re.compile("Ananya Rao")).click()
    expect(page.locator(".react-flow__node-step [data-lit=ran]")).to_have_count(3)

    page.get_by_text("Build", exact=True).click()
    silk.first.click()
    page.get_by_label("Text", exact=True).fill("Which one today?")
    expect(page.get_by_text("Changed", exact=True)).to_be_visible()
    publish(page, 2)


def test_steps_are_copied_deleted_and_brought_back(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/flows")
    page.get_by_role("button", name="New flow").first.click()
    page.get_by_role("button", name=re.compile("Welcome menu")).click()
    steps = page.locator(".react-flow__node-step")
    expect(steps).to_have_count(11)
    page.locator(".react-flow__pane").click(position={"x": 30, "y": 30})
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+d")
    expect(steps).to_have_count(21)
    page.keyboard.press("Delete")
    expect(steps).to_have_count(11)
    page.keyboard.press("Control+z")
    expect(steps).to_have_count(21)
    page.keyboard.press("Control+z")
    expect(steps).to_have_count(11)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.url.endswith("/draft")):
        page.keyboard.press("Shift+Alt+T")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()

    # The way back is still there after a reload.
    page.reload()
    expect(steps).to_have_count(11)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()


_MANY = """
async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const nodes = [{ id: 'start', type: 'start', data: { triggers: [] } }];
  const layout = { start: { x: -300, y: 0 } };
  for (let at = 0; at < 60; at += 1) {
    nodes.push({ id: `n${at}`, type: 'send_message', name: `Greeting ${at}`, data: { text: `Words of ${at}` } });
    layout[`n${at}`] = { x: (at % 10) * 320, y: Math.floor(at / 10) * 260 };
  }
  const edges = nodes.slice(1, -1).map((node, at) => ({ from: node.id, output: 'next', to: `n${at + 1}` }));
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token };
  const body = JSON.stringify({ name: 'Sixty greetings', graph: { nodes, edges, layout } });
  return (await (await fetch('/api/v1/flows', { method: 'POST', headers, body })).json()).id;
}
"""


@pytest.mark.feature("FE-01")
def test_many_steps_seen_from_far_away_are_names_and_come_back_whole(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/flows")
    page.goto(f"{demo.address}/flows/{page.evaluate(_MANY)}")
    first = page.locator(".react-flow__node-step", has_text="Greeting 0")
    expect(first).to_contain_text("Words of 0")
    expect(page.locator(".react-flow__edge").first).to_be_attached()

    page.get_by_role("button", name="See all of it").click()
    last = page.locator(".react-flow__node-step", has_text="Greeting 59")
    expect(last).to_be_visible()
    expect(last).not_to_contain_text("Words of 59")
    expect(page.locator(".react-flow__edge")).to_have_count(0)
    wires = page.locator(".react-flow__viewport svg path[data-tone=plain]")
    expect(wires.first).to_be_attached()
    assert sum(str(path.get_attribute("d")).count("M") for path in wires.all()) == 59

    first.click()
    page.get_by_label("Text", exact=True).fill("Other words")
    for _ in range(9):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(200)
    near = page.locator(".react-flow__node-step", has_text="Words of").first
    expect(near.locator(".react-flow__handle.source").first).to_be_visible()
    expect(page.locator(".react-flow__edge").first).to_be_attached()
    expect(wires).to_have_count(0)
