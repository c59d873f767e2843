"""Meta's list and Meta's news become the box's table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.engine.meta.conftest import PretendGraph
from tests.engine.outbox.sending import GRAPH_URL, connect
from wablast_box.engine.message_templates import read, sync, words
from wablast_box.engine.message_templates.models import MessageTemplate, TemplateSync
from wablast_box.engine.message_templates.read import TemplateQuery
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.ops.refresh.templates import sync_if_due, sync_templates
from wablast_box.engine.settings import store
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.process import process_due
from wablast_box.lib.clock import frozen_at, now, now_ms
from wablast_box.lib.errors import Unavailable, Upstream
from wablast_box.lib.paging import PageRequest
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Template
from wablast_box.simulator.template_decisions import decide
from wablast_box.simulator.transport import GraphTransport

WABA = "102290129340398"


@pytest.fixture
def meta(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    """A connected number; the webhooks of the fake Meta reach the box when they are carried."""
    connect()
    store.put("waba_id", WABA)

    def post(url: str, headers: Any, body: bytes) -> int:
        accept([knock("meta", body)])
        process_due()
        return 200

    fake = FakeMeta(callback_url="http://box.test/hooks/meta", post=post)
    client = GraphClient(GRAPH_URL, "v24.0", fake.state.account.access_token, transport=GraphTransport(fake.graph))
    monkeypatch.setattr(sync, "our_client", lambda: client)
    yield fake
    client.close()


def template(name: str, language: str = "en_US") -> MessageTemplate:
    return MessageTemplate.get((MessageTemplate.name == name) & (MessageTemplate.language == language))


def at_meta(meta: FakeMeta, name: str, language: str = "en_US") -> Template:
    found = meta.state.find_template(name, language)
    assert found is not None
    return found


def decides(meta: FakeMeta, name: str, **what: Any) -> None:
    decide(meta.delivery, at_meta(meta, name), what)
    meta.pump()


def alarms() -> list[str]:
    return [alarm.title for alarm in open_alarms(limit=20)]


@pytest.mark.feature("TP-01")
def test_a_sync_brings_status_category_language_quality_and_text(meta: FakeMeta) -> None:
    at_meta(meta, "diwali_offer").quality = "GREEN"

    told = sync_templates()

    offer = template("diwali_offer")
    assert (offer.status, offer.category, offer.language, offer.quality) == ("approved", "marketing", "en_US", "green")
    assert "handloom saree" in offer.words
    assert {row.language for row in MessageTemplate.select().where(MessageTemplate.name == "order_update")} == {"en_US", "hi"}
    assert told["synced_at"] is not None


@pytest.mark.feature("TP-01")
def test_the_list_is_compared_whole_so_what_is_gone_at_meta_is_gone_here(meta: FakeMeta) -> None:
    sync_templates()
    kept = template("order_update").id
    meta.state.templates = {key: one for key, one in meta.state.templates.items() if one.name == "order_update"}
    at_meta(meta, "order_update").components = [{"type": "BODY", "text": "New words"}]

    sync_templates()

    assert [row.name for row in MessageTemplate.select()] == ["order_update", "order_update"]
    assert (template("order_update").id, template("order_update").words) == (kept, "New words")


@pytest.mark.feature("TP-01")
def test_a_template_that_was_made_again_at_meta_stays_the_one_that_is_named_here(meta: FakeMeta) -> None:
    sync_templates()
    before = template("diwali_offer")
    gone = at_meta(meta, "diwali_offer")
    del meta.state.templates[gone.id]
    made = Template(meta.state.new_number(), gone.name, gone.language, gone.category, gone.components, status="PENDING")
    meta.state.templates[made.id] = made

    sync_templates()

    after = template("diwali_offer")
    assert (after.id, after.meta_id, after.status) == (before.id, made.id, "pending")
    assert MessageTemplate.select().count() == 6


def test_a_thousand_templates_come_over_many_pages(meta: FakeMeta) -> None:
    for n in range(1000):
        made = Template(meta.state.new_number(), f"made_{n}", "en", "UTILITY", [{"type": "BODY", "text": f"Text {n}"}], status="APPROVED")
        meta.state.templates[made.id] = made

    sync_templates()

    assert MessageTemplate.select().count() == 1006
    page = read.templates_page(TemplateQuery(q="made_99 text"), PageRequest())
    assert [one["name"] for one in page.items] == [f"made_{n}" for n in range(999, 989, -1)] + ["made_99"]


def test_an_answer_that_is_no_list_deletes_nothing(meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_templates()
    graph = PretendGraph()
    graph.says({})
    monkeypatch.setattr(sync, "our_client", lambda: GraphClient(GRAPH_URL, "v24.0", "EAA", transport=httpx.MockTransport(graph)))

    with pytest.raises(Upstream):
        sync_templates()

    assert MessageTemplate.select().count() == 6
    assert TemplateSync.get().trouble


def test_rows_of_any_form_are_passed_over_or_kept_as_far_as_they_go(meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [7, None, {"id": "1"}, {"id": 2, "name": "a", "language": "en"}, {"id": "3", "name": ["x"], "language": "en"},
            {"id": "4", "name": "b\0", "language": "en", "components": "x", "quality_score": "GREEN", "status": 7}]  # fmt: skip
    graph = PretendGraph()
    graph.says({"data": rows})
    monkeypatch.setattr(sync, "our_client", lambda: GraphClient(GRAPH_URL, "v24.0", "EAA", transport=httpx.MockTransport(graph)))

    sync_templates()

    assert [(row.meta_id, row.name, row.status, row.quality) for row in MessageTemplate.select().order_by(MessageTemplate.id)] == [
        ("2", "a", "unknown", "unknown"),
        ("4", "b\ufffd", "7", "green"),
    ]


@pytest.mark.feature("TP-01")
def test_it_is_read_at_once_after_connecting_then_hourly_and_after_news(meta: FakeMeta) -> None:
    moment = now()
    with frozen_at(moment):
        sync_if_due()
        assert MessageTemplate.select().count() == 6
        assert not sync.is_due()
        sync.want_sync()
        assert not sync.is_due(), "news in bursts wait for each other"
    with frozen_at(moment + timedelta(seconds=31)):
        assert sync.is_due()
        sync_if_due()
        assert not sync.is_due()
    with frozen_at(moment + timedelta(minutes=61, seconds=31)):
        assert sync.is_due()


def test_a_meta_that_is_away_is_asked_again_later(meta: FakeMeta) -> None:
    meta.faults.add("error", code=131016, times=None)
    moment = now()
    with frozen_at(moment):
        sync_if_due()
        assert read.sync_view()["trouble"]
        assert not sync.is_due()
    with frozen_at(moment + timedelta(minutes=6)):
        assert sync.is_due()


def test_without_a_number_nothing_is_asked(box: Path) -> None:
    sync_if_due()

    with pytest.raises(Unavailable):
        sync_templates()


# --- news


@pytest.mark.feature("TP-10")
def test_a_refusal_arrives_with_its_reason_and_what_to_do(meta: FakeMeta) -> None:
    sync_templates()

    decides(meta, "diwali_offer", status="REJECTED", reason="TAG_CONTENT_MISMATCH", recommendation="Choose Hindi.")

    row = template("diwali_offer")
    assert (row.status, row.reason, row.details) == ("rejected", "TAG_CONTENT_MISMATCH", "Choose Hindi.")
    assert "language" in (words.advice(row) or "")
    assert alarms() == ["Meta refused the template “diwali_offer · en_US”"]


@pytest.mark.feature("TP-10")
def test_a_pause_counts_at_once_and_ends_with_the_news_that_it_is_over(meta: FakeMeta) -> None:
    sync_templates()

    decides(meta, "order_update", status="PAUSED", pause="SECOND_PAUSE")

    assert (template("order_update").status, template("order_update").reason) == ("paused", "SECOND_PAUSE")
    assert "6 hours" in template("order_update").details
    assert alarms() == ["Meta paused the template “order_update · en_US”"]
    decides(meta, "order_update", status="APPROVED")
    assert (template("order_update").status, template("order_update").details) == ("approved", None)
    assert alarms() == []


@pytest.mark.feature("TP-10")
def test_quality_category_and_text_follow_metas_news(meta: FakeMeta) -> None:
    sync_templates()

    decides(meta, "order_update", quality="RED", category_soon="MARKETING")

    row = template("order_update")
    assert (row.quality, row.category, row.next_category) == ("red", "utility", "marketing")
    assert alarms() == ["Meta moves the template “order_update · en_US” to marketing"]
    decides(meta, "order_update", category="MARKETING", components=[{"type": "BODY", "text": "Other words"}])
    assert (template("order_update").category, template("order_update").next_category) == ("marketing", None)
    assert alarms() == []
    sync_templates()
    assert template("order_update").words == "Other words"


def test_a_template_that_is_new_to_us_is_fetched_after_its_news(meta: FakeMeta) -> None:
    sync_templates()
    made = Template(meta.state.new_number(), "fresh", "en", "UTILITY", [{"type": "BODY", "text": "Fresh"}])
    meta.state.templates[made.id] = made
    decide(meta.delivery, made, {"status": "APPROVED"})
    meta.pump()

    with frozen_at(now() + timedelta(seconds=31)):
        sync_if_due()

    assert template("fresh", "en").status == "approved"


def test_a_deleted_template_goes_and_takes_its_alarm_with_it(meta: FakeMeta) -> None:
    sync_templates()
    decides(meta, "hello_world", status="DISABLED")

    hear(status_value(meta, "hello_world", "DELETED"))

    assert not MessageTemplate.select().where(MessageTemplate.name == "hello_world").exists()
    assert alarms() == []


def test_news_that_come_in_the_wrong_order_end_as_they_happened(meta: FakeMeta) -> None:
    sync_templates()
    moment = now_ms() // 1000

    hear(status_value(meta, "hello_world", "APPROVED"), at=moment)
    hear(status_value(meta, "hello_world", "PAUSED"), at=moment - 60)

    assert template("hello_world").status == "approved"


def test_a_list_that_was_on_its_way_does_not_undo_news_that_came_meanwhile(meta: FakeMeta, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_templates()
    old = [one.public() for one in meta.state.templates.values()]

    def slowly(*_: Any) -> list[dict[str, Any]]:
        decides(meta, "hello_world", status="PAUSED")
        return old

    monkeypatch.setattr(sync, "list_templates", slowly)

    sync_templates()

    assert template("hello_world").status == "paused"


def test_another_accounts_news_are_not_ours(meta: FakeMeta) -> None:
    sync_templates()

    hear(status_value(meta, "hello_world", "PAUSED"), waba="999")

    assert template("hello_world").status == "approved"
    assert alarms() == []


def test_metas_own_quality_sample_under_the_status_field_is_understood(meta: FakeMeta) -> None:
    sync_templates()
    names = {key: value for key, value in status_value(meta, "hello_world", "x").items() if key != "event"}

    hear(names | {"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"})

    assert template("hello_world").quality == "yellow"


def status_value(meta: FakeMeta, name: str, event: str) -> dict[str, Any]:
    found = at_meta(meta, name)
    return {"event": event, "message_template_id": int(found.id), "message_template_name": name, "message_template_language": "en_US"}


def hear(value: dict[str, Any], *, waba: str = WABA, at: int | None = None) -> None:
    change = {"field": "message_template_status_update", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": waba, "time": at or now_ms() // 1000, "changes": [change]}]}
    accept([knock("meta", json.dumps(body | {"nonce": now_ms()}).encode())])
    process_due()
    assert WebhookEvent.select().where(WebhookEvent.state == "failed").count() == 0
