"""Language models over the API: added, tried, paid for, and a key that nobody sees again."""

from __future__ import annotations

import pytest

from tests.engine.ai.conftest import KEY
from tests.models import a_model, error
from tests.web.browser import Browser
from wablast_box.engine.ai.ask import complete
from wablast_box.engine.flows.design import flows
from wablast_box.engine.team.actors import SYSTEM

GIVEN = {"name": "Ollama", "kind": "openai_compatible", "model": "llama3.2:3b", "key": KEY, "allows_private": True, "price_in_paise": 1500}


@pytest.mark.feature("AI-01")
@pytest.mark.feature("AI-08")
def test_an_owner_adds_a_model_tries_it_and_sees_what_it_cost(asha: Browser) -> None:
    with a_model("Namaste!") as model:
        made = asha.post("/api/v1/ai/providers", {**GIVEN, "base_url": model.base_url})
        assert made.status_code == 201, made.text
        id = made.json()["id"]
        assert (made.json()["is_default"], made.json()["has_key"], made.json()["key_last4"]) == (True, True, KEY[-4:])
        tried = asha.post(f"/api/v1/ai/providers/{id}/test").json()
        assert (tried["is_ok"], tried["text"], tried["tokens_in"]) == (True, "Namaste!", 100)
        flow = flows.create_flow("Assistant", None, SYSTEM)["id"]
        complete([{"role": "user", "content": "hi"}], purpose="answer", ref=f"flow:{flow}/session:1:1:ask1")

    month = asha.get("/api/v1/ai/usage").json()
    assert (month["calls"], month["tokens_in"], month["tokens_out"], month["cost_micro_paise"]) == (2, 200, 40, 300_000)
    assert (month["cap_rupees"], [one["name"] for one in month["by_provider"]]) == (2000, ["Ollama"])
    assert "Assistant" in [one["name"] for one in month["by_flow"]]
    assert asha.get("/api/v1/ai/usage?month=2026-01").json()["calls"] == 0
    first = asha.get("/api/v1/ai/calls?limit=1").json()
    assert (first["items"][0]["flow_name"], first["items"][0]["state"], first["items"][0]["purpose"]) == ("Assistant", "done", "answer")
    rest = asha.get(f"/api/v1/ai/calls?cursor={first['next_cursor']}").json()
    assert ([one["purpose"] for one in rest["items"]], rest["next_cursor"]) == (["test"], None)

    assert asha.patch(f"/api/v1/ai/providers/{id}", {"model": "gemma3:4b", "key": ""}).json()["has_key"] is False
    assert asha.delete(f"/api/v1/ai/providers/{id}").status_code == 204
    assert asha.get("/api/v1/ai/providers").json()["items"] == []
    assert asha.get("/api/v1/ai/usage").json()["calls"] == 2


def test_the_key_is_never_told_again_not_even_by_a_provider_that_quotes_it(asha: Browser) -> None:
    with a_model(error(401, f"Incorrect API key provided: {KEY}")) as model:
        id = asha.post("/api/v1/ai/providers", {**GIVEN, "base_url": model.base_url}).json()["id"]
        tried = asha.post(f"/api/v1/ai/providers/{id}/test").json()

    assert (tried["is_ok"], tried["help"]) == (False, "Enter it again under Settings, AI models.")
    for path in ("providers", "calls", "usage"):
        assert KEY not in asha.get(f"/api/v1/ai/{path}").text


@pytest.mark.parametrize("month", ["2026-13", "26-1", "2026-1", "0000-01", "abcdefg"])
def test_a_month_that_is_none_is_refused(asha: Browser, month: str) -> None:
    answer = asha.get(f"/api/v1/ai/usage?month={month}")
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "month")


def test_what_is_wrong_is_named(asha: Browser) -> None:
    answer = asha.post("/api/v1/ai/providers", {**GIVEN, "base_url": "http://192.168.1.7:11434", "allows_private": False})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "allows_private")
