"""The set-up as the wizard walks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

import pytest

from tests.engine.ops.conftest import RIGHT
from tests.web.browser import Browser, code_of
from wablast_box.engine.meta import connection
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.models import LoginSession
from wablast_box.engine.webhooks.door import door_keys
from wablast_box.lib.clock import now
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import GraphTransport


@pytest.fixture
def meta(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    fake = FakeMeta(verify=lambda *_: True)
    monkeypatch.setattr(connection, "GraphClient", partial(GraphClient, transport=GraphTransport(fake.graph)))
    connection.use_graph_url(fake.graph.graph_url)
    yield fake
    connection.close_connection()
    fake.stop()


@pytest.mark.feature("CN-01")
def test_the_wizard_stores_checks_subscribes_and_shows_no_secret_again(asha: Browser, meta: FakeMeta) -> None:
    empty = asha.get("/api/v1/setup").json()
    stored = asha.put("/api/v1/setup/number", asdict(RIGHT) | {"public_url": "https://box.example.com"})
    subscribed = asha.post("/api/v1/setup/subscribe")
    again = asha.post("/api/v1/setup/checks")

    assert empty["number"]["access_token"] == {"set": False, "last4": None, "updated_at": None}
    assert empty["finished_at"] is None and all(check["ok"] is None for check in empty["checks"])
    assert stored.status_code == 200, stored.json()
    assert stored.json()["webhook_url"] == "https://box.example.com/hooks/meta"
    assert stored.json()["number"]["app_secret"]["set"] is True
    assert {check["name"]: check["ok"] for check in subscribed.json()["checks"]}["subscription"] is True
    for secret in (RIGHT.access_token, RIGHT.app_secret, RIGHT.verify_token):
        assert secret not in again.text


@pytest.mark.feature("CN-01")
def test_a_wrong_credential_is_named_in_its_field(asha: Browser, meta: FakeMeta) -> None:
    answer = asha.put("/api/v1/setup/number", asdict(RIGHT) | {"access_token": "EAAwrong"})

    assert (answer.status_code, answer.json()["error"]["field"], code_of(answer)) == (422, "access_token", "wrong_credential")
    assert answer.json()["error"]["help"]
    assert secrets.read_secret("access_token") is None


def test_several_wrong_credentials_are_each_named_in_their_field(asha: Browser, meta: FakeMeta) -> None:
    answer = asha.put("/api/v1/setup/number", asdict(RIGHT) | {"phone_number_id": "999", "app_secret": "not-the-secret"})

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "wrong_credential", "phone_number_id")
    assert [one["field"] for one in error["fields"]] == ["phone_number_id", "app_secret"]
    assert all(one["message"] and one["help"] for one in error["fields"])


def test_what_is_left_out_stays_and_what_is_unknown_is_refused(asha: Browser, meta: FakeMeta) -> None:
    asha.put("/api/v1/setup/number", asdict(RIGHT))

    changed = asha.put("/api/v1/setup/number", {"verify_token": "another-verify-token"})
    unknown = asha.put("/api/v1/setup/number", {"acces_token": "EAA"})

    assert changed.status_code == 200
    assert (secrets.read_secret("verify_token"), secrets.read_secret("access_token")) == ("another-verify-token", RIGHT.access_token)
    assert unknown.status_code == 422


def test_before_anybody_wrote_there_is_nobody_to_answer(asha: Browser, meta: FakeMeta) -> None:
    answer = asha.post("/api/v1/setup/proof")

    assert (answer.status_code, code_of(answer)) == (409, "nobody_wrote")


def test_a_finished_set_up_wants_a_fresh_password_before_credentials_change(asha: Browser, meta: FakeMeta) -> None:
    asha.put("/api/v1/setup/number", asdict(RIGHT))
    store.put("setup_finished_at", now().isoformat())
    LoginSession.update(confirmed_at=0).execute()

    stale = asha.put("/api/v1/setup/number", {"verify_token": "another-verify-token"})

    assert stale.status_code == 403
    assert secrets.read_secret("verify_token") == RIGHT.verify_token


def test_the_owner_has_the_former_app_secret_forgotten_at_once(asha: Browser, meta: FakeMeta) -> None:
    asha.put("/api/v1/setup/number", asdict(RIGHT))
    secrets.put_secret("app_secret", "another secret of the same app")
    shown = asha.get("/api/v1/setup").json()

    answer = asha.delete("/api/v1/setup/number/previous-app-secret")

    assert shown["number"]["previous_app_secret_until"] is not None
    assert answer.status_code == 200, answer.json()
    assert answer.json()["number"]["previous_app_secret_until"] is None
    assert [secret.decode() for secret in door_keys().app_secrets] == ["another secret of the same app"]


def test_forgetting_the_former_app_secret_wants_a_fresh_password(asha: Browser, meta: FakeMeta) -> None:
    secrets.put_secret("app_secret", "the secret that leaked")
    secrets.put_secret("app_secret", "another secret of the same app")
    LoginSession.update(confirmed_at=0).execute()

    stale = asha.delete("/api/v1/setup/number/previous-app-secret")

    assert (stale.status_code, code_of(stale)) == (403, "confirm_needed")
    assert secrets.read_secret("app_secret_previous") == "the secret that leaked"
