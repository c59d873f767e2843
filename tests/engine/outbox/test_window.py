"""The 24 hours, to the second, and consent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.outbox.sending import conversation
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.outbox import window
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Conflict

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def kabir(box: Path) -> Conversation:
    """Kabir wrote at noon."""
    with frozen_at(NOON):
        return Conversation.get_by_id(conversation(wrote_ago=timedelta()))


@pytest.mark.parametrize(
    "after,is_open",
    [
        (timedelta(seconds=1), True),
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24), False),
        (timedelta(days=3), False),
    ],
)
def test_the_window_is_open_for_24_hours_after_the_customer_wrote(kabir: Conversation, after: timedelta, is_open: bool) -> None:
    assert window.is_open(kabir, NOON + after) is is_open
    assert window.closes_at(kabir) == NOON + timedelta(hours=24)


def test_whoever_never_wrote_has_no_window(box: Path) -> None:
    stranger = Conversation.get_by_id(conversation("919800000001", wrote_ago=None))

    assert window.closes_at(stranger) is None
    assert not window.is_open(stranger)


def test_a_template_needs_no_window_and_everything_else_does(kabir: Conversation) -> None:
    with frozen_at(NOON + timedelta(days=2)):
        window.require_open(kabir, "template")
        with pytest.raises(Conflict) as refused:
            window.require_open(kabir, "text")

    assert refused.value.code == "window_closed"
    assert "template" in str(refused.value.help)


@pytest.mark.parametrize("category,allowed", [("marketing", False), ("MARKETING", False), ("utility", True), (None, True)])
def test_who_stopped_marketing_gets_none_but_is_still_answered(box: Path, category: str | None, allowed: bool) -> None:
    contact = Contact(id=1, wa_id="919812345678", marketing_opted_out_at=now())

    if allowed:
        window.require_consent(contact, category)
    else:
        with pytest.raises(Conflict) as refused:
            window.require_consent(contact, category)
        assert refused.value.code == "opted_out"
