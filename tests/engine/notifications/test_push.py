"""A push reaches the browser it is for, nobody on the way can read it, and who signed out hears nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.engine.notifications.conftest import Registers, device_named, signed_in
from tests.engine.notifications.push_service import Browser, PushService, b64, unb64
from tests.people import add_person
from wablast_box.engine.notifications.push import deliver, devices, keys
from wablast_box.engine.notifications.push.encrypt import encrypt_with
from wablast_box.engine.notifications.push.models import AlertPreference, Push, PushDevice, PushState
from wablast_box.engine.notifications.push.preferences import change_preference, is_quiet
from wablast_box.engine.notifications.push.queue import queue_push
from wablast_box.engine.settings import secrets
from wablast_box.engine.settings.models import Secret
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.sessions import end_session, end_sessions_of
from wablast_box.lib import clock, worker
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Denied, Invalid, NotFound

NEWS = {"kind": "message", "conversation_id": "7", "name": "Kabir", "text": "is it ready?"}


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bells that nobody hears: tests call the verbs themselves."""
    monkeypatch.setattr(worker.huey, "immediate", False)


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    # RFC 8291, appendix A.
    own = ec.derive_private_key(int.from_bytes(unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1())
    body = encrypt_with(
        b"When I grow up, I want to be a watermelon",
        p256dh=unb64("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth=unb64("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=unb64("DGv6ra1nlYgDCS1FRnbzlw"),
        own=own,
    )

    assert b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.feature("DT-03")
def test_a_push_reaches_every_device_of_the_person_and_only_theirs(asha: Actor, ravi: Actor, service: PushService, registers: Registers) -> None:
    phone, desk, other = registers(ravi, "phone"), registers(ravi, "desk"), registers(asha, "other")

    queue_push([ravi.id or 0], "7", NEWS)

    assert (service.opened("phone", phone), service.opened("desk", desk), service.opened("other", other)) == ([NEWS], [NEWS], [])
    assert Push.select().count() == 0
    assert device_named("phone").used_at is not None


def test_nobody_on_the_way_can_read_it_and_it_says_who_we_are(ravi: Actor, service: PushService, registers: Registers) -> None:
    registers(ravi, "phone")

    queue_push([ravi.id or 0], "7", NEWS)

    _, headers, body = service.pushed[0]
    assert b"Kabir" not in body and b"ready" not in body
    assert (headers["topic"], headers["content-encoding"], headers["urgency"]) == ("7", "aes128gcm", "high")


def test_our_key_is_made_once_and_sealed(box: Path) -> None:
    public = keys.public_key()
    secrets.forget_cached()

    assert keys.public_key() == public and len(unb64(public)) == 65
    private = secrets.read_secret("vapid_key")
    assert private and private.encode() not in bytes(Secret.get(Secret.name == "vapid_key").sealed)


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.feature("DT-05")
def test_a_browser_that_is_gone_is_forgotten(status: int, ravi: Actor, service: PushService, registers: Registers) -> None:
    registers(ravi, "phone")
    service.status = status

    queue_push([ravi.id or 0], "7", NEWS)

    assert (PushDevice.select().count(), Push.select().count()) == (0, 0)


def test_a_service_that_stumbles_is_asked_again_when_it_says(ravi: Actor, service: PushService, registers: Registers, silent: None) -> None:
    phone = registers(ravi, "phone")
    service.status, service.headers = 429, {"Retry-After": "90"}
    queue_push([ravi.id or 0], "7", NEWS)
    deliver.send_due()

    waits = Push.get()
    assert waits.state == PushState.QUEUED
    assert timedelta(seconds=85) < waits.next_attempt_at - now() < timedelta(seconds=95)
    service.status = 201
    with clock.frozen_at(now() + timedelta(seconds=91)):
        deliver.send_due()
    assert service.opened("phone", phone) == [NEWS]


def test_what_waits_about_the_same_conversation_is_told_once(ravi: Actor, service: PushService, registers: Registers, silent: None) -> None:
    phone = registers(ravi, "phone")
    for words in ("one", "two", "three"):
        queue_push([ravi.id or 0], "7", {**NEWS, "text": words})
    deliver.send_due()

    assert [told["text"] for told in service.opened("phone", phone)] == ["three"]


def test_what_was_news_an_hour_ago_is_not_told(ravi: Actor, service: PushService, registers: Registers, silent: None) -> None:
    registers(ravi, "phone")
    queue_push([ravi.id or 0], "7", NEWS)
    with clock.frozen_at(now() + timedelta(minutes=61)):
        deliver.send_due()

    assert service.pushed == []


def test_a_push_of_something_that_did_not_happen_is_not_sent(ravi: Actor, service: PushService, registers: Registers) -> None:
    registers(ravi, "phone")
    with pytest.raises(RuntimeError), transaction():
        queue_push([ravi.id or 0], "7", NEWS)
        raise RuntimeError("it did not happen")

    assert service.pushed == []


def test_words_that_do_not_fit_are_left_out(ravi: Actor, service: PushService, registers: Registers) -> None:
    phone = registers(ravi, "phone")

    queue_push([ravi.id or 0], "7", {**NEWS, "text": "é" * 3000})

    assert service.opened("phone", phone) == [{**NEWS, "text": None}]


@pytest.mark.parametrize("ending", ["signed out", "signed out from afar", "disabled", "expired"])
@pytest.mark.feature("DT-05")
def test_who_is_not_signed_in_any_more_hears_nothing(ending: str, ravi: Actor, service: PushService, registers: Registers, silent: None) -> None:
    registers(ravi, "phone")
    queue_push([ravi.id or 0], "7", NEWS)
    moment = now()
    if ending == "signed out":
        end_session(ravi.session_id or 0, by=ravi)
    elif ending == "signed out from afar":
        end_sessions_of(ravi.id or 0, by=SYSTEM, why="lost phone")
    elif ending == "disabled":
        User.update(disabled_at=moment).where(User.id == ravi.id).execute()
    else:
        moment += timedelta(days=31)
        Push.update(created_at=moment).execute()

    with clock.frozen_at(moment):
        deliver.send_due()
        assert queue_push([ravi.id or 0], "8", NEWS) == 0 or ending == "disabled"
        devices.drop_ended()

    assert service.pushed == []
    assert PushDevice.select().count() == 0


@pytest.mark.feature("DT-05")
def test_a_device_is_registered_once_listed_and_revoked(asha: Actor, ravi: Actor, service: PushService, registers: Registers) -> None:
    registers(ravi, "phone")
    phone = registers(ravi, "phone")

    listed = devices.list_devices(ravi)
    assert [device.agent for device in listed] == ["Mozilla/5.0 (Linux; Android 15) Chrome/140"]
    with pytest.raises(NotFound):
        devices.revoke_device(listed[0].id, by=asha)
    devices.revoke_device(listed[0].id, by=ravi)
    queue_push([ravi.id or 0], "7", NEWS)
    assert (devices.list_devices(ravi), service.opened("phone", phone)) == ([], [])


def test_a_browser_belongs_to_whoever_registered_it_last(asha: Actor, ravi: Actor, service: PushService, registers: Registers) -> None:
    registers(ravi, "counter")
    counter = registers(asha, "counter")

    queue_push([ravi.id or 0], "7", NEWS)
    queue_push([asha.id or 0], "8", NEWS)

    assert len(service.opened("counter", counter)) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1:22/x",
        "https://user:pw@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 1100,
        "",
    ],
)
def test_an_address_that_is_no_push_service_is_not_registered(endpoint: str, ravi: Actor) -> None:
    browser = Browser()
    with pytest.raises(Invalid, match="push service"):
        devices.register_device(ravi, endpoint=endpoint, p256dh=b64(browser.p256dh), auth=b64(browser.auth))


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("x" * 87, "y" * 22), (b64(b"\4" + b"\1" * 64), b64(b"\1" * 16)), ("é", "é")])
def test_keys_that_no_browser_makes_are_not_registered(p256dh: str, auth: str, ravi: Actor) -> None:
    with pytest.raises(Invalid, match="keys of a browser"):
        devices.register_device(ravi, endpoint="https://fcm.googleapis.com/x", p256dh=p256dh, auth=auth)


@pytest.mark.parametrize("endpoint", ["https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest", "https://[::1]/x", "https://localhost/x"])
def test_an_address_inside_is_never_called_and_its_device_forgotten(endpoint: str, ravi: Actor) -> None:
    browser = Browser()
    devices.register_device(ravi, endpoint=endpoint, p256dh=b64(browser.p256dh), auth=b64(browser.auth))

    queue_push([ravi.id or 0], "7", NEWS)

    assert PushDevice.select().count() == 0


def test_only_a_signed_in_browser_is_registered(box: Path) -> None:
    browser = Browser()
    with pytest.raises(Denied):
        devices.register_device(SYSTEM, endpoint="https://fcm.googleapis.com/x", p256dh=b64(browser.p256dh), auth=b64(browser.auth))


def test_the_oldest_of_many_devices_goes(asha: Actor, service: PushService, registers: Registers) -> None:
    ravi = signed_in(add_person(Role.AGENT))
    for number in range(22):
        with clock.frozen_at(now() + timedelta(seconds=number)):
            registers(ravi, f"phone{number}")

    assert PushDevice.select().count() == 20
    assert device_named("phone0") is None and device_named("phone21") is not None


@pytest.mark.parametrize(
    ("begin", "end", "at", "quiet"),
    [
        (22 * 60, 7 * 60, "2026-11-20T17:00:00Z", True),  # 22:30 in India
        (22 * 60, 7 * 60, "2026-11-20T01:00:00Z", True),  # 06:30
        (22 * 60, 7 * 60, "2026-11-20T01:30:00Z", False),  # 07:00
        (13 * 60, 14 * 60, "2026-11-20T08:00:00Z", True),  # 13:30
        (13 * 60, 14 * 60, "2026-11-20T13:30:00Z", False),
        (None, None, "2026-11-20T17:00:00Z", False),
        (600, 600, "2026-11-20T04:30:00Z", False),
    ],
)
def test_quiet_hours_are_hours_of_the_shop(box: Path, begin: int | None, end: int | None, at: str, quiet: bool) -> None:
    preference = AlertPreference(quiet_from_min=begin, quiet_until_min=end)

    assert is_quiet(preference, datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(UTC)) is quiet


@pytest.mark.parametrize("wrong", [{"quiet_from_min": 1440, "quiet_until_min": 0}, {"quiet_from_min": 60}, {"digest_after_min": 1}, {"digest_after_min": 99999}])
def test_a_preference_that_makes_no_sense_is_refused(wrong: dict[str, int], ravi: Actor) -> None:
    with pytest.raises(Invalid):
        change_preference(ravi, wrong)

    assert AlertPreference.select().count() == 0
