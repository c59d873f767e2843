"""Meta's list becomes the box's table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.engine.message_templates.pretending import at_meta, template
from tests.engine.meta.conftest import PretendGraph
from tests.engine.outbox.sending import GRAPH_URL
from wablast_box.engine.message_templates import read, sync
from wablast_box.engine.message_templates.models import MessageTemplate, TemplateSync
from wablast_box.engine.message_templates.read import TemplateQuery
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.ops.refresh.templates import sync_if_due, sync_templates
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Unavailable, Upstream
from wablast_box.lib.paging import PageRequest
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Template


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
