"""Raw webhooks for another system: the same bytes, in order, at least once, and never at the cost of what comes in."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

import pytest

from tests.engine.inbox.meta import body, status, text
from tests.engine.webhooks.other_system import OtherSystem, arrive, numbered, run
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.webhooks.forward import progress
from wablast_box.engine.webhooks.forward.deliver import due_targets
from wablast_box.engine.webhooks.forward.deliveries import send_again
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.engine.webhooks.forward.read import view
from wablast_box.engine.webhooks.forward.targets import add_target, resume_target
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.replay import replay
from wablast_box.lib.clock import frozen_at, now

# As Meta spells it: escapes that our own JSON would not write, and odd spaces.
RAW = b'{"object": "whatsapp_business_account" ,"entry":[{"id":"1","changes":[{"field":"messages","value":{"x":"\\u00e4 \\/ \\u003C"}}]}]}'


def alarm_keys() -> set[str]:
    return {alarm.key for alarm in open_alarms(limit=50)}


@pytest.mark.feature("CN-36")
def test_the_other_system_gets_metas_bytes_and_metas_signature(other: OtherSystem) -> None:
    secrets.put_secret("app_secret", "the app's own secret")
    add_target(other.url, fields=None, secret="between you and me", by=SYSTEM)
    arrive(RAW)

    run()

    [(headers, got)] = other.got
    assert got == RAW
    assert headers["X-Hub-Signature-256"] == "sha256=" + hmac.new(b"the app's own secret", RAW, hashlib.sha256).hexdigest()
    assert headers["X-Box-Signature-256"] == "sha256=" + hmac.new(b"between you and me", RAW, hashlib.sha256).hexdigest()
    assert headers["X-Box-Webhook-Id"] == str(WebhookEvent.get().id)
    assert headers["Content-Type"] == "application/json"


@pytest.mark.feature("CN-36")
def test_what_came_before_stays_and_the_rest_goes_in_metas_order_once(other: OtherSystem) -> None:
    arrive(*numbered(5))
    target = add_target(other.url, fields=None, secret=None, by=SYSTEM)
    new = numbered(60, 5)
    arrive(*new)

    run()
    run()

    assert other.took == new
    assert view(target.id).behind == 0 and due_targets() == []


@pytest.mark.feature("CN-36")
def test_all_of_a_run_goes_over_one_connection_also_after_a_refusal(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda one: 422 if b"number 7" in one else 200
    arrive(*numbered(40))

    run()

    assert len(other.took) == 39 and other.connections == 1


def test_processing_again_forwards_nothing_again(other: OtherSystem, target: WebhookForward) -> None:
    arrive(*numbered(1))
    run()

    replay(WebhookEvent.get().id, by=SYSTEM)
    run()

    assert len(other.got) == 1


@pytest.mark.feature("CN-36")
def test_only_the_fields_that_were_chosen_go(other: OtherSystem) -> None:
    target = add_target(other.url, fields=["account_update", "flows"], secret=None, by=SYSTEM)
    both = body({"a": 1}, field="account_update")
    arrive(body(text("hi")), both, b"not json", body(status("wamid.X", "sent")))

    run()

    assert other.took == [both]
    assert view(target.id).behind == 0


@pytest.mark.feature("CN-36")
def test_one_that_is_refused_holds_nobody_up_is_tried_for_a_day_and_then_given_up(other: OtherSystem, target: WebhookForward) -> None:
    bodies = numbered(5)
    other.rule = lambda one: 422 if b"number 1" in one else 200
    arrive(*bodies)
    began = now()

    run()
    assert other.took == [bodies[0], *bodies[2:]]
    moment, tries = began, 1
    while WebhookDelivery.get().state == DeliveryState.WAITING:
        moment = max(moment, WebhookDelivery.get().next_attempt_at)
        with frozen_at(moment):
            run()
        tries += 1

    given_up = WebhookDelivery.get()
    assert (given_up.state, given_up.error, tries) == ("failed", "The server answered 422.", 10)
    assert timedelta(hours=20) < moment - began < timedelta(hours=28)
    assert "forward_given_up" in alarm_keys() and view(target.id).given_up == 1

    other.rule = lambda _: 200
    send_again(given_up.id, by=SYSTEM)
    run()

    assert other.took[-1] == bodies[1] and WebhookDelivery.select().count() == 0
    assert "forward_given_up" not in alarm_keys()


@pytest.mark.feature("CN-36")
def test_a_system_that_is_away_is_rested_its_owner_told_and_all_of_it_goes_in_order_when_it_is_back(other: OtherSystem, target: WebhookForward) -> None:
    bodies = numbered(30)
    other.rule = lambda _: 503
    arrive(*bodies)

    moment = now()
    for _ in range(8):
        with frozen_at(moment):
            run()
        moment = max(moment, WebhookForward.get().next_try_at)

    paused = view(target.id)
    assert paused.state == "paused" and paused.row.error == "The server answered 503."
    assert len(other.got) == 8, "one try after each rest"
    assert progress.alarm_key(target.id) in alarm_keys()
    assert [a.action_url for a in open_alarms(limit=9) if a.key == progress.alarm_key(target.id)] == ["/settings/forwarding"]

    other.rule = lambda _: 200
    with frozen_at(moment + timedelta(minutes=1)):
        run()

    assert sorted(other.took) == sorted(bodies) and len(other.took) == 30
    assert view(target.id).state == "on" and view(target.id).set_aside == 0
    assert progress.alarm_key(target.id) not in alarm_keys()
    assert [one for one in other.took if one != bodies[0]] == bodies[1:], "in order, but for the one it had stumbled over"


def test_one_that_makes_the_other_system_stumble_is_set_aside_after_a_few_tries(other: OtherSystem, target: WebhookForward) -> None:
    bodies = numbered(4)
    other.rule = lambda one: 500 if b"number 0" in one or b"number 1" in one else 200
    arrive(*bodies)

    moment = now()
    for _ in range(14):
        with frozen_at(moment):
            run()
        moment += timedelta(minutes=20)

    assert other.took == bodies[2:]
    assert view(target.id).set_aside == 2 and view(target.id).state == "on"


def test_one_that_refuses_everything_is_paused_too(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda _: 401
    arrive(*numbered(30))

    run()

    assert view(target.id).state == "paused" and len(other.got) == 10
    other.rule = lambda _: 200
    resume_target(target.id, by=SYSTEM)
    run()
    assert len(other.took) == 20 and view(target.id).set_aside == 10


def test_redirects_are_not_followed(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda _: 302
    arrive(*numbered(1))

    run()

    assert len(other.got) == 1
    assert "302" in (WebhookDelivery.get().error or "")
