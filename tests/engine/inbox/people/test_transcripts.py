"""A conversation as a file: complete, of the days that were asked for, and written down who took it along."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests.engine.inbox.meta import body, delivers, text
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.inbox.thread.models import ConversationActivity
from wablast_box.engine.inbox.thread.notes import add_note
from wablast_box.engine.inbox.transcripts import export as exporting
from wablast_box.engine.inbox.transcripts.export import Wanted, export
from wablast_box.engine.inbox.visibility import EVERYTHING, Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Invalid, NotFound


def rows(asha: Actor, wanted: Wanted) -> list[dict[str, str]]:
    made = export(EVERYTHING, asha, Conversation.get().id, wanted)
    made.file.seek(0)
    return list(csv.DictReader(io.StringIO(made.file.read().decode("utf-8-sig"), newline="")))


def a_conversation(asha: Actor, messages: int = 3) -> int:
    for number in range(messages):
        delivers(body(text(f"message {number}", name="Kabir मेहता")))
    number = int(Conversation.get().id)
    add_note(EVERYTHING, asha, number, "wants silk", [])
    return number


@pytest.mark.feature("IN-40")
def test_a_csv_has_every_message_once_and_notes_only_when_asked_for(asha: Actor) -> None:
    a_conversation(asha, 450)

    without, with_notes = rows(asha, Wanted("csv")), rows(asha, Wanted("csv", with_notes=True))

    assert [row["text"] for row in without] == [f"message {number}" for number in range(450)]
    assert [row["text"] for row in with_notes if row["from"] == "note"] == ["wants silk"]
    assert {row["author"] for row in without} == {"Kabir मेहता"}


@pytest.mark.feature("IN-40")
def test_a_formula_that_a_customer_wrote_does_not_run_in_a_spreadsheet(asha: Actor) -> None:
    delivers(body(text('=HYPERLINK("http://evil")', name="=cmd|' /C calc'!A0")))

    [row] = rows(asha, Wanted("csv"))

    assert row["text"].startswith("'=") and row["author"].startswith("'=")


@pytest.mark.feature("IN-40")
def test_a_pdf_reads_like_the_conversation(asha: Actor) -> None:
    number = a_conversation(asha)
    delivers(
        body(
            {
                "messages": [
                    {
                        "id": "wamid.P",
                        "from": "919812345678",
                        "timestamp": "1760000000",
                        "type": "image",
                        "image": {"id": "1", "caption": "this one"},
                    }
                ]
            }
        )
    )

    made = export(EVERYTHING, asha, number, Wanted("pdf", with_notes=True))
    shown = "\n".join(page.extract_text() for page in PdfReader(made.file).pages)

    assert all(words in shown for words in ("message 0", "message 2", "wants silk", "[Photo] this one", "+919812345678"))
    assert (made.filename, made.mime_type, made.entries) == (f"conversation-{number}.pdf", "application/pdf", 5)


def test_only_the_days_that_were_asked_for(asha: Actor) -> None:
    a_conversation(asha)
    today = now().date()

    assert len(rows(asha, Wanted("csv", since=date(2020, 1, 1)))) == 3
    assert rows(asha, Wanted("csv", until=date(2020, 1, 1))) == []
    assert rows(asha, Wanted("csv", since=date(today.year + 1, 1, 1))) == []
    with pytest.raises(Invalid):
        rows(asha, Wanted("csv", since=date(2026, 2, 1), until=date(2026, 1, 1)))


@pytest.mark.feature("IN-40")
def test_who_took_a_conversation_along_is_written_down(asha: Actor) -> None:
    number = a_conversation(asha)

    export(EVERYTHING, asha, number, Wanted("csv")).file.close()

    entry = AuditEntry.get(AuditEntry.action == "transcript.exported")
    assert (entry.actor, entry.subject, entry.detail_json) == (
        asha.ref,
        f"conversation:{number}",
        {"format": "csv", "entries": 3, "notes": False},
    )
    assert ConversationActivity.get().kind == "exported"


def test_what_is_too_long_for_paper_goes_into_a_csv(asha: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = a_conversation(asha)
    monkeypatch.setattr(exporting, "MOST_IN_PDF", 2)

    with pytest.raises(Invalid) as refused:
        export(EVERYTHING, asha, number, Wanted("pdf"))

    assert "CSV" in (refused.value.help or "")


def test_nobody_takes_along_what_they_may_not_see(asha: Actor) -> None:
    number = a_conversation(asha)

    with pytest.raises(NotFound):
        export(Viewer(only_user_id=5, sees_free=False), asha, number, Wanted("csv"))

    assert AuditEntry.select().where(AuditEntry.action == "transcript.exported").count() == 0
