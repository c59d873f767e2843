"""The language of filters: what is read as what, and what is said when it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.people import add_person
from wablast_box.engine.inbox.lists.parse import parse_filter
from wablast_box.engine.inbox.lists.query import NO_SUCH_PERSON, NOBODY, ConversationQuery
from wablast_box.engine.inbox.lists.words import renamed, terms_of
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import Team
from wablast_box.engine.team.roles import Role
from wablast_box.lib import ids
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Invalid

MOMENT = datetime(2026, 11, 8, 12, tzinfo=UTC)


@pytest.fixture
def shop(box: Path) -> None:
    Team.insert(id=11, name="Night shift", created_at=now()).execute()
    for number, name in ((21, "VIP"), (22, "big spender"), (23, "spam")):
        Tag.insert(id=number, name=name, color="grape", created_at=now()).execute()


@pytest.mark.feature("IN-30")
def test_every_term_is_read(shop: None) -> None:
    asha = add_person(Role.OWNER)

    asked = parse_filter('is:unread state:open,pending tag:vip tag:"Big Spender" -tag:spam assignee:me team:"night shift" window:closing kabir "de souza"', asha.id)

    assert asked == ConversationQuery(
        states=("open", "pending"), assignee=asha.id, team=11, tags=(21, 22), without_tags=(23,), unread=True, window="closing", words=("kabir", "de souza")
    )


@pytest.mark.feature("IN-30")
def test_colleagues_are_found_by_the_beginning_of_their_name(box: Path) -> None:
    add_person(Role.OWNER)
    ravi = add_person(Role.AGENT)

    assert parse_filter("assignee:rav", None).assignee == ravi.id
    assert parse_filter("assignee:none", None).assignee == NOBODY
    assert parse_filter("is:unassigned", None).assignee == NOBODY
    assert parse_filter("assignee:me", None).assignee == NO_SUCH_PERSON, "a program answers for nothing"


def test_a_day_begins_where_the_shop_is(box: Path) -> None:
    store.put("time_zone", "Asia/Kolkata")

    asked = parse_filter("before:2026-11-01 after:2026-10-01", None)

    assert asked.until == ids.first_id_at(datetime(2026, 10, 31, 18, 30, tzinfo=UTC))
    assert asked.since == ids.first_id_at(datetime(2026, 9, 30, 18, 30, tzinfo=UTC))


def test_an_age_counts_from_now(box: Path) -> None:
    with frozen_at(MOMENT):
        asked = parse_filter("before:7d", None)

    assert asked.until == ids.first_id_at(MOMENT - timedelta(days=7))


@pytest.mark.parametrize("text", ["re:order 12", "http://x.example/a?b=c", "12:30", "-", ":", "état:x", "💐:rose", "name:Kabir"])
def test_what_is_no_term_is_a_word_of_the_name(box: Path, text: str) -> None:
    asked = parse_filter(text, None)

    assert asked.words and asked == ConversationQuery(words=asked.words)


@pytest.mark.feature("IN-30")
@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("state:opn", "“state:opn” means nothing.", "Did you mean state:open?"),
        ("stat:open", "There is no filter “stat:”.", "Did you mean state:open?"),
        ("tag:", "“tag:” wants something behind it.", "A tag’s name."),
        ("tag:vpi", "There is no tag “vpi”.", "Did you mean tag:VIP?"),
        ("tag:spender", "There is no tag “spender”.", 'Did you mean tag:"big spender"?'),
        ("team:nihgtshift", "There is no team “nihgtshift”.", 'Did you mean team:"Night shift"?'),
        ("assignee:zoe", "There is no colleague “zoe”.", None),
        ("before:yesterday", "“yesterday” is not a day.", "Write 2026-11-01, or an age like 7d."),
        ("before:2026-13-01", "“2026-13-01” is not a day.", "Write 2026-11-01, or an age like 7d."),
        ("-state:open", "“-state:” is not possible.", "Only tags can be left out: -tag:spam."),
        ("window:soon", "“window:soon” means nothing.", "One of open, closing, closed."),
        ("x" * 501, "This filter is too long.", "At most 500 letters."),
        ("a " * 21, "This filter has too many parts.", "At most 20."),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(shop: None, text: str, message: str, help: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        parse_filter(text, None)

    assert (refused.value.message, refused.value.help) == (message, help)
    assert (refused.value.code, refused.value.field) == ("invalid_filter", "q")


@pytest.mark.parametrize("text", ['"', '""', "tag:\"", "' OR 1=1 --", "%", "_", "\x00", "‮abc", "((((", "-tag", "is:unread,waiting"])
def test_no_text_breaks_the_reading(shop: None, text: str) -> None:
    try:
        terms_of(text)
    except Invalid as refused:
        assert refused.help


def test_a_renamed_tag_is_followed_where_it_is_asked_for() -> None:
    text = 'is:unread tag:VIP -tag:vip tag:"vip club" vip'

    assert renamed(text, "tag", "vip", "best friends") == 'is:unread tag:"best friends" -tag:"best friends" tag:"vip club" vip'
