"""Targets of forwarding: which addresses may be one, who says so, and what neither a slow one nor a crash can do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.webhooks.other_system import OtherSystem, arrive, numbered, run, until
from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.roles import Role
from wablast_box.engine.webhooks.forward.deliver import due_targets
from wablast_box.engine.webhooks.forward.deliveries import prune_deliveries, send_again, send_all_again
from wablast_box.engine.webhooks.forward.forwarder import Forwarder
from wablast_box.engine.webhooks.forward.models import DeliveryState, WebhookDelivery, WebhookForward
from wablast_box.engine.webhooks.forward.read import targets, view
from wablast_box.engine.webhooks.forward.targets import add_target, change_target, delete_target
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.lib import outbound
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import is_postgres
from wablast_box.lib.errors import Conflict, Denied, Invalid, NotFound


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
    outbound.allow_addresses([])
    arrive(*numbered(1))

    run()

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
    run()
    assert other.got == [] and view(target.id).state == "off"

    change_target(target.id, {"is_on": True}, by=SYSTEM)
    arrive(*numbered(1, 3))
    run()

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
    run()
    WebhookEvent.delete().execute()

    with frozen_at(now() + timedelta(hours=1)):
        run()
    assert {row.error for row in WebhookDelivery.select()} == {"The raw webhook is no longer kept."}

    WebhookDelivery.update(state=DeliveryState.FAILED).execute()
    with frozen_at(now() + timedelta(days=int(store.get("raw_log_days")) + 1)):
        assert prune_deliveries() == 2
    with pytest.raises(NotFound):
        send_again(1, by=SYSTEM)
    assert send_all_again(target.id, by=SYSTEM) == 0


@pytest.mark.feature("CN-36")
def test_a_slow_system_holds_up_neither_what_comes_in_nor_another_system(other: OtherSystem) -> None:
    with_slow = add_target(other.url, fields=None, secret=None, by=SYSTEM)
    may_answer = threading.Event()
    other.rule = lambda one: 200 if b"number 0" not in one or may_answer.wait(20) else 500
    forwarder = Forwarder()
    forwarder.start()
    try:
        arrive(*numbered(1))
        until(lambda: len(other.got) == 1)
        for one in numbered(40, 1):
            arrive(one)
        assert other.took == [], "it is still thinking about the first"
        may_answer.set()
        until(lambda: len(other.took) == 41)
    finally:
        assert forwarder.stop()
    assert view(with_slow.id).behind == 0


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
    with frozen_at(now() + timedelta(minutes=10)):
        while due_targets():
            run()

    assert set(other.took) == set(bodies)
    assert len(other.took) <= len(bodies) + 3 * 21, "again only what was not written down yet"
    assert view(target.id).behind == 0 and WebhookDelivery.select().count() == 0
