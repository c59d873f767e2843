"""Who came by an advertisement is known by it, and Meta's free 72 hours are noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, status, text
from tests.engine.inbox.test_changes import echo
from tests.people import add_person, hash_cheaply
from wablast_box.engine.inbox.ads.read import ReferralQuery, referrals_page
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import to_ms
from wablast_box.lib.paging import PageRequest

REFERRAL = {
    "source_url": "https://fb.me/2DCk",
    "source_id": "120210",
    "source_type": "ad",
    "headline": "Sarees from Kanchipuram",
    "body": "Write to us",
    "media_type": "image",
    "image_url": "https://example.com/1.jpg",
    "ctwa_clid": "ARAkLkA8rmlFe",
}
FREE = {"billable": False, "pricing_model": "PMP", "type": "free_entry_point", "category": "referral_conversion"}


def asked(**wanted: Any) -> list[dict[str, Any]]:
    return referrals_page(EVERYTHING, ReferralQuery(**wanted), PageRequest()).items


@pytest.mark.feature("CN-39")
def test_the_advertisement_behind_a_message_can_be_asked_for(box: Path) -> None:
    delivers(body(text("Do you have it in red?", referral=REFERRAL)), body(text("no advertisement", wa_id="919800000001")))

    [found] = asked()

    assert (found["source_id"], found["headline"], found["ctwa_clid"]) == ("120210", "Sarees from Kanchipuram", "ARAkLkA8rmlFe")
    assert asked(source_id="120210") == asked(ctwa_clid="ARAkLkA8rmlFe") == asked(conversation_id=int(found["conversation_id"])) == [found]
    assert asked(source_id="1") == []


@pytest.mark.feature("CN-39")
def test_a_referral_that_lacks_half_or_lies_is_kept_as_far_as_it_goes(box: Path) -> None:
    delivers(body(text("hi", referral={"source_id": 120210, "headline": ["not", "text"], "ctwa_clid": ""})))

    [found] = asked()

    assert (found["source_id"], found["headline"], found["ctwa_clid"]) == ("120210", None, None)


@pytest.mark.feature("CN-39")
def test_an_agent_asks_only_of_conversations_they_may_see(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_cheaply(monkeypatch)
    asha = add_person(Role.OWNER)
    delivers(body(text("hi", referral=REFERRAL)))
    Conversation.update(assignee=asha.id).execute()

    assert len(referrals_page(Viewer(asha.id), ReferralQuery(), PageRequest()).items) == 1
    assert referrals_page(Viewer(asha.id + 1), ReferralQuery(), PageRequest()).items == []


@pytest.mark.feature("IN-12")
def test_the_free_entry_point_lasts_as_long_as_meta_says(box: Path) -> None:
    dated = {"id": "c1", "expiration_timestamp": "1760259300", "origin": {"type": "referral_conversion"}}
    delivers(body(status("wamid.P", "sent", conversation=dated, pricing=FREE)))

    delivers(echo("Yes", wamid="wamid.P", at=1760000100), body(status("wamid.P", "delivered", at=1760000200, pricing=FREE)))

    assert to_ms(Conversation.get().free_entry_until) == 1760259300_000


@pytest.mark.feature("IN-12")
def test_an_undated_free_entry_point_lasts_72_hours_from_its_first_message(box: Path) -> None:
    delivers(echo("Yes", wamid="wamid.P", at=1760000100), echo("Red too", wamid="wamid.Q", at=1760003600))

    delivers(body(status("wamid.P", "sent", at=1760000101, pricing=FREE)), body(status("wamid.Q", "sent", at=1760003601, pricing=FREE)))

    assert to_ms(Conversation.get().free_entry_until) == (1760000101 + 72 * 3600) * 1000


@pytest.mark.feature("IN-12")
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"pricing": {"type": "free_customer_service", "category": "service"}},
        {"conversation": {"id": "c", "expiration_timestamp": "1760259300", "origin": {"type": "service"}}},
        {"conversation": {"id": "c", "expiration_timestamp": "soon", "origin": {"type": "referral_conversion"}}},
        {"conversation": {"origin": "x"}, "pricing": {"type": ["free_entry_point"]}},
    ],
)
def test_nothing_else_opens_it(box: Path, more: dict[str, Any]) -> None:
    delivers(echo("Yes", wamid="wamid.P", at=1760000100), body(status("wamid.P", "sent", **more)))

    assert Conversation.get().free_entry_until is None
