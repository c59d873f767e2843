"""Sign in with Google: known people only, everything bound to the browser that asked, and no e-mail proves anything."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.oidc import CLIENT_ID, CLIENT_SECRET, Google, google
from tests.people import PASSWORD
from wablast_box.engine.settings.models import Secret, Setting
from wablast_box.engine.team import links, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.entry.models import ExternalIdentity
from wablast_box.engine.team.google import client, config, sign_in
from wablast_box.engine.team.invites import invitations
from wablast_box.engine.team.login import HalfWay, Visitor, welcome
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import BoxError, Conflict, Denied, NotFound, Unavailable, Upstream

BASE = "https://box.example.com"


@pytest.fixture
def pretend(team: dict[Role, User], actors: dict[Role, Actor]) -> Iterator[Google]:
    """Google, and a box that knows it."""
    with google() as running:
        config.use_google_url(running.url)
        client.forget_keys()
        config.store_client(CLIENT_ID, CLIENT_SECRET, by=actors[Role.OWNER])
        yield running
    config.use_google_url(config.GOOGLE_URL)


def link(pretend: Google, user: User, **account: Any) -> None:
    """The user has linked the account that sits at Google's chooser."""
    pretend.account = {"sub": "1001", "email": user.email, "email_verified": True, "name": user.name, **account}
    token, actor = welcome(user, visitor=Visitor())
    begun = sign_in.begin(base_url=BASE, next="/settings/account", actor=actor)
    sign_in.come_back(begun.token, **pretend.choose(begun.url), visitor=Visitor(), session_token=token)


def come_in(pretend: Google, home: Visitor, *, next: str = "/inbox") -> sign_in.Returned:
    begun = sign_in.begin(base_url=BASE, next=next)
    return sign_in.come_back(begun.token, **pretend.choose(begun.url), visitor=home, session_token=None)


def code_of(pretend: Google, home: Visitor) -> str:
    with pytest.raises(BoxError) as refused:
        come_in(pretend, home)
    return refused.value.code


@pytest.mark.feature("TM-02")
def test_who_has_linked_google_signs_in_with_it(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])

    came = come_in(pretend, home, next="/inbox?chat=7")

    assert isinstance(came.admission, tuple) and came.admission[1].id == team[Role.AGENT].id
    assert came.next == "/inbox?chat=7"


@pytest.mark.feature("TM-02")
def test_known_by_subject_whatever_the_email_becomes(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    pretend.account |= {"email": "asha@example.com"}

    came = come_in(pretend, home)

    assert isinstance(came.admission, tuple) and came.admission[1].id == team[Role.AGENT].id, "never Asha"


@pytest.mark.feature("TM-02")
def test_the_same_email_at_google_opens_no_account(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    pretend.account = {"sub": "666", "email": "Asha@Example.com", "email_verified": True}
    assert code_of(pretend, home) == "google_unlinked"

    link(pretend, team[Role.AGENT])
    pretend.account |= {"sub": "666"}
    assert code_of(pretend, home) == "google_unlinked", "the same e-mail with another subject is somebody else"


@pytest.mark.feature("TM-02")
def test_nobody_registers_themselves_but_who_is_invited_joins(pretend: Google, actors: dict[Role, Actor], home: Visitor) -> None:
    pretend.account = {"sub": "77", "email": "Sunil@Example.com", "email_verified": True, "name": "<b>Sunil</b>"}
    assert code_of(pretend, home) == "google_unknown"
    assert User.select().count() == 4

    invitations.invite(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=actors[Role.ADMIN])
    came = come_in(pretend, home)

    assert isinstance(came.admission, tuple) and came.admission[1].name == "Sunil"
    assert User.get(User.email == "sunil@example.com").password_hash is None
    assert invitations.list_open(by=actors[Role.OWNER]) == []


def test_a_second_factor_is_asked_for_after_google_too(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    from tests.engine.team.test_second_factor import with_app

    link(pretend, team[Role.AGENT])
    with_app(team[Role.AGENT])

    assert isinstance(come_in(pretend, home).admission, HalfWay)


@pytest.mark.feature("TM-02")
@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another.apps.googleusercontent.com"},
        {"aud": [CLIENT_ID, "another"]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"iss": "https://accounts.google.com.evil.example"},
        {"exp": int(time.time()) - 120},
        {"exp": "soon"},
        {"iat": int(time.time()) + 3600},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": ""},
        {"sub": 1001},
        {"email": None},
    ],
    ids=str,
)
def test_a_token_that_does_not_fit_is_refused(pretend: Google, team: dict[Role, User], home: Visitor, claims: dict[str, Any]) -> None:
    link(pretend, team[Role.AGENT])
    pretend.claims = claims

    assert code_of(pretend, home) == "google_refused"


@pytest.mark.feature("TM-02")
@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_email_that_google_has_not_confirmed_is_refused(
    pretend: Google, team: dict[Role, User], home: Visitor, verified: object
) -> None:
    link(pretend, team[Role.AGENT])
    pretend.account["email_verified"] = verified

    assert code_of(pretend, home) == "google_unverified"


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"alg": "RS512"}, {"kid": "key-9"}, {"kid": None}], ids=str)
def test_only_googles_own_signature_counts(pretend: Google, team: dict[Role, User], home: Visitor, header: dict[str, Any]) -> None:
    link(pretend, team[Role.AGENT])
    pretend.header = header
    assert code_of(pretend, home) == "google_refused"

    pretend.header, pretend.signs_with = {}, generate_private_key(65537, 2048)
    assert code_of(pretend, home) == "google_refused"


@pytest.mark.feature("TM-02")
def test_state_and_step_belong_to_one_browser_and_work_once(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    mine, victims = sign_in.begin(base_url=BASE, next="/"), sign_in.begin(base_url=BASE, next="/")
    query = pretend.choose(mine.url)

    for token in (victims.token, None, "x"):
        with pytest.raises(Denied):
            sign_in.come_back(token, **query, visitor=home, session_token=None)
    sign_in.come_back(mine.token, **query, visitor=home, session_token=None)
    with pytest.raises(Denied):
        sign_in.come_back(mine.token, **query, visitor=home, session_token=None)


def test_a_code_of_another_sign_in_is_worth_nothing(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    mine, other = sign_in.begin(base_url=BASE, next="/"), sign_in.begin(base_url=BASE, next="/")
    stolen = pretend.choose(other.url)["code"]

    with pytest.raises(Upstream):
        sign_in.come_back(mine.token, state=pretend.choose(mine.url)["state"], code=stolen, visitor=home, session_token=None)


@pytest.mark.parametrize("how", ["server_error", "html", "large", "redirect"])
def test_when_google_fails_the_person_hears_so(pretend: Google, team: dict[Role, User], home: Visitor, how: str) -> None:
    link(pretend, team[Role.AGENT])
    pretend.broken = how

    assert code_of(pretend, home) == "google_failed"


@pytest.mark.feature("TM-02")
def test_linking_needs_the_session_that_asked_for_it(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    _, ravi = welcome(team[Role.AGENT], visitor=home)
    bela, _ = welcome(team[Role.ADMIN], visitor=home)
    for session in (None, "x", bela):
        begun = sign_in.begin(base_url=BASE, next="/", actor=ravi)
        with pytest.raises(Denied):
            sign_in.come_back(begun.token, **pretend.choose(begun.url), visitor=home, session_token=session)

    assert ExternalIdentity.select().count() == 0


def test_one_google_account_opens_one_account_here(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])

    with pytest.raises(Conflict):
        link(pretend, team[Role.ADMIN])
    assert ExternalIdentity.select().count() == 1


def test_unlinking_keeps_a_way_in(pretend: Google, team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    sign_in.unlink(actors[Role.AGENT])
    assert code_of(pretend, home) == "google_unlinked"
    with pytest.raises(NotFound):
        sign_in.unlink(actors[Role.AGENT])

    link(pretend, team[Role.AGENT])
    User.update(password_hash=None).where(User.id == team[Role.AGENT].id).execute()
    with pytest.raises(Conflict):
        sign_in.unlink(actors[Role.AGENT])
    links.use_password_link(links.make_password_link(team[Role.AGENT].id, by=SYSTEM).token, PASSWORD, visitor=home)
    sign_in.unlink(actors[Role.AGENT])


def test_who_is_disabled_does_not_come_in(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    users.change_user(team[Role.AGENT].id, by=SYSTEM, disabled=True)

    assert code_of(pretend, home) == "google_unknown"


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\evil",
        "javascript:alert(1)",
        "",
        "inbox",
        "/a\nb",
        "/" + "x" * 600,
        "/a\\b",
    ],
)
def test_one_only_ever_lands_on_our_own_pages(place: str) -> None:
    assert sign_in.safe_path(place) == "/inbox"
    assert sign_in.safe_path("/settings/account?x=1#y") == "/settings/account?x=1#y"


@pytest.mark.feature("TM-02")
def test_the_secret_is_sealed_and_gone_when_forgotten(pretend: Google, actors: dict[Role, Actor]) -> None:
    stored = b"".join(bytes(row.sealed) for row in Secret.select())
    assert CLIENT_SECRET.encode() not in stored and CLIENT_SECRET not in str([row.value_json for row in Setting.select()])

    config.forget_client(by=actors[Role.OWNER])

    assert not config.is_set_up()
    with pytest.raises(Unavailable):
        sign_in.begin(base_url=BASE, next="/")


def test_an_invented_key_does_not_make_us_ask_each_time(pretend: Google, team: dict[Role, User], home: Visitor) -> None:
    link(pretend, team[Role.AGENT])
    pretend.header = {"kid": "key-9"}
    for _ in range(5):
        code_of(pretend, home)

    assert pretend.asked.count("/oauth2/v3/certs") <= 2
