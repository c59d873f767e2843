"""A browser is registered, listed and revoked over HTTP, and each person decides what they hear of."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.engine.notifications.push_service import Browser as Phone
from tests.engine.notifications.push_service import b64
from tests.people import actor_for
from wablast_box.engine.notifications.push.models import Push, PushDevice
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib import worker
from wablast_box.web.app import Edge

from .browser import Browser, code_of

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def given(endpoint: str = ENDPOINT) -> dict[str, object]:
    phone = Phone()
    return {"endpoint": endpoint, "keys": {"p256dh": b64(phone.p256dh), "auth": b64(phone.auth)}}


@pytest.mark.feature("DT-05")
def test_a_browser_is_registered_listed_and_revoked(ravi: Browser) -> None:
    made = ravi.post("/api/v1/me/devices", given())

    assert made.status_code == 201
    listed = ravi.get("/api/v1/me/devices").json()["items"]
    assert [(one["id"], one["current"]) for one in listed] == [(made.json()["id"], True)]
    assert ENDPOINT not in ravi.get("/api/v1/me/devices").text, "whoever knows the address could be taken for this browser"
    assert ravi.delete(f"/api/v1/me/devices/{made.json()['id']}").status_code == 204
    assert ravi.get("/api/v1/me/devices").json()["items"] == []


def test_nobody_touches_the_devices_of_others(ravi: Browser, asha: Browser) -> None:
    number = ravi.post("/api/v1/me/devices", given()).json()["id"]

    assert asha.get("/api/v1/me/devices").json()["items"] == []
    assert code_of(asha.delete(f"/api/v1/me/devices/{number}")) == "not_found"
    assert code_of(asha.post(f"/api/v1/me/devices/{number}/test")) == "not_found"
    assert PushDevice.select().count() == 1


def test_signing_out_ends_what_this_browser_hears(ravi: Browser) -> None:
    ravi.post("/api/v1/me/devices", given())
    ravi.delete("/api/v1/session")

    assert ravi.get("/api/v1/me/devices").status_code == 401


def test_a_test_is_queued_for_the_device(ravi: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    number = ravi.post("/api/v1/me/devices", given()).json()["id"]
    monkeypatch.setattr(worker.huey, "immediate", False)

    assert ravi.post(f"/api/v1/me/devices/{number}/test").status_code == 202
    assert Push.get().payload_json == {"kind": "test"}


@pytest.mark.parametrize(
    "wrong",
    [
        {**given(), "endpoint": "http://fcm.googleapis.com/x"},
        {**given(), "keys": {"p256dh": "x", "auth": "y"}},
        {"endpoint": ENDPOINT},
        {},
    ],
)
def test_what_is_no_registration_is_refused(ravi: Browser, wrong: dict[str, object]) -> None:
    assert code_of(ravi.post("/api/v1/me/devices", wrong)) == "invalid"


def test_a_person_decides_what_they_hear_of(ravi: Browser, asha: Browser) -> None:
    first = ravi.get("/api/v1/me/alerts").json()
    changed = ravi.patch("/api/v1/me/alerts", {"hears_unassigned": False, "quiet_from_min": 1320, "quiet_until_min": 420, "digest_after_min": 30}).json()

    assert (first["hears_mine"], first["hears_unassigned"], first["shows_text"], first["quiet_from_min"]) == (True, True, False, None)
    assert (changed["hears_unassigned"], changed["quiet_from_min"], changed["digest_after_min"], changed["is_mail_set_up"]) == (False, 1320, 30, False)
    assert asha.get("/api/v1/me/alerts").json() == first, "for oneself alone"
    off = ravi.patch("/api/v1/me/alerts", {"quiet_from_min": None, "quiet_until_min": None, "digest_after_min": None, "hears_mine": None}).json()
    assert (off["quiet_from_min"], off["digest_after_min"], off["hears_mine"], off["hears_unassigned"]) == (None, None, True, False)


def test_the_box_knows_who_has_a_window_open(edge: Edge, team: dict[Role, User]) -> None:
    edge.gateway._windows = {"a": SimpleNamespace(actor=actor_for(team[Role.AGENT])), "b": SimpleNamespace(actor=SYSTEM)}  # type: ignore[dict-item]

    assert edge.gateway.present_users() == {team[Role.AGENT].id}


def test_the_key_for_browsers_is_always_the_same(ravi: Browser, asha: Browser) -> None:
    assert ravi.get("/api/v1/push-key").json() == asha.get("/api/v1/push-key").json()
