"""A flow in several languages over HTTP: saved, published, handed to a translator, rehearsed."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.engine.flows.talk import graph, node
from tests.models import a_model
from tests.web.browser import Browser, code_of
from wablast_box.engine.ai import providers
from wablast_box.engine.flows.languages import mark_of
from wablast_box.engine.flows.translating import work
from wablast_box.engine.team.actors import SYSTEM

pytestmark = pytest.mark.feature("FE-28")
FLOWS = "/api/v1/flows"
ASK = node("ask", "send_buttons", text="Which one?", buttons=[{"id": "a", "title": "=1+1 silk"}, {"id": "b", "title": "Cotton"}])
HINDI = {"ask": {"text": {"text": "कौन सा?", "of": mark_of("Which one?")}, "buttons.b.title": {"text": "सूती", "of": mark_of("Cotton")}}}


def drawn(**texts: Any) -> dict[str, Any]:
    whole = graph(ASK, edges="start>ask", trigger={"kind": "keyword", "words": "hi"})
    return {**whole, "languages": {"main": "en", "others": ["hi"]}, "texts": {"hi": {"ask": {**HINDI["ask"], **texts}}}}


def made(browser: Browser, **texts: Any) -> str:
    return str(browser.post(FLOWS, {"name": "Sarees", "graph": drawn(**texts)}).json()["id"])


def test_translations_live_with_the_draft_and_with_each_version(asha: Browser) -> None:
    number = made(asha)
    assert asha.post(f"{FLOWS}/{number}/publish", {}).status_code == 200
    changed = drawn()
    changed["texts"] = {}
    asha.put(f"{FLOWS}/{number}/draft", {"graph": changed})

    assert asha.get(f"{FLOWS}/{number}").json()["graph"]["texts"] == {}
    assert asha.get(f"{FLOWS}/{number}/versions/1").json()["graph"]["texts"] == {"hi": HINDI}
    assert asha.post(f"{FLOWS}/{number}/versions/1/restore", {}).json()["graph"]["texts"] == {"hi": HINDI}


def test_what_is_wrong_with_a_translation_names_language_node_and_field(asha: Browser) -> None:
    number = made(asha, **{"buttons.b.title": {"text": "बहुत लंबा बटन जो नहीं चलेगा"}})
    found = asha.post(f"{FLOWS}/{number}/validate", {}).json()["problems"]

    assert [(one["language"], one["node_id"], one["field"]) for one in found if one["severity"] == "error"] == [
        ("hi", "ask", "buttons.1.title")
    ]
    refused = asha.post(f"{FLOWS}/{number}/publish", {})
    assert (refused.status_code, code_of(refused)) == (422, "flow_has_problems")


def test_a_rehearsal_speaks_the_language_it_is_given(asha: Browser) -> None:
    number = made(asha)
    said = asha.post(f"{FLOWS}/{number}/simulate", {"messages": ["hi", "सूती"], "contact": {"language": "hi-IN"}}).json()

    assert said["replies"][0]["message"]["interactive"]["body"]["text"] == "कौन सा?"
    assert [one["outcome"] for one in said["steps"]][-1] == "b"


def test_a_translator_gets_a_table_in_which_nothing_is_a_formula(asha: Browser, ravi: Browser) -> None:
    number = made(asha)
    answer = ravi.get(f"{FLOWS}/{number}/translations.csv?language=hi")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="flow-{number}-hi.csv"'
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))}
    assert rows["ask/text"] == {"id": "ask/text", "source": "Which one?", "translation": "कौन सा?", "state": "done", "longest": "1024"}
    assert (rows["ask/buttons.a.title"]["source"], rows["ask/buttons.a.title"]["state"]) == ("'=1+1 silk", "missing")


def test_there_is_no_table_for_a_language_that_the_flow_has_not(asha: Browser) -> None:
    number = made(asha)

    assert asha.get(f"{FLOWS}/{number}/translations.csv?language=ta").status_code == 404
    assert asha.get(f"{FLOWS}/{number}/translations.csv").status_code == 422


def test_translating_wants_a_model_and_says_so(asha: Browser, ravi: Browser) -> None:
    number = made(asha)
    refused = asha.post(f"{FLOWS}/{number}/translate", {"to": "hi"})

    assert (refused.status_code, code_of(refused)) == (409, "no_model")
    assert ravi.post(f"{FLOWS}/{number}/translate", {"to": "hi"}).status_code == 403
    assert asha.get(f"{FLOWS}/{number}/translations").json() == {"items": [], "next_cursor": None}


def test_an_order_is_a_row_that_is_worked_off(asha: Browser) -> None:
    number = made(asha)
    with a_model({"texts": [{"n": at, "text": text} for at, text in enumerate(["फिर से", "रेशम"], 1)]}) as model:
        given = {"name": "Mine", "kind": "openai_compatible", "base_url": model.base_url, "model": "m", "allows_private": True}
        providers.add_provider(given, by=SYSTEM)
        ordered = asha.post(f"{FLOWS}/{number}/translate", {"to": "hi", "only": "missing"})

        assert (ordered.status_code, ordered.json()["language"], ordered.json()["state"]) == (202, "hi", "waiting")
        assert asha.post(f"{FLOWS}/{number}/translate", {"to": "hi", "only": "some"}).status_code == 422
        work.translate_due()

    assert [one["state"] for one in asha.get(f"{FLOWS}/{number}/translations").json()["items"]] == ["done"]
