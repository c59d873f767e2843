"""The business's profile: read at Meta, held to Meta's limits before it is asked, and written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hostile_files import png_of
from tests.people import actor_for, add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.meta.errors import GraphError
from wablast_box.engine.ops.profile.photo import change_photo, photo
from wablast_box.engine.ops.profile.profile import change_profile, profile
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Role
from wablast_box.lib.errors import Denied, Invalid, NotFound, Unavailable
from wablast_box.simulator.faults import FaultKind
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Account


def png(width: int = 200, height: int = 200, *, shade: int = 90) -> bytes:
    """A real picture of one colour."""
    return png_of(width, height, b"".join(b"\0" + bytes([shade]) * width for _ in range(height)))


@pytest.fixture
def asha(meta: FakeMeta) -> Actor:
    store.put("phone_number_id", Account.phone_number_id)
    secrets.put_secret("access_token", Account.access_token)
    secrets.put_secret("app_secret", Account.app_secret)
    return actor_for(add_person(Role.OWNER))


def entries() -> list[tuple[str, str, Any, str]]:
    rows = AuditEntry.select().where(AuditEntry.action == "profile.changed").order_by(AuditEntry.id)
    return [(row.action, row.actor_name, row.fields_json, row.result) for row in rows]


@pytest.mark.feature("CN-34")
def test_the_profile_is_read_changed_at_meta_and_the_change_is_written_down(asha: Actor, meta: FakeMeta) -> None:
    before = profile()

    after = change_profile(
        {"about": "हाथ से बुना, 1987 से 🧵", "address": " 12 Car Street, Mysuru ", "email": "shop@example.com", "websites": ["https://example.com", " "], "vertical": "APPAREL"},
        by=asha,
    )

    assert (before.about, before.vertical, before.photo_url) == ("Handwoven since 1987", "RETAIL", None)
    assert (after.about, after.address, after.email, after.websites, after.vertical) == (
        "हाथ से बुना, 1987 से 🧵", "12 Car Street, Mysuru", "shop@example.com", ("https://example.com",), "APPAREL",
    )  # fmt: skip
    assert meta.state.number.profile["about"] == after.about
    assert entries() == [("profile.changed", "Asha", ["about", "address", "email", "vertical", "websites"], "done")]


def test_an_empty_line_goes_and_what_is_not_given_stays(asha: Actor) -> None:
    change_profile({"description": "Silk and cotton", "email": "a@example.com"}, by=asha)

    after = change_profile({"description": ""}, by=asha)

    assert (after.description, after.email) == ("", "a@example.com")


@pytest.mark.feature("CN-34")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"about": "x" * 140}, "about"),
        ({"about": "  "}, "about"),
        ({"address": "x" * 257}, "address"),
        ({"description": "ன" * 513}, "description"),
        ({"email": "x" * 120 + "@example.com"}, "email"),
        ({"email": "not an address"}, "email"),
        ({"websites": ["https://a.example", "https://b.example", "https://c.example"]}, "websites"),
        ({"websites": ["javascript:alert(1)"]}, "websites"),
        ({"websites": ["https://example.com/" + "x" * 250]}, "websites"),
        ({"websites": ["http://[::1"]}, "websites"),
    ],
)
def test_what_meta_would_refuse_is_not_even_sent(asha: Actor, meta: FakeMeta, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        change_profile(wrong, by=asha)

    assert refused.value.field == field
    assert meta.state.number.profile["about"] == "Handwoven since 1987"
    assert entries() == []


def test_a_refusal_of_meta_is_told_in_words_and_the_try_is_written_down(asha: Actor, meta: FakeMeta) -> None:
    meta.state.faults.add(FaultKind.ERROR, path="whatsapp_business_profile", code=10, details="Not yours")

    with pytest.raises(GraphError, match="code 10"):
        change_profile({"about": "New"}, by=asha)

    assert entries() == [("profile.changed", "Asha", ["about"], "failed")]


@pytest.mark.feature("CN-34")
def test_a_picture_goes_up_and_comes_back(asha: Actor, meta: FakeMeta) -> None:
    with pytest.raises(NotFound):
        photo()

    after = change_photo(png(), by=asha)

    assert after.photo_url is not None and photo() == (png(), "image/png")
    assert entries() == [("profile.changed", "Asha", ["photo"], "done")]


def test_an_upload_that_breaks_off_is_taken_up_where_it_stopped(asha: Actor, meta: FakeMeta) -> None:
    meta.state.faults.add(FaultKind.CUT_BEFORE, path="upload:", times=1)

    change_photo(png(shade=20), by=asha)

    assert photo()[0] == png(shade=20)


@pytest.mark.parametrize(
    "wrong", [b"", b"%PDF-1.7 no picture", b"GIF89a" + b"\0" * 100, png(191, 400), b"\xff\xd8\xff" + b"\0" * (5 * 1024 * 1024)], ids=["nothing", "pdf", "gif", "small", "huge"]
)
def test_a_file_that_whatsapp_takes_for_no_picture_is_not_sent(asha: Actor, meta: FakeMeta, wrong: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        change_photo(wrong, by=asha)

    assert refused.value.field == "file"
    assert meta.state.number.photo is None


def test_only_those_who_change_settings_change_the_profile(asha: Actor, meta: FakeMeta) -> None:
    ravi = actor_for(add_person(Role.AGENT))

    for change in (lambda: change_profile({"about": "Mine"}, by=ravi), lambda: change_photo(png(), by=ravi)):
        with pytest.raises(Denied):
            change()


def test_without_a_number_there_is_no_profile(meta: FakeMeta, box: Path) -> None:
    with pytest.raises(Unavailable):
        profile()
