"""The first door of a fresh box: no account, one token, one owner."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.people import PASSWORD
from tests.threads import side_by_side
from wablast_box.engine.settings import store
from wablast_box.engine.team import setup_link, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.login import Visitor, sign_in
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import recognise
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at
from wablast_box.lib.errors import BoxError, Conflict, Denied, Invalid, NotFound

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


@pytest.mark.feature("OP-22")
def test_a_fresh_box_has_no_account_and_opens_only_for_its_set_up_token(box: Path, home: Visitor) -> None:
    assert not users.owner_exists() and not User.select().exists()
    for email in ("admin@admin.com", "admin", "owner@example.com"):
        with pytest.raises(Denied):
            sign_in(email, "admin", visitor=home)
    token = setup_link.make_setup_token()

    session, asha = use_setup(token, home)

    assert recognise(session) == asha and asha.role is Role.OWNER
    assert (store.get("business_name"), store.get("time_zone")) == ("Asha Stores", "Asia/Kolkata")


@pytest.mark.feature("OP-22")
def test_the_set_up_token_dies_with_the_first_account_with_age_and_with_a_newer_one(box: Path, home: Visitor) -> None:
    with frozen_at(NOON):
        old = setup_link.make_setup_token()
    replaced, token = setup_link.make_setup_token(), setup_link.make_setup_token()
    for dead in (old, replaced, "", "nonsense"):
        with pytest.raises(NotFound):
            use_setup(dead, home)
    use_setup(token, home)

    for again in (token, replaced):
        with pytest.raises(Conflict):
            use_setup(again, home)
    with pytest.raises(Conflict):
        setup_link.make_setup_token()
    assert User.select().count() == 1


def test_a_mistake_at_set_up_changes_nothing_and_leaves_the_token_usable(box: Path, home: Visitor) -> None:
    token = setup_link.make_setup_token()
    wrong = (
        {"password": "short"},
        {"email": "asha"},
        {"time_zone": "Mars/Olympus"},
        {"business_name": " "},
        {"password": "AshaStores2025!"},
    )
    for mistake in wrong:
        with pytest.raises(Invalid):
            use_setup(token, home, **mistake)
        assert not User.select().exists()
        assert store.get("business_name") == ""

    use_setup(token, home)


def test_two_set_ups_at_once_make_one_owner(box: Path, home: Visitor) -> None:
    token = setup_link.make_setup_token()

    outcomes = side_by_side([partial(use_setup, token, home, email=f"asha{number}@example.com") for number in range(4)])

    assert [isinstance(one, BoxError) for one in outcomes].count(False) == 1
    assert User.select().count() == 1


def use_setup(token: str, home: Visitor, **changes: str) -> tuple[str, Actor]:
    given = {"name": "Asha", "email": "asha@example.com", "password": PASSWORD, "business_name": "Asha Stores", "time_zone": "Asia/Kolkata"}
    return setup_link.use_setup_token(token, **{**given, **changes}, visitor=home)
