"""Whoever reads customers by the hundred is in the log, once an hour; whoever works is not, and nothing is written for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.browser import Browser
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.audit.reads import forget_counted
from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.models import Conversation
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction

pytestmark = pytest.mark.feature("TM-09")


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """Well within an hour of the clock."""
    forget_counted()
    with frozen_at(now().replace(minute=10)):
        yield
    forget_counted()


def customers(count: int) -> list[int]:
    with transaction():
        numbers = [find_or_create(wa_id=f"9198123{number:05}") for number in range(count)]
        conversations.of_contacts(numbers)
        Conversation.update(sort_id=Conversation.id).execute()
    return numbers


def noted() -> list[tuple[str, dict[str, object]]]:
    rows = AuditEntry.select().where(AuditEntry.action == "contacts.read_many").order_by(AuditEntry.id)
    return [(row.actor_name, row.detail_json) for row in rows]


def pages(browser: Browser, path: str, limit: int) -> None:
    """Everything, page by page."""
    cursor = ""
    while True:
        page = browser.get(f"{path}?limit={limit}{cursor}").json()
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def test_more_than_a_hundred_are_noted_once_an_hour_and_person(asha: Browser, ravi: Browser) -> None:
    customers(120)
    for _ in range(3):
        pages(ravi, "/api/v1/contacts", 50)
    assert noted() == [("Ravi", {"more_than": 100, "within": "1 h"})]

    pages(asha, "/api/v1/contacts", 200)
    with frozen_at(now() + timedelta(hours=1)):
        pages(ravi, "/api/v1/contacts", 200)

    assert [name for name, _ in noted()] == ["Ravi", "Asha", "Ravi"]


def test_a_hundred_and_the_same_ones_again_are_work(ravi: Browser) -> None:
    numbers = customers(100)
    for _ in range(3):
        pages(ravi, "/api/v1/contacts", 100)
        ravi.get(f"/api/v1/contacts/{numbers[0]}")

    assert noted() == []


@pytest.mark.parametrize("path", ["/api/v1/conversations", "/api/v1/contacts", "one by one"])
def test_there_is_no_way_around(ravi: Browser, path: str) -> None:
    numbers = customers(160)
    if path == "one by one":
        for number in numbers:
            ravi.get(f"/api/v1/contacts/{number}")
    else:
        pages(ravi, path, 50)

    assert len(noted()) == 1


def test_the_first_page_of_the_inbox_and_programs_are_not_counted(ravi: Browser, machine: Browser) -> None:
    customers(150)
    for _ in range(5):
        ravi.get("/api/v1/conversations?limit=200")
    pages(machine, "/api/v1/contacts", 50)

    assert noted() == []


def test_reading_writes_nothing(ravi: Browser) -> None:
    customers(90)
    before = AuditEntry.select().count()
    pages(ravi, "/api/v1/contacts", 30)

    assert AuditEntry.select().count() == before
