"""People over HTTP: found, entered, changed and merged; masked for whoever reads numbers; taken along only with a fresh password."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.web.browser import Browser, code_of
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team.models import LoginSession
from wablast_box.lib.clock import now


def field(asha: Browser, name: str, kind: str = "text") -> str:
    return str(asha.post("/api/v1/contact-fields", {"name": name, "kind": kind}).json()["id"])


@pytest.mark.feature("CT-01")
def test_a_person_is_entered_found_by_a_field_and_changed(asha: Browser) -> None:
    city = field(asha, "City")

    made = asha.post("/api/v1/contacts", {"phone": "98123 45678", "name": "Kabir", "fields": {"City": "Pune"}})
    found = asha.get("/api/v1/contacts?q=City:Pune").json()["items"]
    changed = asha.patch(f"/api/v1/contacts/{made.json()['id']}", {"fields": {city: None}, "language": "hi"})

    assert (made.status_code, changed.status_code) == (201, 200)
    assert [one["phone"] for one in found] == ["+919812345678"]
    assert (changed.json()["fields"], changed.json()["language"]) == ([], "hi")
    assert asha.get("/api/v1/contacts/count?q=City:Pune").json() == {"count": 0}


def test_every_wrong_value_is_named_with_its_field(asha: Browser) -> None:
    age = field(asha, "Age", "number")
    number = asha.post("/api/v1/contacts", {"phone": "98123 45678"}).json()["id"]

    refused = asha.patch(f"/api/v1/contacts/{number}", {"fields": {"Age": "old", "Shoe": "9"}})

    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["error"]["fields"]] == [f"fields.{age}", "fields.Shoe"]


def test_who_exists_already_is_a_conflict_that_says_who(asha: Browser) -> None:
    first = asha.post("/api/v1/contacts", {"phone": "98123 45678"}).json()["id"]

    again = asha.post("/api/v1/contacts", {"phone": "+91-98123-45678"})

    assert (again.status_code, code_of(again), again.json()["error"]["help"]) == (409, "contact_exists", first)


def test_the_analyst_reads_people_masked_and_nothing_that_was_written_down_of_them(asha: Browser, meera: Browser) -> None:
    field(asha, "City")
    number = asha.post("/api/v1/contacts", {"phone": "98123 45678", "name": "Kabir", "fields": {"City": "Pune"}}).json()["id"]

    seen = meera.get(f"/api/v1/contacts/{number}")

    assert seen.status_code == 200
    assert "98123" not in seen.text and "Kabir" not in seen.text and "Pune" not in seen.text


@pytest.mark.feature("IN-45")
def test_a_merge_wants_to_hear_that_somebody_looked(asha: Browser) -> None:
    kept, gone = (asha.post("/api/v1/contacts", {"phone": phone}).json()["id"] for phone in ("98123 45678", "98123 45679"))

    unseen = asha.post(f"/api/v1/contacts/{kept}/merge", {"contact_id": gone})
    preview = asha.get(f"/api/v1/contacts/{kept}/merge?other={gone}")
    merged = asha.post(f"/api/v1/contacts/{kept}/merge", {"contact_id": gone, "confirm": True})

    assert (unseen.status_code, preview.status_code, merged.status_code) == (422, 200, 200)
    assert asha.get(f"/api/v1/contacts/{gone}").status_code == 404


@pytest.mark.feature("IN-40")
def test_a_transcript_wants_a_fresh_password_and_comes_as_a_file_to_keep(asha: Browser) -> None:
    delivers(body(text("=1+1")))
    path = f"/api/v1/conversations/{Conversation.get().id}/transcript"

    csv, pdf = asha.post(path, {"format": "csv"}), asha.post(path, {"format": "pdf", "since": "2020-01-01", "notes": True})
    LoginSession.update(confirmed_at=now() - timedelta(minutes=11)).execute()
    stale = asha.post(path, {"format": "csv"})

    assert csv.headers["content-disposition"].startswith('attachment; filename="conversation-')
    assert csv.text.splitlines()[1].split(",")[4] == '"\'=1+1"'
    assert pdf.content.startswith(b"%PDF-") and pdf.headers["content-type"] == "application/pdf"
    assert (stale.status_code, code_of(stale)) == (403, "confirm_needed")


@pytest.mark.parametrize(
    "given", [{"format": "xlsx"}, {"format": "pdf", "since": "yesterday"}, {"format": "csv", "until": "2026-02-30"}, {}]
)
def test_a_transcript_of_another_kind_is_refused(asha: Browser, given: dict[str, str]) -> None:
    delivers(body(text("hi")))

    assert asha.post(f"/api/v1/conversations/{Conversation.get().id}/transcript", given).status_code == 422


def test_a_conversation_is_begun_with_somebody_who_was_entered(asha: Browser) -> None:
    number = asha.post("/api/v1/contacts", {"phone": "98123 45678"}).json()["id"]

    first, again = (asha.post(f"/api/v1/contacts/{number}/conversation").json() for _ in range(2))

    assert first == again
    assert asha.get(f"/api/v1/contacts/{number}").json()["conversation_id"] == first["conversation_id"]
