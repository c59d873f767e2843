"""The raw log: found by what stands in it, shown to those who may read it, processed again without harm, kept as long as needed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.engine.inbox.meta import body, delivers, status, text
from tests.people import actor_for, add_person, hash_cheaply
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.events.models import Event
from wablast_box.engine.inbox.models import Conversation, Message, MessageStatus
from wablast_box.engine.team.actors import SYSTEM, Actor, Grants
from wablast_box.engine.team.roles import PERMISSIONS, Role, Scope
from wablast_box.engine.webhooks import log
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.log import Asked, look, spellings
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.engine.webhooks.process import process_due
from wablast_box.engine.webhooks.read import event, events_page
from wablast_box.engine.webhooks.replay import dismiss, replay, replay_failed
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Conflict, Denied, Invalid
from wablast_box.lib.paging import PageRequest

BROKEN = {"messages": [{"type": "text", "from": "919812345678", "text": {"body": "no id"}}]}


def agent(*, scope: Scope = Scope.ALL, hides_numbers: bool = False) -> Actor:
    """Somebody with a role of the shop's own making that may look at webhooks."""
    allowed = PERMISSIONS[Role.AGENT] | {"webhooks.read", "webhooks.replay"}
    return Actor("user", 7, "Ravi", Role.AGENT, None, Grants("Night shift", allowed, scope, hides_numbers))


def found(**asked: object) -> list[str]:
    return [row.summary or "waiting" for row in look(Asked(**asked), PageRequest()).rows]  # type: ignore[arg-type]


@pytest.mark.feature("CN-35")
def test_the_log_is_searched_by_state_kind_time_and_by_what_stands_in_the_bodies(box: Path) -> None:
    delivers(body(text("नमस्ते", wamid="wamid.HBg/LMOTE5==")), body(status("wamid.OUT", "sent")), body(BROKEN), body({"x": 1}, field="moonphase_update"))
    accept([knock("meta", body(text("not yet")))])

    assert found(state="failed") == ["unreadable 1"]
    assert found(state="pending") == ["waiting"]
    assert found(kind="statuses") == ["statuses 1"]
    assert found(kind="moonphase_update") == ["moonphase_update 1"]
    assert found(kind="phase") == []
    assert found(contains="wamid.HBg/LMOTE5==") == ["messages 1"]
    assert found(contains="नमस्ते", kind="messages") == ["messages 1"]
    assert found(contains="नमस्ते", kind="statuses") == []
    assert len(found(since=now() - timedelta(minutes=1))) == 5
    assert found(until=now() - timedelta(minutes=1)) == []


def test_words_are_found_however_meta_spells_them(box: Path) -> None:
    escaped = b'{"entry":[{"changes":[{"field":"messages","value":{"a":"\\u0928\\u092e \\ud83d\\ude00 x\\/y"}}]}]}'
    accept([knock("meta", escaped)])

    for word in ("नम", "😀", "x/y"):
        assert len(found(contains=word)) == 1, word
    assert spellings('say "hi"') == [b'say "hi"', rb'say \"hi\"', rb"say \u0022hi\u0022"]


def test_a_search_that_takes_long_stops_says_how_far_it_came_and_goes_on(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accept([knock("meta", body(text(f"number {n}!"))) for n in range(30)])
    monkeypatch.setattr(log, "WINDOW", 4)
    monkeypatch.setattr(log, "WITHIN_S", -1.0)

    cursor, rows, pages = None, [], 0
    while True:
        page = look(Asked(contains="number 3!"), PageRequest(after=cursor))
        rows += page.rows
        pages += 1
        if page.next_cursor is None:
            break
        assert page.looked_back_to is not None
        cursor = int(page.next_cursor)

    assert len(rows) == 1 and b"number 3!" in bytes(rows[0].body)
    assert pages == 8


def test_pages_of_the_log_have_neither_gap_nor_repeat(box: Path) -> None:
    accept([knock("meta", body(text(str(n)))) for n in range(25)])

    seen, cursor = [], None
    while True:
        page = look(Asked(), PageRequest(limit=7, after=cursor))
        seen += [row.id for row in page.rows]
        if page.next_cursor is None:
            break
        cursor = int(page.next_cursor)

    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 25


@pytest.mark.parametrize("wrong", [{"state": "odd"}, {"kind": "a%b"}, {"contains": "x" * 501}])
def test_a_question_that_makes_no_sense_is_refused(box: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        look(Asked(**wrong), PageRequest())

    assert refused.value.field in wrong


@pytest.mark.feature("CN-35")
def test_bodies_are_as_meta_sent_them_for_those_who_see_everything_and_masked_for_the_others(box: Path) -> None:
    raw = body(text("my secret", wa_id="919812345678"))
    accept([knock("meta", raw)])
    number = WebhookEvent.get().id

    assert event(number, by=SYSTEM)["body"].encode() == raw
    for partly in (agent(hides_numbers=True), agent(scope=Scope.OWN_AND_FREE)):
        shown = event(number, by=partly)
        assert shown["is_masked"] and "my secret" not in shown["body"] and "919812345678" not in shown["body"]
        with pytest.raises(Denied):
            events_page(Asked(contains="919812345678"), PageRequest(), by=partly)
        assert len(events_page(Asked(), PageRequest(), by=partly)["items"]) == 1
    assert event(number, by=agent())["body"].encode() == raw


def counts() -> tuple[int, ...]:
    return tuple(table.select().count() for table in (Message, MessageStatus, Conversation, Event))


@pytest.mark.feature("CN-35")
def test_whatever_is_processed_again_changes_nothing(box: Path) -> None:
    delivers(body(text("one"), text("two"), status("wamid.O", "sent")), body(BROKEN))
    before = counts()

    for row in list(WebhookEvent.select()):
        for _ in range(2):
            replay(row.id, by=SYSTEM)
            while process_due():
                pass

    assert counts() == before
    assert sorted(row.state for row in WebhookEvent.select()) == ["failed", "processed"]


@pytest.mark.feature("CN-35")
def test_everything_that_was_kept_aside_goes_again_at_once_and_who_did_it_is_written_down(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_cheaply(monkeypatch)
    asha = actor_for(add_person(Role.OWNER))
    monkeypatch.setattr("wablast_box.engine.webhooks.replay.BATCH", 3)
    delivers(*(body({"messages": [{"type": "text", "n": n}]}) for n in range(8)), body(text("fine")))

    count = replay_failed(by=asha)

    assert count == 8
    assert WebhookEvent.select().where(WebhookEvent.state == "pending").count() == 8
    entry = AuditEntry.select().where(AuditEntry.action == "webhook.replayed").get()
    assert (entry.actor_name, entry.detail_json) == ("Asha", {"count": 8})
    assert replay_failed(by=asha) == 0


def test_what_is_not_wanted_is_let_go(box: Path) -> None:
    delivers(body(BROKEN), body(text("fine")))
    kept, fine = (WebhookEvent.get(WebhookEvent.state == state) for state in ("failed", "processed"))

    assert dismiss(kept.id, by=SYSTEM)["state"] == "ignored"
    with pytest.raises(Conflict):
        dismiss(fine.id, by=SYSTEM)
