"""Asha answers words without drawing, and lets a tag begin a flow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Act
from .demo import Demo
from .test_flows import add_behind, expect_answer

pytestmark = pytest.mark.slow

_POST = """const s = await (await fetch('/api/v1/session')).json();
  const post = (path, body) => fetch('/api/v1' + path,
    {method: 'POST', headers: {'content-type': 'application/json', 'X-CSRF-Token': s.csrf_token}, body: JSON.stringify(body)});"""
NEW_TAG = f"async () => {{ {_POST} return (await post('/tags', {{name: 'Wholesale', color: 'teal'}})).status; }}"
PUT_ON = f"""async () => {{ {_POST}
  const all = async (path) => (await (await fetch('/api/v1' + path)).json()).items;
  const chat = (await all('/conversations?limit=50')).find((one) => one.contact.name.startsWith('Kabir'));
  const tag = (await all('/tags')).find((one) => one.name === 'Wholesale');
  return (await post(`/conversations/${{chat.id}}/tags`, {{add: [tag.id]}})).status; }}"""


@pytest.mark.feature("IN-44")
def test_words_are_answered_without_drawing(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/flows")
    page.get_by_role("button", name="Quick answer").click()
    page.get_by_label("When a customer writes").fill("delivery charge, shipping")
    page.get_by_label("The box answers").fill("{{contact.first_name}}, delivery is free above ₹999.")
    page.get_by_role("button", name="Switch it on").click()

    expect(page.get_by_role("link", name="delivery charge, shipping")).to_be_visible()
    ananya = f"{demo.address}/simulator/phone/api/customers/ananya"
    expect_answer(ananya, {"kind": "text", "text": "What is the delivery charge?"}, "delivery is free above ₹999.")

    page.get_by_role("button", name="Quick answer").click()
    page.get_by_label("When a customer writes").fill("Shipping")
    page.get_by_label("The box answers").fill("Something else")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("dialog").get_by_text(re.compile("also starts"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("link", name="Shipping", exact=True)).to_have_count(0)


@pytest.mark.feature("FT-07")
def test_a_tag_begins_a_flow_that_was_tried_before(demo: Demo, page_without_errors: Page, kabir: Act) -> None:
    page = page_without_errors
    page.goto(demo.link)
    assert page.evaluate(NEW_TAG) == 201
    page.goto(f"{demo.address}/flows")
    page.get_by_role("button", name="New flow").first.click()
    page.get_by_role("button", name=re.compile("Empty canvas")).click()
    page.locator(".react-flow__node-step", has_text="Start").click()
    page.get_by_role("button", name="Add trigger").click()
    expect(page.get_by_label("Words")).to_be_visible()
    page.get_by_role("combobox", name="When").click()
    page.get_by_role("option", name="A tag was put on").click()
    expect(page.get_by_label("Words")).to_have_count(0)
    page.get_by_role("combobox", name="Tag").click()
    page.get_by_role("option", name="Wholesale").click()
    add_behind(page, "send a message")
    page.get_by_label("Text", exact=True).fill("You are {{tag}} now")

    page.get_by_text("Test run", exact=True).first.click()
    page.get_by_role("button", name="A tag was put on").click()
    expect(page.get_by_role("log").get_by_text("You are Wholesale now")).to_be_visible()

    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Live: 1")).to_be_visible()
    kabir(kind="text", text="hello")
    assert page.evaluate(PUT_ON) == 200
    page.goto(f"{demo.address}/inbox")
    page.get_by_role("link", name=re.compile("Kabir")).first.click()
    expect(page.get_by_text("You are Wholesale now").last).to_be_visible(timeout=15_000)
