"""A flow comes in from another box, is given the key of another system, and goes out again without it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .demo import Demo

KEY = "sk-live-9f2e41d87QxZ0011"
FILE = {
    "wablast_flow": 1, "name": "Orders", "nodes": [
        {"id": "start", "type": "start", "version": 1, "data": {}},
        {"id": "ask", "type": "http_request", "version": 1, "data": {"url": "https://api.example.com/", "headers": {"Authorization": "Bearer "}}},
        {"id": "run", "type": "code", "version": 1, "data": {"code": "return 1"}},
    ],
    "edges": [{"from": "start", "output": "next", "to": "ask"}, {"from": "ask", "output": "next", "to": "run"}],
    "notes": [{"id": "s1", "x": 0, "y": 300, "width": 200, "height": 100, "text": "Ask Ravi first", "color": "yellow"}],
    "references": [{"node": "ask", "field": "url", "kind": "user", "name": "Ravi"}],
}  # fmt: skip


@pytest.mark.feature("FE-25")
@pytest.mark.feature("FN-62")
def test_a_flow_of_another_box_is_taken_given_a_key_and_handed_on(demo: Demo, page_without_errors: Page, tmp_path: Path) -> None:
    page = page_without_errors
    page.goto(demo.link)
    page.goto(f"{demo.address}/settings/flow-secrets")
    page.get_by_role("button", name="Add a secret").click()
    page.get_by_label("Name", exact=True).fill("crm_key")
    page.get_by_label("Secret", exact=True).fill(KEY)
    page.get_by_label("Goes only to").fill("api.example.com")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("row", name="crm_key")).to_contain_text("…0011")

    (tmp_path / "orders.flow.json").write_text(json.dumps(FILE))
    page.goto(f"{demo.address}/flows")
    (tmp_path / "bill.json").write_text('{"total": 840}')
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Import").click()
    chosen.value.set_files(tmp_path / "bill.json")
    expect(page.get_by_text("This is not a flow")).to_be_visible()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Import").click()
    chosen.value.set_files(tmp_path / "orders.flow.json")
    expect(page.get_by_text("“Orders” is here, as a draft that is off")).to_be_visible()
    expect(page.get_by_text("This step runs code and is off")).to_be_visible()
    expect(page.get_by_text("Ask Ravi first")).to_be_visible()

    page.locator('[data-id="ask"]').click()
    page.locator("summary", has_text="More settings").click()
    header = page.locator('[data-field="headers.Authorization"] input').last
    header.press("End")
    header.press_sequentially("{{secr")
    expect(page.get_by_role("option", name=re.compile("secret.crm_key"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(header).to_have_value("Bearer {{secret.crm_key}}")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()

    page.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_text("Export JSON").click()
    file = Path(download.value.path()).read_text()
    assert "Bearer {{secret.crm_key}}" in file and "Ask Ravi first" in file
    assert KEY not in file and KEY not in page.content()
