"""Lists: every filter finds what it should and nothing else, for those who may see it, page by page, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.people import add_person
from wablast_box.engine.contacts.models import Contact
from wablast_box.engine.inbox import lists
from wablast_box.engine.inbox.conversations import touch
from wablast_box.engine.inbox.lists import conditions, names
from wablast_box.engine.inbox.lists.counts import VIEWS, counts
from wablast_box.engine.inbox.lists.page import conversations, conversations_page
from wablast_box.engine.inbox.lists.parse import parse_filter
from wablast_box.engine.inbox.models import Conversation, ConversationTag, Tag
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.models import Team, User
from wablast_box.engine.team.roles import Role
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import is_postgres
from wablast_box.lib.paging import PageRequest

HOUR = timedelta(hours=1)


def stands(name: str, *, wrote: timedelta = HOUR, read: bool = True, tags: tuple[int, ...] = (), **more: Any) -> int:
    """A conversation as somebody left it; its id."""
    number, wrote_at = ids.new_id(), now() - wrote
    place = ids.first_id_at(wrote_at) + number % 1000
    contact = Contact.create(id=number, wa_id=f"91{number % 10**10}", phone=f"+91{number % 10**10}", name=name, created_at=now())
    Conversation.insert(
        id=number, contact=contact, last_message_id=place, last_inbound_id=place, sort_id=place, last_inbound_at=wrote_at,
        read_up_to_id=place if read else 0, created_at=now(), **more,
    ).execute()  # fmt: skip
    for tag in tags:
        ConversationTag.insert(conversation=number, tag=tag, created_at=now()).execute()
    return number


@pytest.fixture
def people(box: Path) -> dict[str, User]:
    return {"asha": add_person(Role.OWNER), "ravi": add_person(Role.AGENT)}


@pytest.fixture
def shop(people: dict[str, User]) -> None:
    Team.insert(id=11, name="Sales", created_at=now()).execute()
    for number, name in ((21, "vip"), (22, "spam")):
        Tag.insert(id=number, name=name, color="grape", created_at=now()).execute()
    stands("Ananya", read=False, tags=(21,), waiting_since_at=now() - HOUR)
    stands("Bhavna", assignee=people["ravi"], wrote=23 * HOUR, waiting_since_at=now() - 23 * HOUR)
    stands("Chitra", assignee=people["asha"], state="pending", team=11, wrote=30 * HOUR)
    stands("Deepa", state="snoozed", tags=(21, 22), wrote=50 * HOUR)
    stands("Esha", state="resolved", assignee=people["ravi"], wrote=24 * 9 * HOUR)
    stands("Farah", team=11, assignee=people["asha"], read=False, wrote=24 * 10 * HOUR, tags=(21,))


FOUND = [
    ("", "Ananya Bhavna Chitra Deepa Esha Farah"),
    ("state:open", "Ananya Bhavna Farah"),
    ("state:pending,snoozed", "Chitra Deepa"),
    ("is:resolved", "Esha"),
    ("is:unread", "Ananya Farah"),
    ("is:read state:open", "Bhavna"),
    ("is:waiting", "Ananya Bhavna"),
    ("assignee:me", "Chitra Farah"),
    ("assignee:me state:open", "Farah"),
    ("assignee:none", "Ananya Deepa"),
    ("assignee:ravi", "Bhavna Esha"),
    ("team:sales", "Chitra Farah"),
    ("team:none is:waiting", "Ananya Bhavna"),
    ("tag:vip", "Ananya Deepa Farah"),
    ("tag:vip tag:spam", "Deepa"),
    ("tag:vip -tag:spam", "Ananya Farah"),
    ("-tag:vip state:open", "Bhavna"),
    ("window:closing", "Bhavna"),
    ("window:open", "Ananya Bhavna"),
    ("window:closed is:unread", "Farah"),
    ("before:2d", "Deepa Esha Farah"),
    ("after:2d", "Ananya Bhavna Chitra"),
    ("hav", "Bhavna"),
    ("a tag:vip is:unread assignee:none", "Ananya"),
    ("nobody", ""),
    ("%", ""),
    ("is:unread is:waiting tag:vip window:open assignee:none anan", "Ananya"),
]


@pytest.mark.feature("IN-30")
@pytest.mark.parametrize(("text", "expected"), FOUND)
@pytest.mark.parametrize("rare", [True, False], ids=["found by tag and name", "found on the way through the list"])
def test_a_filter_finds_what_it_asks_for(shop: None, people: dict[str, User], text: str, expected: str, rare: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "RARE_TAG", 2000 if rare else 0)
    monkeypatch.setattr(names, "RARE_NAME", 1500 if rare else 1)

    found = conversations(EVERYTHING, people["asha"].id, text, PageRequest(50))["items"]

    assert " ".join(one["contact"]["name"] for one in found) == expected


@pytest.mark.feature("IN-30")
@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_an_agent_finds_only_what_is_theirs_or_nobodys(shop: None, people: dict[str, User], text: str, expected: str) -> None:
    ravi = people["ravi"].id
    theirs = [name for name in expected.split() if name not in ("Chitra", "Farah")]
    if "assignee:me" in text:
        theirs = [name for name in ("Bhavna", "Esha") if "open" not in text or name == "Bhavna"]

    found = conversations(Viewer(ravi), ravi, text, PageRequest(50))["items"]

    assert [one["contact"]["name"] for one in found] == theirs


def test_a_phone_number_is_found_by_its_digits_however_it_is_written(box: Path) -> None:
    number = stands("Kabir")
    Contact.update(phone="+919812345678").where(Contact.id == Conversation.get_by_id(number).contact_id).execute()

    for text in ("98123 45678", "+91 98123", "345678", '"98123 45678"'):
        assert [int(one["id"]) for one in conversations(EVERYTHING, None, text, PageRequest(5))["items"]] == [number]


@pytest.mark.feature("AP-13")
def test_pages_meet_without_gap_or_repeat(box: Path) -> None:
    for number in range(25):
        stands(f"Customer {number}", wrote=number * HOUR, state="open" if number % 2 else "resolved")
    query = parse_filter("state:open", None)

    seen, after = [], None
    while True:
        page = conversations_page(EVERYTHING, query, PageRequest(4, after))
        seen += [one["contact"]["name"] for one in page.items]
        if page.next_cursor is None:
            break
        after = int(page.next_cursor)

    assert seen == [f"Customer {number}" for number in range(25) if number % 2]


@pytest.mark.feature("AP-13")
def test_who_is_written_in_while_the_list_is_read_stays_in_it(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kabir = stands("Kabir")
    run = sql.run

    def run_and_write(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows = run(statement, params)
        touch({kabir: ids.new_id()})
        return rows

    monkeypatch.setattr(sql, "run", run_and_write)

    assert [int(one["id"]) for one in conversations(EVERYTHING, None, "", PageRequest(5))["items"]] == [kabir]


@pytest.mark.feature("IN-30")
def test_every_view_of_the_rail_is_counted_at_once(shop: None, people: dict[str, User]) -> None:
    counted = counts(EVERYTHING, people["asha"].id, [(1, "tag:vip"), (2, "tag:gone")])

    assert counted["views"] == {
        "mine": 1, "unassigned": 1, "open": 3, "unread": 2, "waiting": 2, "closing": 1, "pending": 1, "snoozed": 1, "resolved": 1,
    }  # fmt: skip
    assert counted["saved"] == {"1": 3, "2": None}, "a view whose tag is gone says so by null"
    assert counted["tags"] == {"21": 2}
    assert counted["teams"] == [{"id": "11", "name": "Sales", "count": 1}]


@pytest.mark.parametrize("text", [text for text, _ in FOUND])
def test_no_list_is_sorted_or_read_through(shop: None, text: str) -> None:
    if is_postgres():
        pytest.skip("PostgreSQL chooses by what it knows of the rows, and here are six")
    statement, params = conditions.places(EVERYTHING, parse_filter(text, 1))

    plan = " | ".join(str(row[3]) for row in sql.run(f"EXPLAIN QUERY PLAN {statement} ORDER BY c.sort_id DESC LIMIT 60", params))

    found_by_few = "conversation_contact_id" in plan or "CROSS" in statement
    assert "SCAN c" not in plan.replace("SCAN c USING INDEX", "") or found_by_few, plan
    assert found_by_few or "TEMP B-TREE" not in plan, plan


def test_the_interface_asks_for_what_is_counted() -> None:
    source = Path(lists.__file__).parents[3] / "ui/frontend/src/features/inbox/list/views.ts"
    if not source.is_file():
        pytest.skip("this copy carries no front-end sources")

    written = source.read_text(encoding="utf-8")

    assert [name for name, words in VIEWS.items() if f"  {name}: '{words}'," not in written] == []
