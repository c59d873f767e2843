"""Meta's news count the moment they come."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.message_templates.pretending import WABA, alarms, at_meta, decides, template
from wablast_box.engine.message_templates import sync, words
from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.ops.refresh.templates import sync_if_due, sync_templates
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.process import process_due
from wablast_box.lib.clock import frozen_at, now, now_ms
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Template
from wablast_box.simulator.template_decisions import decide


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
