"""The log of who did what, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oidc import CLIENT_SECRET, Google
from tests.people import PASSWORD, email_of
from tests.web.browser import Browser
from tests.web.test_access import add_app, set_up_google
from wablast_box.engine.audit import refusals
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role

Client = Callable[[Role | None], Browser]
API = "/api/v1"
NEW = "tamarind under the bridge"


@pytest.mark.feature("TM-09")
def test_the_log_tells_who_did_what_and_from_where(asha: Browser, nobody: Browser, team: dict[Role, User]) -> None:
    nobody.signs_in(email_of(Role.AGENT), "not the password")
    nobody.signs_in("nobody@example.com", "not the password")
    nobody.signs_in(email_of(Role.AGENT), PASSWORD)
    asha.patch(f"{API}/users/{team[Role.ANALYST].id}", {"name": "Meera K"})
    asha.patch(f"{API}/settings", {"business_name": "Asha Textiles"})

    entries = asha.get(f"{API}/audit").json()["items"]

    assert [(entry["action"], entry["actor_name"]) for entry in entries[:5]] == [
        ("settings.changed", "Asha"), ("user.changed", "Asha"), ("session.started", "Ravi"), ("session.refused", ""), ("session.refused", ""),
    ]  # fmt: skip
    assert entries[0]["fields"] == ["business_name"] and "Asha Textiles" not in str(entries)
    assert entries[1]["subject_name"] == "Meera" and entries[1]["fields"] == ["name"]
    assert {entry["address"] for entry in entries[:5]} == {"203.0.113.7"}
    assert entries[4]["subject"] == f"user:{team[Role.AGENT].id}" and entries[3]["subject"] is None
    assert asha.get(f"{API}/audit/check").json()["broken_at"] is None
    assert [entry["action"] for entry in asha.get(f"{API}/audit?kind=session&result=refused&limit=5").json()["items"]] == [
        "session.refused"
    ] * 2


@pytest.mark.feature("TM-09")
def test_an_admin_reads_the_log_without_the_owners_comings_and_goings(asha: Browser, bela: Browser, nobody: Browser) -> None:
    nobody.signs_in(email_of(Role.OWNER), "not the password")
    nobody.signs_in(email_of(Role.OWNER), PASSWORD)

    hers = asha.get(f"{API}/audit?kind=session").json()["items"]
    his = bela.get(f"{API}/audit?kind=session").json()["items"]

    assert any(entry["actor_name"] == "Asha" for entry in hers) and any(entry["result"] == "refused" for entry in hers)
    assert not any("Asha" in str(entry) or entry["role"] == "OWNER" for entry in his)


@pytest.mark.feature("TM-09")
def test_a_refusal_is_written_down_once_a_minute(asha: Browser, ravi: Browser) -> None:
    refusals.forget_noted()
    for _ in range(5):
        ravi.get(f"{API}/users")
    ravi.get(f"{API}/audit")

    found = asha.get(f"{API}/audit?kind=access").json()["items"]

    assert [(entry["subject"], entry["detail"], entry["result"]) for entry in found] == [
        ("GET /api/v1/audit", {"needs": "audit.read"}, "refused"),
        ("GET /api/v1/users", {"needs": "users.read"}, "refused"),
    ]


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-11-22", "since=2026-11-22T10:00:00", "result=maybe"])
def test_a_wrong_filter_of_the_log_is_refused(asha: Browser, query: str) -> None:
    assert asha.get(f"{API}/audit?{query}").status_code == 422


@pytest.mark.feature("TM-09")
def test_no_secret_stands_in_the_log(asha: Browser, ravi: Browser, pretend: Google) -> None:
    set_up_google(asha)
    app, codes = add_app(ravi)
    link = (
        asha.post(f"{API}/invitations", {"name": "Sunil", "email": "sunil@example.com", "role": "AGENT"})
        .json()["url"]
        .partition("token=")[2]
    )
    key = asha.post(f"{API}/api-keys", {"name": "till", "role": "AGENT"}).json()["key"]

    told = asha.get(f"{API}/audit?limit=200").text

    assert not [secret for secret in (CLIENT_SECRET, app.secret, codes[0], link, key, PASSWORD) if secret in told]
