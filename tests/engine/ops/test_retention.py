"""What nobody needs goes; what somebody may need stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.people import add_person
from wablast_box.engine.events.models import Event
from wablast_box.engine.ops import retention
from wablast_box.engine.settings import store
from wablast_box.engine.team.login import Visitor
from wablast_box.engine.team.models import LoginSession
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.sessions import open_session
from wablast_box.engine.webhooks.models import WebhookEvent, WebhookState
from wablast_box.lib import ids
from wablast_box.lib.clock import frozen_at, now


def webhook(days_ago: int, state: WebhookState) -> int:
    with frozen_at(now() - timedelta(days=days_ago)):
        number = (ids._stamp()) | (days_ago * 7 + list(WebhookState).index(state) + 1)
        WebhookEvent.create(id=number, source="meta", digest=f"{number}", body=b"{}", state=state, received_at=now())
    return number


@pytest.mark.feature("OP-09")
@pytest.mark.feature("CN-35")
def test_processed_webhooks_go_after_the_days_of_the_setting_and_failed_ones_wait_for_a_person(box: Path) -> None:
    store.put("raw_log_days", 10)
    old = webhook(11, WebhookState.PROCESSED)
    ignored = webhook(11, WebhookState.IGNORED)
    failed = webhook(11, WebhookState.FAILED)
    waiting = webhook(200, WebhookState.PENDING)
    ancient = webhook(100, WebhookState.FAILED)
    young = webhook(9, WebhookState.PROCESSED)

    gone = retention.prune_webhooks()

    assert gone == 2
    assert {row.id for row in WebhookEvent.select(WebhookEvent.id)} == {failed, ancient, waiting, young}
    assert {old, ignored}.isdisjoint({failed, ancient, waiting, young})


def test_many_go_in_small_steps(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    for days in range(20, 30):
        webhook(days, WebhookState.PROCESSED)

    assert retention.prune_webhooks() == 10


def event(days_ago: int, actor: str | None) -> int:
    with frozen_at(now() - timedelta(days=days_ago)):
        number = ids._stamp() | (days_ago + (1 if actor else 0))
        Event.create(id=number, name="message.received", actor=actor, at=now())
    return number


def test_what_people_did_is_kept_longer_than_what_just_happened(box: Path) -> None:
    happened, did, did_long_ago = event(40, None), event(40, "user:1"), event(500, "user:1")
    young = event(20, None)

    retention.prune_events()

    left = {row.id for row in Event.select(Event.id)}
    assert left == {did, young}
    assert {happened, did_long_ago}.isdisjoint(left)


def test_sessions_that_are_long_over_go(box: Path) -> None:
    asha = add_person(Role.OWNER)
    with frozen_at(now() - timedelta(days=120)):
        open_session(asha, address=None, agent=None)
    open_session(asha, address=Visitor().address, agent=None)

    retention.prune_access()

    assert LoginSession.select().count() == 1
