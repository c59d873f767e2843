"""What belongs to a colleague's chats: for an agent who sees only their own it is as if it were not there, on every route."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.people import add_person
from tests.pictures import JPEG
from tests.web.browser import Browser
from tests.web.route_table import TABLE
from tests.web.test_media import kabir_sends
from wablast_box.engine.flows.design import flows, publish
from wablast_box.engine.flows.keeping import sessions
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation, Message
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role, Scope
from wablast_box.web.app import Edge

pytestmark = [pytest.mark.feature("IN-34"), pytest.mark.usefixtures("media_folder")]

NOBODYS = str(2**62 + 12345)
SOON = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
WORDS = {"type": "text", "text": {"body": "hello"}}
# What a route wants to be told, so that only the object can be the reason to refuse. An empty object where nothing is wanted.
BODIES: dict[str, Any] = {
    "POST /conversations/<id>/messages": WORDS,
    "POST /conversations/<id>/notes": {"text": "hello"},
    "POST /conversations/<id>/assign": {"user_id": None},
    "POST /conversations/<id>/snooze": {"until": SOON},
    "POST /conversations/<id>/tags": {"add": ["1"], "remove": []},
    "POST /conversations/<id>/hand-off": {"note": "please"},
    "POST /conversations/<id>/fill": {"text": "Hi {{contact.first_name}}"},
    "PUT /conversations/<id>/draft": {"text": "secret"},
    "POST /conversations/<id>/scheduled": {"at": SOON, "message": WORDS},
    "PATCH /scheduled/<id>": {"message": WORDS},
    "PATCH /notes/<id>": {"text": "changed"},
    "PATCH /contacts/<id>": {"name": "changed"},
    "PATCH /macros/<id>": {"name": "changed"},
    "PATCH /views/<id>": {"name": "changed"},
    "PATCH /canned-replies/<id>": {"shortcut": "changed"},
    "PATCH /me/passkeys/<id>": {"name": "changed"},
}
# These are everybody's, whoever has the chat: their rows prove nothing here.
SHARED = {"flows", "templates", "tags", "teams"}


def routes() -> list[tuple[str, str]]:
    """Every route with an object in it that an agent may use."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    found = [(method, path.removeprefix("/api/v1")) for method, path, *who in lines if "<id>" in path and "G" in who]
    return [(method, path) for method, path in found if path.split("/")[1] not in SHARED]


@pytest.fixture
def sunil(edge: Edge, runner: Any, team: dict[Role, User], box: Any) -> Browser:
    store.put("agent_scope", Scope.OWN.value)
    return Browser(edge, runner).is_given_session(add_person(Role.AGENT, name="Sunil", email="sunil@example.com"))


@pytest.fixture
def ravis(ravi: Browser, team: dict[Role, User], sunil: Browser) -> dict[str, str]:
    """One of everything that is Ravi's, by the first word of its address."""
    delivers(body(text("hi", timestamp=str(int(time.time())))))
    file = kabir_sends(JPEG)
    chat = Conversation.get()
    assign(chat.id, team[Role.AGENT].id, actor="system")
    chats = f"/api/v1/conversations/{chat.id}"
    made = {
        "notes": ravi.post(f"{chats}/notes", {"text": "the landlord's brother"}),
        "scheduled": ravi.post(f"{chats}/scheduled", {"at": SOON, "message": WORDS}),
        "macros": ravi.post("/api/v1/macros", {"name": "Mine", "shared": False, "steps": [{"do": "resolve"}]}),
        "views": ravi.post("/api/v1/views", {"name": "Mine", "q": "is:unread", "shared": False}),
        "canned-replies": ravi.post("/api/v1/canned-replies", {"shortcut": "mine", "text": "Mine", "shared": False}),
    }
    assert {kind: answer.status_code for kind, answer in made.items()} == dict.fromkeys(made, 201), [a.text for a in made.values()]
    session = ravi.get("/api/v1/me/sessions").json()["items"][0]["id"]
    own = {"flow-sessions": session_in(chat.id), "conversations": chat.id, "messages": Message.get().id, "media": file.id, "contacts": chat.contact_id, "me": session}
    return {kind: str(number) for kind, number in own.items()} | {kind: str(answer.json()["id"]) for kind, answer in made.items()}


def session_in(conversation_id: int) -> int:
    """A flow that is being played in a chat."""
    made = int(flows.create_flow("Welcome", None, SYSTEM)["id"])
    publish.publish(made, SYSTEM)
    return int(sessions.open_session(made, sessions.live_version(made), conversation_id, started_by="test", seen=0, variables={}).id)


def test_nothing_of_a_colleagues_is_told_apart_from_what_is_not_there(ravis: dict[str, str], sunil: Browser) -> None:
    before = Conversation.select().dicts().get()
    told: list[str] = []
    for method, path in routes():
        kind = path.split("/")[1]
        answers = []
        for number in (ravis[kind], NOBODYS):
            address = "/api/v1" + re.sub(r"<\w+>", ravis["macros"] if "macro_id" in path else number, path.replace("<id>", number))
            answers.append(sunil.ask(method, address, **({} if method in ("GET", "DELETE") else {"json": BODIES.get(f"{method} {path}", {})})))
        theirs, nothing = ((answer.status_code, answer.text.replace(number, "…")) for answer, number in zip(answers, (ravis[kind], NOBODYS), strict=True))
        if theirs != nothing or theirs[0] not in (403, 404):
            told.append(f"{method} {path}: {theirs} but {nothing}")

    assert not told, "\n".join(told)
    assert Conversation.select().dicts().get() == before
    assert Message.select().where(Message.direction == "out").count() == 0


def test_no_list_and_no_search_names_what_is_a_colleagues(ravis: dict[str, str], sunil: Browser) -> None:
    lists = ("conversations", "messages", "contacts", "macros", "views", "canned-replies", "conversations/counts", "mentions")
    answers = {path: sunil.get(f"/api/v1/{path}") for path in lists}
    answers |= {kind: sunil.get(f"/api/v1/search?q={q}&kind={kind}") for kind in ("message", "note", "contact", "file") for q in ("hi", "landlord", "Kabir")}

    shown = [f"{path}: {kind}" for path, answer in answers.items() for kind, number in ravis.items() if f'"{number}"' in answer.text]

    assert shown == []
    assert all("landlord" not in answer.text and "Mine" not in answer.text for answer in answers.values())


def test_the_good_ones_of_a_bulk_request_are_done_and_the_foreign_ones_refused(ravis: dict[str, str], sunil: Browser) -> None:
    delivers(body(text("mine", wa_id="919811111111", name="Meena", timestamp=str(int(time.time())))))
    own = Conversation.select().order_by(Conversation.id.desc()).get()
    assign(own.id, User.get(User.name == "Sunil").id, actor="system")

    answer = sunil.post("/api/v1/conversations/bulk", {"ids": [str(own.id), ravis["conversations"], NOBODYS], "action": "resolve"})

    results = {one["id"]: (one["ok"], (one.get("error") or {}).get("code")) for one in answer.json()["results"]}
    assert results == {str(own.id): (True, None), ravis["conversations"]: results[NOBODYS], NOBODYS: results[NOBODYS]}
    assert results[NOBODYS][0] is False
    assert Conversation.get_by_id(int(ravis["conversations"])).state == "open"
