"""The number, alarms, settings and figures, as the interface asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browser import Browser, code_of
from wablast_box.engine.events.models import Event
from wablast_box.engine.meta.models import Number
from wablast_box.engine.notifications.alarms import hold_alarm, raise_alarm, release_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.ops import watch
from wablast_box.engine.settings import store
from wablast_box.lib.errors import Unavailable


def test_the_number_is_empty_until_one_is_connected_and_then_what_meta_said(asha: Browser) -> None:
    before = asha.get("/api/v1/number").json()
    Number.create(id=1, phone_number_id="106", display_phone_number="+91 80 4718 2200", quality_rating="GREEN", is_subscribed=True)

    after = asha.get("/api/v1/number").json()

    assert before["phone_number_id"] is None and before["subscribed"] is None
    assert (after["display_phone_number"], after["quality_rating"], after["subscribed"]) == ("+91 80 4718 2200", "GREEN", True)


def test_refreshing_a_number_that_is_not_connected_says_what_to_do(asha: Browser) -> None:
    answer = asha.post("/api/v1/number/refresh")

    assert (answer.status_code, code_of(answer)) == (503, "not_connected")
    assert answer.json()["error"]["help"]


def test_alarms_are_listed_newest_first_with_the_held_ones(ravi: Browser) -> None:
    raise_alarm("token_expired", Severity.CRITICAL, "Meta no longer accepts the access token", "Enter a new one.", action_url="/setup")
    hold_alarm("disk_full", Severity.CRITICAL, "The disk is full", "Free some space.")

    found = ravi.get("/api/v1/alarms").json()
    release_alarm("disk_full")

    assert [alarm["key"] for alarm in found["items"]] == ["disk_full", "token_expired"]
    assert found["items"][1]["action_url"] == "/setup" and found["items"][1]["severity"] == "critical"
    assert found["next_cursor"] is None


@pytest.mark.feature("OP-10")
def test_settings_explain_themselves_begin_in_india_and_hide_what_the_box_writes(asha: Browser) -> None:
    shown = {setting["name"]: setting for setting in asha.get("/api/v1/settings").json()["items"]}

    assert shown["time_zone"]["value"] == "Asia/Kolkata"
    assert all(setting["label"] and setting["help"] for setting in shown.values())
    assert "setup_finished_at" not in shown


def test_settings_are_changed_all_or_nothing_and_the_change_is_audited(bela: Browser) -> None:
    wrong = bela.patch("/api/v1/settings", {"business_name": "Asha Silks", "time_zone": "India/Mysuru"})
    untouched = store.get("business_name")
    right = bela.patch("/api/v1/settings", {"business_name": " Asha Silks ", "raw_log_days": 20})

    assert (wrong.status_code, wrong.json()["error"]["field"], untouched) == (422, "time_zone", "")
    assert right.status_code == 200
    assert {s["name"]: s["value"] for s in right.json()["items"]}["business_name"] == "Asha Silks"
    event = Event.select().where(Event.name == "settings.changed").get()
    assert event.actor.startswith("user:") and event.detail_json == {"changed": ["business_name", "raw_log_days"]}


@pytest.mark.parametrize("name", ["setup_finished_at", "phone_number_id", "nonsense"])
def test_what_is_no_setting_of_peoples_cannot_be_changed(asha: Browser, name: str) -> None:
    answer = asha.patch("/api/v1/settings", {name: "x"})

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, name)


def test_where_meta_and_links_go_is_the_owners_alone(asha: Browser, bela: Browser) -> None:
    refused = bela.patch("/api/v1/settings", {"public_url": "https://evil.example"})
    wrong = asha.patch("/api/v1/settings", {"public_url": "http://box.example.com"})
    right = asha.patch("/api/v1/settings", {"public_url": "https://box.example.com/"})

    assert (refused.status_code, wrong.status_code, right.status_code) == (403, 422, 200)
    assert store.get("public_url") == "https://box.example.com"


def test_the_figures_have_every_part_of_the_contract(asha: Browser, box: Path) -> None:
    watch.begin(box)

    found = asha.get("/api/v1/diagnostics").json()

    assert found["webhook_events"] == {"pending": 0, "failed": 0, "oldest_pending_age_s": None}
    assert found["outbox"] == {"queued": 0, "sending": 0, "unconfirmed": 0, "oldest_queued_age_s": None}
    assert set(found) == {
        "webhook_events", "outbox", "attachments", "tasks", "events", "memory_mb", "open_sockets", "threads", "uptime_s", "database",
        "disk_free_mb", "version",
    }  # fmt: skip


@pytest.mark.feature("OP-08")
def test_health_needs_no_key_and_says_why_the_box_is_not_ready(nobody: Browser, box: Path) -> None:
    watch.begin(box)
    ready = nobody.get("/readyz")
    watch.write_refused(Unavailable("The disk is full: nothing was changed.", code="disk_full", help="Free some space."))

    red, alive = nobody.get("/readyz"), nobody.get("/healthz")
    watch.probe()

    assert ready.status_code == 200
    assert (red.status_code, red.json()["reasons"]) == (503, ["The disk is full: nothing was changed."])
    assert alive.status_code == 200
    assert nobody.get("/readyz").status_code == 200
