"""Links to choose a password: once, in time, for the right person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.people import PASSWORD, email_of
from wablast_box.engine.team import links, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.login import Visitor, sign_in
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import recognise
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.errors import BoxError, Invalid, NotFound

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
NEW = "tamarind under the bridge"


@pytest.mark.feature("TM-01")
def test_a_password_link_works_once_and_signs_in(actors: dict[Role, Actor], home: Visitor) -> None:
    sunil = users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=actors[Role.OWNER])
    link = links.make_password_link(sunil.id, by=actors[Role.OWNER])

    token, actor = links.use_password_link(link.token, NEW, visitor=home)
    with pytest.raises(NotFound):
        links.use_password_link(link.token, NEW, visitor=home)

    assert recognise(token) == actor
    sign_in("sunil@example.com", NEW, visitor=home)


def test_a_first_password_has_72_hours_and_a_new_one_30_minutes(team: dict[Role, User], actors: dict[Role, Actor]) -> None:
    sunil = users.add_user(name="Sunil", email="sunil@example.com", role=Role.AGENT, by=actors[Role.OWNER])
    with frozen_at(NOON):
        first = links.make_password_link(sunil.id, by=actors[Role.OWNER])
        reset = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    assert first.expires_at - NOON == timedelta(hours=72)
    assert reset.expires_at - NOON == timedelta(minutes=30)


def test_a_password_link_dies_of_age_of_a_newer_one_and_of_a_disabled_account(
    team: dict[Role, User], actors: dict[Role, Actor], home: Visitor
) -> None:
    ravi, asha = team[Role.AGENT], actors[Role.OWNER]
    with frozen_at(NOON):
        old = links.make_password_link(ravi.id, by=asha).token
    replaced = links.make_password_link(ravi.id, by=asha).token
    newest = links.make_password_link(ravi.id, by=asha).token
    users.change_user(ravi.id, by=asha, disabled=True)

    for token in (old, replaced, newest, "nonsense", "\ud800"):
        with pytest.raises(NotFound):
            links.use_password_link(token, NEW, visitor=home)


def test_a_refused_password_leaves_the_link_usable(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    link = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    with pytest.raises(Invalid):
        links.use_password_link(link.token, "short", visitor=home)
    links.use_password_link(link.token, NEW, visitor=home)


def test_a_password_link_ends_every_session_of_the_user(team: dict[Role, User], actors: dict[Role, Actor], home: Visitor) -> None:
    thief, _ = sign_in(email_of(Role.AGENT), PASSWORD, visitor=home)
    link = links.make_password_link(team[Role.AGENT].id, by=actors[Role.OWNER])

    links.use_password_link(link.token, NEW, visitor=home)

    assert recognise(thief) is None


def test_wrong_links_are_counted(team: dict[Role, User], home: Visitor) -> None:
    codes = []
    for _ in range(21):
        with pytest.raises(BoxError) as refused:
            links.use_password_link("nonsense", NEW, visitor=home)
        codes.append(refused.value.code)

    assert codes == ["not_found"] * 20 + ["throttled"]
