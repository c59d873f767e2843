"""Asha translates a flow, and a customer who reads Hindi is answered in Hindi."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.engine.flows.talk import graph, node
from tests.models import a_model

from .demo import Demo
from .people import Inbox
from .staff import asks
from .test_flows import expect_answer
from .test_held_answers import held_up

pytestmark = pytest.mark.slow
OFFER = {
    **graph(
        node("a", "send_message", text="Hello {{contact.first_name}}!"), node("b", "send_message", text="Come today"), edges="start>a a>b"
    ),
    "languages": {"main": "en", "others": ["hi"]},
}
ANSWERS = graph(node("it", "ai_answer", knowledge="Open from ten."), edges="start>it", trigger={"kind": "keyword", "words": "when"})
HELLO = "नमस्ते {{contact.first_name}}, स्वागत है!"


@pytest.mark.feature("FE-28")
def test_a_flow_is_translated_and_a_customer_is_answered_in_her_language(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    ananya = asks(page, "GET", "/contacts?q=Ananya")["items"][0]
    asks(page, "PATCH", f"/contacts/{ananya['id']}", {"language": "hi-IN"})

    page.goto(f"{demo.address}/flows")
    page.get_by_role("button", name="New flow").first.click()
    page.get_by_role("button", name=re.compile("Welcome menu")).click()
    page.get_by_role("button", name="Languages").click()
    sheet = page.get_by_role("dialog", name="Languages")
    expect(sheet.get_by_text("One language so far")).to_be_visible()
    sheet.get_by_role("combobox", name="Add a language").click()
    page.get_by_role("option", name=re.compile("Hindi")).click()

    # By keyboard from text to text; what is still missing is counted.
    first = sheet.get_by_role("textbox", name="Text in हिन्दी").first
    first.fill(HELLO)
    expect(sheet.get_by_text("Other values than in the source")).to_be_visible()
    first.fill(HELLO.replace("first_name", 'first_name | default: "ji"'))
    expect(sheet.get_by_text("Other values than in the source")).to_be_hidden()
    first.press("Enter")
    page.keyboard.type("माफ़ कीजिए")
    expect(sheet.get_by_role("tab", name="हिन्दी")).to_contain_text("2 of")
    page.keyboard.press("Escape")

    page.get_by_role("combobox", name="Show the flow in").select_option("hi")
    expect(page.locator(".react-flow__node-step", has_text="स्वागत है!")).to_be_visible()
    page.get_by_text("Test run", exact=True).click()
    phone = page.get_by_role("region", name="Test run")
    phone.get_by_role("button", name="hi", exact=True).click()
    expect(phone.get_by_text("नमस्ते Asha, स्वागत है!")).to_be_visible()

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is live")).to_be_visible()
    expect_answer(f"{demo.address}/simulator/phone/api/customers/ananya", {"type": "text", "text": "Hi"}, "नमस्ते Ananya, स्वागत है!")


@pytest.mark.feature("AI-10")
@pytest.mark.feature("FE-28")
def test_a_model_translates_what_is_missing_and_asha_looks_at_it(demo: Demo, page_without_errors: Page) -> None:
    page = page_without_errors
    page.goto(demo.link)
    made = asks(page, "POST", "/flows", {"name": "Offer", "graph": OFFER})
    with a_model({"texts": [{"n": 1, "text": "नमस्ते {{contact.name}}!"}, {"n": 2, "text": "आज ही आइए"}]}) as model:
        given = {"name": "Mine", "kind": "openai_compatible", "base_url": model.base_url, "model": "m", "allows_private": True}
        asks(page, "POST", "/ai/providers", given)
        page.goto(f"{demo.address}/flows/{made['id']}")
        # That nothing was ordered yet is heard after the order: it is seen to its end all the same.
        with held_up(page, "**/translations") as has_answered:
            page.get_by_role("button", name="Languages").click()
            has_answered()
            sheet = page.get_by_role("dialog", name="Languages")
            sheet.get_by_role("button", name="Translate with AI").click()
            with page.expect_response("**/translate"):
                page.get_by_role("menuitem", name="What is missing").click()
        expect(page.get_by_text("One text was translated")).to_be_visible()

        # And it answers a customer.
        model.says = ["From ten, every day."]
        hours = asks(page, "POST", "/flows", {"name": "Hours", "graph": ANSWERS})
        asks(page, "POST", f"/flows/{hours['id']}/publish", {})
        expect_answer(f"{demo.address}/simulator/phone/api/customers/ananya", {"type": "text", "text": "When?"}, "From ten, every day.")

    # The first came back with another value, so it is still missing; the second wants to be looked at.
    expect(sheet.get_by_role("textbox", name="Text in हिन्दी").nth(0)).to_have_value("")
    expect(sheet.get_by_role("textbox", name="Text in हिन्दी").nth(1)).to_have_value("आज ही आइए")
    sheet.get_by_role("button", name="Not looked at 1").click()
    sheet.get_by_role("button", name="It is right as it is").click()
    expect(sheet.get_by_role("button", name="Not looked at 0")).to_be_visible()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    kept = asks(page, "GET", f"/flows/{made['id']}")["graph"]["texts"]["hi"]
    assert "unseen" not in kept["b"]["text"]

    # What it said has a badge of its own in the inbox.
    page.goto(f"{demo.address}/inbox")
    Inbox(page).opens("Ananya Rao")
    said = Inbox(page).shows("From ten, every day.")
    expect(said.get_by_role("img", name="Written by AI in the flow “Hours”")).to_have_text("AI")
    expect(said.get_by_text("Flow", exact=True)).to_have_count(0)
