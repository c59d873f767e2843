"""The former app secret counts for a while, so that Meta can switch over, and no longer than the owner wants."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from wablast_box.engine.settings import secrets
from wablast_box.engine.settings.models import Secret
from wablast_box.engine.settings.secrets import (
    expire_previous_app_secret,
    forget_previous_app_secret,
    previous_expires_at,
    put_secret,
    secret_state,
)
from wablast_box.engine.webhooks.door import door_keys
from wablast_box.lib.clock import frozen_at, now

FORMER, PRESENT = "the first secret of the app", "the second secret of the app"


@pytest.fixture(autouse=True)
def _replaced(box: Path) -> None:
    put_secret("app_secret", FORMER)
    put_secret("app_secret", PRESENT)


def counting() -> set[str]:
    return {secret.decode() for secret in door_keys().app_secrets}


def test_a_forgotten_secret_counts_no_more_from_that_moment() -> None:
    before = counting()

    was_there = forget_previous_app_secret()

    assert before == {FORMER, PRESENT}
    assert was_there
    assert counting() == {PRESENT}
    assert previous_expires_at() is None
    assert forget_previous_app_secret() is False


def test_the_former_secret_ends_by_itself_after_a_week_and_is_deleted() -> None:
    changed_at = Secret.get(Secret.name == "app_secret_previous").updated_at

    with frozen_at(changed_at + timedelta(days=7, seconds=-1)):
        secrets.forget_cached()
        in_time, until = counting(), previous_expires_at()
    with frozen_at(changed_at + timedelta(days=7)):
        secrets.forget_cached()
        afterwards, state = counting(), secret_state("app_secret_previous")
        expire_previous_app_secret()

    assert in_time == {FORMER, PRESENT}
    assert until == changed_at + timedelta(days=7)
    assert afterwards == {PRESENT} and not state.is_set
    assert Secret.get_or_none(Secret.name == "app_secret_previous") is None


def test_the_hourly_look_leaves_a_secret_whose_week_is_not_over() -> None:
    with frozen_at(now() + timedelta(days=3)):
        expire_previous_app_secret()

    assert counting() == {FORMER, PRESENT}


def test_the_next_change_begins_a_new_week() -> None:
    with frozen_at(now() + timedelta(days=6)):
        put_secret("app_secret", "the third secret of the app")
    with frozen_at(now() + timedelta(days=8)):
        secrets.forget_cached()

        found = counting()

    assert found == {PRESENT, "the third secret of the app"}
