"""Files over HTTP: taken in, handed out by links that end, with headers that let nothing in them run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers
from tests.pictures import JPEG, PNG, a_picture
from tests.web.browser import Browser, code_of
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Attachment, Message
from wablast_box.engine.media import pictures, store
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.team import users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import LoginSession, User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.web import file_links

pytestmark = [pytest.mark.feature("IN-39"), pytest.mark.usefixtures("media_folder")]


def kabir_sends(data: bytes = JPEG, mime_type: str = "image/jpeg", *, filename: str | None = None) -> MediaFile:
    """A file of Kabir's, in his chat."""
    photo = {"id": "1234567890", "mime_type": mime_type, "sha256": "x"}
    message = {"id": f"wamid.{time.time_ns()}", "from": "919812345678", "timestamp": str(int(time.time())), "type": "image", "image": photo}
    delivers(body({"messages": [message], "contacts": [{"wa_id": "919812345678", "profile": {"name": "Kabir"}}]}))
    with store.incoming() as file:
        file.write(data)
        path = store.keep(file)
    with transaction():
        row = store.register(path, sha256=file.sha256, size=file.size, mime_type=mime_type, filename=filename)
        store.note_picture(row)
        number = Message.get(Message.wamid == message["id"]).id
        Attachment.update(state="stored", media_file=row.id, mime_type=mime_type).where(Attachment.message == number).execute()
    return row


def link_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 307, answer.text
    return answer.headers["location"]


def test_a_file_goes_in_and_comes_out_by_a_link_with_headers_that_let_nothing_run(asha: Browser) -> None:
    saved = asha.post("/api/v1/media", files={"file": ("offer.png", PNG, "image/png")})
    assert saved.status_code == 201, saved.text

    link = link_of(asha, saved.json()["url"])
    answer = asha.get(link)
    part = asha.get(link, headers={"Range": "bytes=1-3"})

    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["content-type"] == "image/png"
    assert "content-disposition" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-store"
    assert (part.status_code, part.content) == (206, b"PNG")


def test_a_link_wants_no_cookie_and_is_for_one_file_in_one_form(asha: Browser, nobody: Browser) -> None:
    row = kabir_sends(a_picture("JPEG", (1500, 1000)))
    pictures.draw_due()

    answers = {form: nobody.get(link_of(asha, f"/api/v1/media/{row.id}?as={form}")) for form in file_links.VARIANTS}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({answer.content for answer in answers.values()}) == 3
    assert answers["original"].content == store.open_file(row.id)[1].read_bytes()


def test_a_link_ends_after_its_time(asha: Browser, nobody: Browser) -> None:
    row = kabir_sends()
    link = link_of(asha, f"/api/v1/media/{row.id}")

    with frozen_at(now() + timedelta(seconds=file_links.LIFE_S + 1)):
        answer = nobody.get(link)

    assert (answer.status_code, code_of(answer)) == (403, "link_over")


def test_a_film_can_be_wound_for_an_hour(asha: Browser, nobody: Browser) -> None:
    row = kabir_sends(b"\x00\x00\x00\x18ftypisom" + b"film" * 1000, "video/mp4")
    link = link_of(asha, f"/api/v1/media/{row.id}")

    with frozen_at(now() + timedelta(minutes=55)):
        answer = nobody.get(link, headers={"Range": "bytes=12-15"})

    assert (answer.status_code, answer.content, answer.headers["accept-ranges"]) == (206, b"film", "bytes")
    assert answer.headers["content-range"] == f"bytes 12-15/{row.size}"


@pytest.mark.parametrize("asked", ["bytes=9000-", "bytes=5-2", "bytes=0-1,3-4,6-7", "bytes=-0", "lines=1-2"])
def test_a_range_that_makes_no_sense_costs_no_more_than_the_file(asha: Browser, asked: str) -> None:
    row = kabir_sends()

    answer = asha.get(link_of(asha, f"/api/v1/media/{row.id}"), headers={"Range": asked})

    assert answer.status_code in (200, 416)
    assert len(answer.content) <= row.size + 1000


FORGERIES: dict[str, Callable[[str], str]] = {
    "nothing": lambda _: "",
    "not a link at all": lambda _: "1234567890",
    "another file": lambda link: link[:8] + ("B" if link[8] != "B" else "C") + link[9:],
    "a letter changed at the end": lambda link: link[:-2] + ("AA" if link[-2:] != "AA" else "BB"),
    "cut off": lambda link: link[:-10],
    "longer": lambda link: link + "AAAA",
    "much longer": lambda link: link * 50,
    "letters of another script": lambda link: link[:-1] + "ж",
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_link_that_somebody_made_up_leads_nowhere(asha: Browser, nobody: Browser, how: str) -> None:
    link = link_of(asha, f"/api/v1/media/{kabir_sends().id}").removeprefix(file_links.PREFIX)

    answer = nobody.get(file_links.PREFIX + FORGERIES[how](link))

    assert answer.status_code == 404 or "text/html" in answer.headers["content-type"]
    assert not answer.content.startswith(b"\xff\xd8\xff")


def test_a_link_ends_with_the_session_that_asked_for_it(asha: Browser, nobody: Browser, team: dict[Role, User]) -> None:
    link = link_of(asha, f"/api/v1/media/{kabir_sends().id}")

    asha.delete("/api/v1/session")

    assert LoginSession.get(LoginSession.user == team[Role.OWNER].id).ended_at is not None
    assert nobody.get(link).status_code == 403


def test_a_link_ends_with_the_right_to_see_the_conversation(ravi: Browser, team: dict[Role, User]) -> None:
    row = kabir_sends()
    link = link_of(ravi, f"/api/v1/media/{row.id}")
    assert ravi.get(link).status_code == 200

    assign(Message.get().conversation_id, team[Role.OWNER].id, actor="system")

    assert ravi.get(link).status_code == 404
    assert ravi.get(f"/api/v1/media/{row.id}").status_code == 404


def test_a_link_ends_when_its_owner_is_disabled(ravi: Browser, team: dict[Role, User]) -> None:
    link = link_of(ravi, f"/api/v1/media/{kabir_sends().id}")

    users.change_user(team[Role.AGENT].id, by=SYSTEM, disabled=True)
    forget_remembered()

    assert ravi.get(link).status_code == 403


def test_a_program_asks_for_a_link_to_pass_on(machine: Browser, client: Any) -> None:
    row = kabir_sends(filename="saree.jpg")
    answer = machine.get(f"/api/v1/media/{row.id}/link?save=true")

    given = client(None).get(answer.json()["url"])

    assert answer.json()["expires_at"].endswith("Z")
    assert given.headers["content-disposition"] == "attachment; filename=saree.jpg"
    assert given.headers["content-type"] == "application/octet-stream"


def test_before_it_is_drawn_a_picture_is_waited_for_and_then_shown_with_its_sides(asha: Browser) -> None:
    kabir_sends(a_picture("JPEG", (1500, 1000)))
    number = Message.get().id

    before = asha.get(f"/api/v1/messages/{number}").json()["attachment"]["picture"]
    pictures.draw_due()
    after = asha.get(f"/api/v1/messages/{number}").json()["attachment"]["picture"]

    assert (before["state"], before["thumbnail_url"], before["view_url"]) == ("waiting", None, None)
    assert (after["state"], after["width"], after["height"]) == ("drawn", 1500, 1000)
    assert asha.get(link_of(asha, after["thumbnail_url"])).headers["content-type"] == "image/jpeg"
    assert asha.get(link_of(asha, after["view_url"])).status_code == 200


def test_what_staff_have_sent_is_shown_at_once_because_it_was_drawn_on_its_way_in(asha: Browser) -> None:
    kabir_sends()
    conversation = Message.get().conversation_id
    saved = asha.post("/api/v1/media", files={"file": ("a.jpg", JPEG, "image/jpeg")}).json()

    answer = asha.post(f"/api/v1/conversations/{conversation}/messages", {"type": "image", "image": {"media_id": saved["id"]}})

    assert answer.json()["attachment"]["picture"] == {
        "state": "waiting", "width": 64, "height": 48, "thumbnail_url": None, "view_url": f"/api/v1/media/{saved['id']}?as=view",
    }  # fmt: skip
    assert asha.get(link_of(asha, f"/api/v1/media/{saved['id']}?as=view")).status_code == 200
