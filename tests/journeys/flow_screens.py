"""The screens of flows for `make screenshots`: a flow of the gallery, published, with customers who have begun it."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

from .demo import Demo

Save = Callable[[Page, str, str], None]
NAME = "Welcome menu"
_MADE = """
async (name) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token };
  const post = async (path, body) => (await fetch('/api/v1/' + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  const { graph } = (await (await fetch('/api/v1/flow-starters')).json()).items.find((one) => one.name === name);
  const { id } = await post('flows', { name, graph });
  await post(`flows/${id}/publish`, { note: 'The first one' });
  return [id, graph.nodes.find((one) => one.type === 'start').data.triggers[0].words.split(',')[0].trim()];
}
"""


def furnish_flow(page: Page, demo: Demo) -> None:
    """Make the flow, and let customers begin it."""
    _, word = page.evaluate(_MADE, NAME)
    for who in ("ananya", "lakshmi"):
        acts = f"{demo.address}/simulator/phone/api/customers/{who}/acts"
        httpx.post(acts, json={"type": "text", "text": word}, trust_env=False).raise_for_status()


def take_flows(page: Page, look: str, save: Save) -> None:
    """List, gallery, editor, test run, versions, live and figures; on a phone what is there for a phone."""
    page.goto("/flows")
    page.get_by_role("link", name=NAME).wait_for()
    save(page, "flows", look)
    page.get_by_role("button", name="New flow").first.click()
    page.get_by_role("button", name=re.compile("Empty canvas")).wait_for()
    save(page, "flow-gallery", look)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=NAME).click()
    steps = page.locator(".react-flow__node-step")
    expect(steps.first).to_be_visible()
    if look != "phone":
        steps.nth(1).click()
        page.get_by_role("switch", name="Switched on").wait_for()
        save(page, "flow-editor", look)
        page.get_by_role("button", name="Versions").click()
        page.get_by_text("The first one").wait_for()
        save(page, "flow-versions", look)
        page.keyboard.press("Escape")
        page.get_by_text("The first one").wait_for(state="hidden")
    shown = page.get_by_role("radiogroup", name="What the canvas shows")
    shown.get_by_text("Test run").click()
    run = page.get_by_role("region", name="Test run")
    run.locator("[role=log] button").first.click()
    expect(page.locator(".react-flow__node-step [data-lit=ran]").first).to_be_visible()
    save(page, "flow-test", look)
    shown.get_by_text("Live").click()
    page.get_by_role("region", name="Live").get_by_role("button", name=re.compile("Ananya Rao")).wait_for()
    save(page, "flow-live", look)
    page.get_by_role("link", name="Figures").click()
    page.get_by_role("img", name=re.compile("^Runs by day")).wait_for()
    save(page, "flow-figures", look)
