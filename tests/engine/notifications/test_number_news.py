"""What Meta tells about the number becomes the number's row, and an alarm that says what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wablast_box.engine.meta.models import Number
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.settings import store
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.process import process_due
from wablast_box.lib.clock import now_ms

OURS, WABA = "918047182200", "102290129340398"
SOON, LONG_AGO = now_ms() // 1000 + 86_400, 1_641_330_498


@pytest.fixture
def number(box: Path) -> None:
    Number.create(id=1, phone_number_id="106540352242922", waba_id=WABA, display_phone_number="+91 80 4718 2200", status="CONNECTED")
    store.put("waba_id", WABA)


def hear(field: str, value: dict[str, Any], waba: str = WABA) -> None:
    body = {"object": "whatsapp_business_account", "entry": [{"id": waba, "time": now_ms() // 1000, "changes": [{"field": field, "value": value}]}]}
    accept([knock("meta", json.dumps(body | {"nonce": now_ms()}).encode())])
    process_due()
    assert WebhookEvent.select().where(WebhookEvent.state == "failed").count() == 0


def open_keys() -> set[str]:
    return {alarm.key for alarm in open_alarms(limit=50)}


RAISED = [
    ("flagged", "phone_number_quality_update", {"display_phone_number": OURS, "event": "FLAGGED", "current_limit": "TIER_2K"}, "number_quality"),
    ("limit lowered", "phone_number_quality_update", {"display_phone_number": OURS, "event": "DOWNGRADE", "current_limit": "TIER_250"}, "number_limit"),
    ("name refused", "phone_number_name_update", {"display_phone_number": OURS, "decision": "REJECTED", "requested_verified_name": "Best Shop", "rejection_reason": "NAME_NOT_CONSISTENT"}, "number_name"),
    ("will be disabled", "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "May 1, 2027"}}, "account_banned"),
    ("disabled", "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "May 1, 2027"}}, "account_banned"),
    ("restricted", "account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": SOON}]}, "account_restricted"),
    ("violation", "account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}}, "account_violation"),
    ("deleted", "account_update", {"event": "ACCOUNT_DELETED"}, "account_gone"),
    ("offboarded", "account_update", {"event": "ACCOUNT_OFFBOARDED"}, "account_gone"),
    ("disconnected on the phone", "account_update", {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"}}, "account_gone"),
    ("review failed", "account_review_update", {"decision": "REJECTED"}, "account_review"),
    ("alert", "account_alerts", {"entity_type": "BUSINESS", "entity_id": "5", "alert_info": {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "OBA_REVOKED", "alert_description": "Look."}}, "account_alert_oba_revoked"),
    ("alert, flat", "account_alerts", {"entity_type": "BUSINESS", "entity_id": 5, "alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "OBA_REVOKED", "alert_description": "Look."}, "account_alert_oba_revoked"),
    ("PIN reset", "security", {"display_phone_number": OURS, "event": "PIN_RESET_REQUEST", "requester": "6155"}, "number_pin"),
    ("PIN changed", "security", {"display_phone_number": OURS, "event": "PIN_CHANGED", "requester": "6155"}, "number_pin"),
]  # fmt: skip


@pytest.mark.feature("CN-28")
@pytest.mark.parametrize(("what", "field", "value", "key"), RAISED, ids=[row[0] for row in RAISED])
def test_bad_news_raises_one_alarm_with_words_and_advice(number: None, what: str, field: str, value: dict[str, Any], key: str) -> None:
    hear(field, value)

    (alarm,) = open_alarms(limit=50)
    assert alarm.key == key
    assert len(alarm.advice) > 20 or field == "account_alerts"
    assert "None" not in alarm.title + alarm.advice


ENDED = [
    (0, "phone_number_quality_update", {"display_phone_number": OURS, "event": "UNFLAGGED", "current_limit": "TIER_2K"}),
    (1, "phone_number_quality_update", {"display_phone_number": OURS, "event": "UPGRADE", "current_limit": "TIER_2K"}),
    (2, "phone_number_name_update", {"display_phone_number": OURS, "decision": "APPROVED", "requested_verified_name": "Asha Textiles"}),
    (3, "account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE", "waba_ban_date": "May 2, 2027"}}),
    (5, "account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": LONG_AGO}]}),
    (7, "account_update", {"event": "ACCOUNT_RECONNECTED"}),
    (10, "account_review_update", {"decision": "APPROVED"}),
    (11, "account_alerts", {"entity_type": "BUSINESS", "entity_id": "5", "alert_info": {"alert_status": "NONE", "alert_type": "OBA_REVOKED"}}),
]  # fmt: skip


@pytest.mark.feature("CN-28")
@pytest.mark.parametrize(("index", "field", "value"), ENDED, ids=[RAISED[row[0]][0] for row in ENDED])
def test_good_news_ends_what_bad_news_began(number: None, index: int, field: str, value: dict[str, Any]) -> None:
    hear(*RAISED[index][1:3])
    assert open_keys() == {RAISED[index][3]}, "needs an alarm to end"

    hear(field, value)

    assert open_keys() == set()


@pytest.mark.feature("CN-27")
def test_limit_and_name_are_kept_in_the_numbers_row(number: None) -> None:
    hear("phone_number_quality_update", {"display_phone_number": OURS, "event": "UPGRADE", "max_daily_conversations_per_business": "TIER_10K"})
    hear("phone_number_name_update", {"display_phone_number": OURS, "decision": "APPROVED", "requested_verified_name": "Asha Textiles"})
    hear("business_capability_update", {"max_daily_conversations_per_business": "TIER_UNLIMITED", "max_phone_numbers_per_waba": 25})

    row = Number.get()
    assert (row.messaging_limit, row.verified_name, row.name_status) == ("TIER_UNLIMITED", "Asha Textiles", "APPROVED")


@pytest.mark.parametrize(
    ("field", "value", "waba"),
    [
        ("phone_number_quality_update", {"display_phone_number": "15550783881", "event": "FLAGGED"}, WABA),
        ("account_update", {"event": "ACCOUNT_DELETED"}, "999999"),
        ("account_update", {"event": "PARTNER_ADDED"}, WABA),
        ("account_update", {"event": "SOMETHING_OF_NEXT_YEAR"}, WABA),
    ],
    ids=["another number", "another account", "nothing to do", "not known yet"],
)
def test_news_that_is_not_ours_or_needs_nobody_raises_nothing(number: None, field: str, value: dict[str, Any], waba: str) -> None:
    hear(field, value, waba)

    assert open_keys() == set()
    assert Number.get().status == "CONNECTED"
