"""Forwarding and the raw log over the API: who may, and what is never told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.engine.webhooks.other_system import OtherSystem, other_system
from tests.web.browser import Browser
from wablast_box.engine.webhooks.forward.deliver import bring_up_to_date
from wablast_box.engine.webhooks.models import WebhookEvent

BROKEN = {"messages": [{"type": "text", "from": "919812345678", "text": {"body": "no id"}}]}


@pytest.fixture
def other(box: object) -> Iterator[OtherSystem]:
    with other_system() as system:
        yield system


@pytest.mark.feature("CN-36")
def test_an_owner_sets_up_forwarding_sees_how_far_it_is_and_sends_again_what_was_refused(asha: Browser, other: OtherSystem) -> None:
    made = asha.post("/api/v1/webhook-forwards", {"url": other.url, "secret": "between you and me"})
    assert made.status_code == 201, made.text
    id = made.json()["id"]
    other.rule = lambda one: 400 if b"second" in one else 200
    delivers(body(text("first")), body(text("second")))
    assert asha.get("/api/v1/webhook-forwards").json()["items"][0]["behind"] == 2

    bring_up_to_date(int(id))

    [shown] = asha.get("/api/v1/webhook-forwards").json()["items"]
    assert (shown["state"], shown["behind"], shown["set_aside"], shown["has_secret"]) == ("on", 0, 1, True)
    [waiting] = asha.get(f"/api/v1/webhook-forwards/{id}/deliveries").json()["items"]
    assert (waiting["state"], waiting["error"], waiting["attempts"]) == ("waiting", "The server answered 400.", 1)
    other.rule = lambda _: 200
    assert asha.post(f"/api/v1/webhook-deliveries/{waiting['id']}/send-again").json()["state"] == "waiting"
    bring_up_to_date(int(id))
    assert len(other.took) == 2 and asha.get(f"/api/v1/webhook-forwards/{id}/deliveries").json()["items"] == []
    assert asha.patch(f"/api/v1/webhook-forwards/{id}", {"is_on": False}).json()["state"] == "off"
    assert asha.post(f"/api/v1/webhook-forwards/{id}/resume").json()["error"] is None
    assert asha.delete(f"/api/v1/webhook-forwards/{id}").status_code == 204
    assert asha.get("/api/v1/webhook-forwards").json()["items"] == []


def test_the_secret_is_never_told(asha: Browser, other: OtherSystem) -> None:
    asha.post("/api/v1/webhook-forwards", {"url": other.url, "secret": "between you and me"})

    assert "between you" not in asha.get("/api/v1/webhook-forwards").text


def test_an_address_inside_is_refused_in_words(asha: Browser) -> None:
    answer = asha.post("/api/v1/webhook-forwards", {"url": "https://192.168.1.5/hook"})

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "url")
    assert "private network" in answer.json()["error"]["help"]


@pytest.mark.feature("CN-35")
def test_the_log_is_searched_settled_and_replayed_over_the_api(bela: Browser) -> None:
    delivers(body(text("saree", wamid="wamid.FIND")), body(BROKEN), body({**BROKEN, "n": 2}))

    found = bela.get("/api/v1/webhook-events", params={"contains": "wamid.FIND", "since": "2020-01-01T00:00:00Z"}).json()
    assert [one["summary"] for one in found["items"]] == ["messages 1"] and found["looked_back_to"] is None
    failed = bela.get("/api/v1/webhook-events", params={"state": "failed", "kind": "unreadable"}).json()["items"]
    assert bela.post(f"/api/v1/webhook-events/{failed[0]['id']}/dismiss").json()["state"] == "ignored"
    assert bela.post("/api/v1/webhook-events/replay", {"state": "failed"}).json() == {"count": 1}
    assert WebhookEvent.get_by_id(int(failed[1]["id"])).state == "pending"


@pytest.mark.parametrize("wrong", [{"since": "yesterday"}, {"until": "2026-11-22T10:00:00"}, {"state": "odd"}])
def test_a_question_that_makes_no_sense_names_its_field(bela: Browser, wrong: dict[str, str]) -> None:
    answer = bela.get("/api/v1/webhook-events", params=wrong)

    assert answer.status_code == 422 and answer.json()["error"]["field"] in wrong
