"""Servers in the owner's own network that flows may call: each by name, by an owner only, and never the box itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lib.test_outbound import resolves, server
from tests.people import actor_for, add_person
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.ops.reach import inside
from wablast_box.engine.settings import store
from wablast_box.engine.team.roles import Role
from wablast_box.lib import outbound
from wablast_box.lib.errors import Denied, Invalid
from wablast_box.lib.outbound import Refused, request

pytestmark = pytest.mark.feature("FN-42")


@pytest.fixture(autouse=True)
def nothing_listed(box: Path) -> Iterator[None]:
    inside.use_listed([], own_port=8422)
    yield
    inside.use_listed([], own_port=8422)
    outbound.allow_addresses([])


def test_an_owner_lists_a_server_and_it_is_reached_at_once_and_after_the_next_start(box: Path) -> None:
    asha = actor_for(add_person(Role.OWNER))
    with server() as house:
        with pytest.raises(Refused):
            request("GET", f"http://127.0.0.1:{house.port}/")
        assert inside.put_inside([f" 127.0.0.1:{house.port} "], by=asha) == {"given": [], "added": [f"127.0.0.1:{house.port}"]}
        assert request("GET", f"http://127.0.0.1:{house.port}/").status == 200
        outbound.allow_addresses([])
        inside.use_listed(["erp:8069"], own_port=8422)
        assert request("GET", f"http://127.0.0.1:{house.port}/").status == 200
        assert outbound.is_listed("erp", 8069)
        inside.put_inside([], by=asha)
        with pytest.raises(Refused):
            request("GET", f"http://127.0.0.1:{house.port}/")

    assert [row.action for row in AuditEntry.select() if row.action.startswith("inside")] == ["inside_addresses.changed"] * 2


def test_nobody_but_an_owner(box: Path) -> None:
    add_person(Role.OWNER)
    with pytest.raises(Denied):
        inside.put_inside(["10.0.0.5:80"], by=actor_for(add_person(Role.ADMIN)))
    assert store.get("inside_addresses") is None


@pytest.mark.parametrize(
    "entry",
    [
        "169.254.169.254:80", "[fe80::1]:80", "168.63.129.16:80", "[fd00:ec2::254]:80", "[::ffff:169.254.169.254]:80", "0.0.0.0:80", "localhost:8422",
        "127.0.0.1:8422", "[::1]:8422", "10.0.0.0/8:80", "*.local:80", "10.0.0.5", "10.0.0.5:", "10.0.0.5:0", "10.0.0.5:99999", ":80", "http://x:80",
        "user@x:80", "224.0.0.1:80", "a b:80",
    ],
)  # fmt: skip
def test_what_can_never_be_listed(box: Path, entry: str) -> None:
    with pytest.raises(Invalid):
        inside.put_inside([entry], by=actor_for(add_person(Role.OWNER)))


def test_a_listed_name_does_not_lead_to_where_clouds_keep_secrets(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside.put_inside(["erp.example:80"], by=actor_for(add_person(Role.OWNER)))
    for found in (["169.254.169.254"], ["10.0.0.5", "169.254.169.254"], ["::ffff:169.254.169.254"]):
        resolves(monkeypatch, found)
        with pytest.raises(Refused):
            request("GET", "http://erp.example/")
