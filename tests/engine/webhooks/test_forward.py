"""Raw webhooks for another system: the same bytes, in order, at least once, and never at the cost of what comes in."""

from __future__ import annotations

import hashlib
import hmac
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, status, text
from tests.engine.webhooks.other_system import OtherSystem, other_system
from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.roles import Role
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.forward import progress
from wablast_box.engine.webhooks.forward.deliver import bring_up_to_date, due_targets
from wablast_box.engine.webhooks.forward.deliveries import prune_deliveries, send_again, send_all_again
from wablast_box.engine.webhooks.forward.forwarder import Forwarder
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.engine.webhooks.forward.read import targets, view
from wablast_box.engine.webhooks.forward.targets import add_target, change_target, delete_target, resume_target
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.replay import replay
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import is_postgres
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound

# As Meta spells it: escapes that our own JSON would not write, and odd spaces.
RAW = b'{"object": "whatsapp_business_account" ,"entry":[{"id":"1","changes":[{"field":"messages","value":{"x":"\\u00e4 \\/ \\u003C"}}]}]}'


@pytest.fixture
def other(box: Path) -> Iterator[OtherSystem]:
    with other_system() as system:
        yield system


@pytest.fixture
def target(other: OtherSystem) -> WebhookForward:
    return add_target(other.url, fields=None, secret=None, by=SYSTEM)


def arrive(*bodies: bytes) -> None:
    accept([knock("meta", one) for one in bodies])


def numbered(count: int, start: int = 0) -> list[bytes]:
    return [body(text(f"number {n}", wamid=f"wamid.F{n}")) for n in range(start, start + count)]


def run(target: WebhookForward) -> None:
    """What the forwarder's thread does, once."""
    for number in due_targets():
        bring_up_to_date(number)


def later(**gap: float) -> frozen_at:  # type: ignore[valid-type]
    return frozen_at(now() + timedelta(**gap))


def alarm_keys() -> set[str]:
    return {alarm.key for alarm in open_alarms(limit=50)}


@pytest.mark.feature("CN-36")
def test_the_other_system_gets_metas_bytes_and_metas_signature(other: OtherSystem) -> None:
    secrets.put_secret("app_secret", "the app's own secret")
    add_target(other.url, fields=None, secret="between you and me", by=SYSTEM)
    arrive(RAW)

    for number in due_targets():
        bring_up_to_date(number)

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

    run(target)
    run(target)

    assert other.took == new
    assert view(target.id).behind == 0 and due_targets() == []


def test_processing_again_forwards_nothing_again(other: OtherSystem, target: WebhookForward) -> None:
    arrive(*numbered(1))
    run(target)

    replay(WebhookEvent.get().id, by=SYSTEM)
    run(target)

    assert len(other.got) == 1


@pytest.mark.feature("CN-36")
def test_only_the_fields_that_were_chosen_go(other: OtherSystem) -> None:
    target = add_target(other.url, fields=["account_update", "flows"], secret=None, by=SYSTEM)
    both = body({"a": 1}, field="account_update")
    arrive(body(text("hi")), both, b"not json", body(status("wamid.X", "sent")))

    run(target)

    assert other.took == [both]
    assert view(target.id).behind == 0


@pytest.mark.feature("CN-36")
def test_one_that_is_refused_holds_nobody_up_is_tried_for_a_day_and_then_given_up(other: OtherSystem, target: WebhookForward) -> None:
    bodies = numbered(5)
    other.rule = lambda one: 422 if b"number 1" in one else 200
    arrive(*bodies)
    began = now()

    run(target)
    assert other.took == [bodies[0], *bodies[2:]]
    moment, tries = began, 1
    while WebhookDelivery.get().state == DeliveryState.WAITING:
        moment = max(moment, WebhookDelivery.get().next_attempt_at)
        with frozen_at(moment):
            run(target)
        tries += 1

    given_up = WebhookDelivery.get()
    assert (given_up.state, given_up.error, tries) == ("failed", "The server answered 422.", 10)
    assert timedelta(hours=20) < moment - began < timedelta(hours=28)
    assert "forward_given_up" in alarm_keys() and view(target.id).given_up == 1

    other.rule = lambda _: 200
    send_again(given_up.id, by=SYSTEM)
    run(target)

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
            run(target)
        moment = max(moment, WebhookForward.get().next_try_at)

    paused = view(target.id)
    assert paused.state == "paused" and paused.row.error == "The server answered 503."
    assert len(other.got) == 8, "one try after each rest"
    assert progress.alarm_key(target.id) in alarm_keys()
    assert [a.action_url for a in open_alarms(limit=9) if a.key == progress.alarm_key(target.id)] == ["/settings/forwarding"]

    other.rule = lambda _: 200
    with frozen_at(moment + timedelta(minutes=1)):
        run(target)

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
            run(target)
        moment += timedelta(minutes=20)

    assert other.took == bodies[2:]
    assert view(target.id).set_aside == 2 and view(target.id).state == "on"


def test_one_that_refuses_everything_is_paused_too(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda _: 401
    arrive(*numbered(30))

    run(target)

    assert view(target.id).state == "paused" and len(other.got) == 10
    other.rule = lambda _: 200
    resume_target(target.id, by=SYSTEM)
    run(target)
    assert len(other.took) == 20 and view(target.id).set_aside == 10


def test_redirects_are_not_followed(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda _: 302
    arrive(*numbered(1))

    run(target)

    assert len(other.got) == 1
    assert "302" in (WebhookDelivery.get().error or "")


@pytest.mark.feature("CN-36")
@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8080/x", "https://localhost/x", "https://10.0.0.7/x", "https://169.254.169.254/latest", "http://example.com/plain", "ftp://example.com", "https://a:b@example.com/", "x" * 2100],
)
def test_an_address_inside_is_refused_when_it_is_saved(box: Path, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_target(address, fields=None, secret=None, by=SYSTEM)

    assert refused.value.field == "url"


@pytest.mark.feature("CN-36")
def test_an_address_that_leads_inside_later_is_refused_when_it_is_used(other: OtherSystem, target: WebhookForward) -> None:
    from wablast_box.lib import outbound

    outbound.allow_addresses([])
    arrive(*numbered(1))

    run(target)

    assert other.got == [] and "not known" in (WebhookForward.get().error or "")


def test_what_is_chosen_badly_is_refused(other: OtherSystem) -> None:
    for fields in ([], ["Not A Field"], [" "]):
        with pytest.raises(Invalid):
            add_target(other.url, fields=fields, secret=None, by=SYSTEM)
    with pytest.raises(Invalid) as refused:
        add_target(other.url, fields=None, secret="short", by=SYSTEM)
    assert refused.value.field == "secret"
    for _ in range(5):
        add_target(other.url, fields=None, secret=None, by=SYSTEM)
    with pytest.raises(Conflict):
        add_target(other.url, fields=None, secret=None, by=SYSTEM)


def test_switched_off_nothing_goes_and_on_again_it_begins_with_what_comes_then(other: OtherSystem, target: WebhookForward) -> None:
    change_target(target.id, {"is_on": False}, by=SYSTEM)
    arrive(*numbered(3))
    run(target)
    assert other.got == [] and view(target.id).state == "off"

    change_target(target.id, {"is_on": True}, by=SYSTEM)
    arrive(*numbered(1, 3))
    run(target)

    assert other.took == numbered(1, 3)


def test_who_changed_it_is_written_down_and_only_owners_may(other: OtherSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_cheaply(monkeypatch)
    asha, bela = actor_for(add_person(Role.OWNER)), actor_for(add_person(Role.ADMIN))

    with pytest.raises(Denied):
        add_target(other.url, fields=None, secret=None, by=bela)
    target = add_target(other.url, fields=None, secret="a secret of sixteen", by=asha)
    change_target(target.id, {"secret": "", "fields": ["messages"]}, by=asha)
    assert WebhookForward.get().sealed_secret is None
    delete_target(target.id, by=asha)

    rows = AuditEntry.select().where(AuditEntry.action.startswith("forward.")).order_by(AuditEntry.id)
    assert [(row.action, row.subject_name, row.fields_json) for row in rows] == [
        ("forward.created", "127.0.0.1", None), ("forward.changed", "127.0.0.1", ["fields", "secret"]), ("forward.deleted", "127.0.0.1", None),
    ]  # fmt: skip
    assert targets() == []


def test_a_raw_webhook_that_is_no_longer_kept_is_said_to_be_gone(other: OtherSystem, target: WebhookForward) -> None:
    other.rule = lambda _: 400
    arrive(*numbered(2))
    run(target)
    WebhookEvent.delete().execute()

    with later(hours=1):
        run(target)
    assert {row.error for row in WebhookDelivery.select()} == {"The raw webhook is no longer kept."}

    WebhookDelivery.update(state=DeliveryState.FAILED).execute()
    with later(days=int(store.get("raw_log_days")) + 1):
        assert prune_deliveries() == 2
    with pytest.raises(NotFound):
        send_again(1, by=SYSTEM)
    assert send_all_again(target.id, by=SYSTEM) == 0


@pytest.mark.feature("CN-36")
def test_a_slow_system_holds_up_neither_what_comes_in_nor_another_system(other: OtherSystem) -> None:
    with_slow = add_target(other.url, fields=None, secret=None, by=SYSTEM)
    other.rule = lambda one: (time.sleep(1.5) or 200) if b"number 0" in one else 200
    forwarder = Forwarder()
    forwarder.start()
    try:
        arrive(*numbered(1))
        until(lambda: len(other.got) == 1)
        started = time.monotonic()
        for one in numbered(40, 1):
            arrive(one)
        took = time.monotonic() - started
        assert other.took == [], "it is still thinking about the first"
        until(lambda: len(other.took) == 41)
    finally:
        assert forwarder.stop()
    assert took < 1.0
    assert view(with_slow.id).behind == 0


def until(true: object, within_s: float = 15.0) -> None:
    ends = time.monotonic() + within_s
    while not true():  # type: ignore[operator]
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


_CHILD = """
import sys, time
from pathlib import Path
from wablast_box.engine.settings import secrets
from wablast_box.engine.webhooks.forward.forwarder import Forwarder
from wablast_box.lib import db, outbound

folder, port = Path(sys.argv[1]), sys.argv[2]
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
outbound.allow_addresses([f"127.0.0.1:{port}"])
forwarder = Forwarder()
forwarder.start()
print("on", flush=True)
time.sleep(60)
"""


@pytest.mark.feature("CN-36")
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_at_any_moment_nothing_is_lost(other: OtherSystem, target: WebhookForward, box: Path) -> None:
    if is_postgres():
        pytest.skip("the child opens the file")
    bodies = numbered(120)
    arrive(*bodies)
    other.delay_s = 0.01
    other.rule = lambda one: 422 if b"number 77" in one and len(other.got) < 100 else 200

    for enough in (30, 70, 100):
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(box), str(other.port)], stdout=subprocess.PIPE)
        until(lambda wanted=enough: len(other.got) >= wanted)
        child.send_signal(signal.SIGKILL)
        child.wait()
    with later(minutes=10):
        while due_targets():
            run(target)

    assert set(other.took) == set(bodies)
    assert len(other.took) <= len(bodies) + 3 * 21, "again only what was not written down yet"
    assert view(target.id).behind == 0 and WebhookDelivery.select().count() == 0
