"""Staff from whom numbers are hidden: canary numbers are planted wherever one can stand, then every route and every packet is searched."""

from __future__ import annotations

import re
import time
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.inbox.meta import body, delivers, text
from tests.web.browser import Browser, code_of
from tests.web.test_permissions import ROWS
from wablast_box.engine.inbox.models import Contact, Conversation, Message
from wablast_box.engine.meta.models import Number
from wablast_box.engine.team import custom_roles, users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import GRANTABLE, Role, Scope
from wablast_box.lib.clock import now

CANARY, OTHER = "919876501234", "919123408765"
DIGITS = re.compile(r"\D+")
WAMID = "wamid.HBgMOTE5ODc2NTAxMjM0FQIAEhgg"
# What answers with bytes that are shown as they came.
FILES = {"/api/v1/media/<id>"}


def kabir_writes_everything() -> int:
    """Kabir's number, and a friend's, in every place of every kind; the conversation's id."""
    moment = str(int(time.time()))
    kinds: list[dict[str, Any]] = [
        {"text": {"body": f"call +{OTHER[:2]} {OTHER[2:7]} {OTHER[7:]} or 98765-01234"}},
        {
            "type": "contacts",
            "contacts": [{"name": {"formatted_name": OTHER}, "phones": [{"phone": f"+{OTHER}", "wa_id": OTHER, "type": "HOME"}]}],
        },
        {
            "type": "location",
            "location": {"latitude": 19.07, "longitude": 72.87, "name": f"Shop {OTHER}", "address": f"Road 4, tel {OTHER}"},
        },
        {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": OTHER, "title": f"Ring {OTHER}"}}},
        {"type": "button", "button": {"payload": OTHER, "text": f"Ring {OTHER}"}},
        {"type": "reaction", "reaction": {"message_id": WAMID + "1", "emoji": "👍"}},
        {"type": "order", "order": {"catalog_id": "1", "text": f"ring {OTHER}", "product_items": []}},
        {"type": "system", "system": {"body": f"User changed from {CANARY} to {OTHER}", "type": "user_changed_number", "wa_id": CANARY}},
        {"type": "hologram", "hologram": {"phone": OTHER, OTHER: {"deep": f"+{OTHER}"}}},
        {"text": {"body": "forwarded"}, "context": {"from": CANARY, "id": WAMID + "1"}},
    ]
    for number, kind in enumerate(kinds, 1):
        made = text("x", wa_id=CANARY, name=f"+{CANARY}", wamid=f"{WAMID}{number}", timestamp=moment)
        made["messages"][0].update(kind)
        delivers(body(made))
    return int(Conversation.get(Conversation.contact == Contact.get(Contact.wa_id == CANARY)).id)


def leaks(answer: str) -> list[str]:
    """The canaries in a text: written any way, also within base64."""
    shown = DIGITS.sub("", answer)
    found = [number for number in (CANARY, OTHER) if number[2:] in shown]
    for piece in re.findall(r"[\w+/-]{12,}", answer):
        for decode in (b64decode, urlsafe_b64decode):
            for padding in ("", "=", "=="):
                try:
                    inner = decode(piece + padding)
                except ValueError:
                    continue
                found += [number for number in (CANARY, OTHER) if number.encode() in inner]
    return found


@pytest.fixture
def chat(team: dict[Role, User], asha: Browser) -> int:
    Number.create(id=1, display_phone_number="+91 80471 82200", verified_name="Asha Textiles", checked_at=now())
    return kabir_writes_everything()


@pytest.fixture
def masked(team: dict[Role, User], client: Any) -> Iterator[Browser]:
    """Ravi in a role that may do everything an agent's role can hold, and sees no numbers."""
    draft = RoleDraft("Discreet", Role.AGENT, GRANTABLE[Role.AGENT], Scope.ALL, hides_numbers=True)
    role = custom_roles.create_role(draft, by=SYSTEM)
    users.change_user(team[Role.AGENT].id, by=SYSTEM, role=Role.AGENT, custom=role)
    browser = client(None)
    yield browser.is_given_session(User.get_by_id(team[Role.AGENT].id))


@pytest.mark.feature("IN-35")
def test_no_route_tells_a_number(asha: Browser, masked: Browser, chat: int) -> None:
    known = {"conversations": chat, "contacts": Contact.get().id, "messages": Message.select().order_by(Message.id).get().id}
    asha.post(f"/api/v1/conversations/{chat}/notes", {"text": f"His wife is on {OTHER}", "mentions": []})
    asha.post(f"/api/v1/conversations/{chat}/messages", {"type": "text", "text": {"body": f"Shall I ring {OTHER}?"}})
    told, seen = {}, 0
    for method, rule in ROWS:
        if method != "GET" or not rule.startswith("/api/") or rule in FILES:
            continue
        resource = rule.removeprefix("/api/v1/").split("/")[0]
        path = re.sub(r"<[^>]+>", str(known.get(resource, 1)), rule)
        for query in ("", "?q=98765", "?q=kabir", "?limit=200"):
            answer = masked.get(path + query)
            everything = answer.text + str(dict(answer.headers))
            seen += "•" in everything
            if found := leaks(everything):
                told[path + query] = found

    assert told == {}
    assert seen > 5, "nothing was masked: were the canaries planted?"
    assert leaks(asha.get(f"/api/v1/conversations/{chat}/messages").text), "the search for leaks finds them"


@pytest.mark.feature("IN-35")
def test_no_deed_answers_with_a_number(masked: Browser, chat: int) -> None:
    first = Message.select().order_by(Message.id).get().id
    told = {}
    for path, sent in (
        (f"/conversations/{chat}/read", None),
        (f"/conversations/{chat}/messages", {"type": "text", "text": {"body": f"Is {OTHER} right?"}, "reply_to": str(first)}),
        (f"/conversations/{chat}/notes", {"text": f"Ring {OTHER}", "mentions": []}),
        (f"/conversations/{chat}/assign", {"user_id": None}),
        ("/messages", {"to": CANARY, "type": "text", "text": {"body": "hi"}}),
        ("/messages", {"to": "not a number " + CANARY, "type": "text", "text": {"body": "hi"}}),
        (f"/messages/{first}/retry", None),
        (f"/conversations/{chat}/resolve", None),
    ):
        answer = masked.post(f"/api/v1{path}", sent)
        assert answer.status_code != 500, answer.text
        if found := leaks(answer.text):
            told[path] = found

    assert told == {}


@pytest.mark.feature("IN-35")
def test_masked_staff_can_still_react_to_a_message_by_the_id_they_see(masked: Browser, chat: int) -> None:
    shown = masked.get(f"/api/v1/conversations/{chat}/messages").json()["items"]
    target = next(message for message in shown if message["type"] == "location")
    assert target["wamid"].startswith("wamid.~")

    answer = masked.post(
        f"/api/v1/conversations/{chat}/messages", {"type": "reaction", "reaction": {"message_id": target["wamid"], "emoji": "🙏"}}
    )

    assert answer.status_code == 201
    assert Message.get_by_id(int(answer.json()["id"])).content_json["message_id"] == Message.get_by_id(int(target["id"])).wamid
    assert answer.json()["content"]["message_id"] == target["wamid"], "the same alias every time: windows match by it"


@pytest.mark.feature("IN-35")
def test_the_shops_own_number_and_other_figures_stay(masked: Browser, chat: int) -> None:
    assert masked.get("/api/v1/session").json()["number"]["display_phone_number"] == "+91 80471 82200"
    conversation = masked.get(f"/api/v1/conversations/{chat}").json()
    assert conversation["id"] == str(chat) and conversation["contact"]["phone"].endswith("234")
    assert conversation["window_expires_at"].startswith("20")


@pytest.mark.feature("IN-35")
def test_a_number_cannot_be_guessed_by_searching_for_it(masked: Browser, asha: Browser, chat: int) -> None:
    for place in ("contacts", "conversations"):
        wrong, right = (masked.get(f"/api/v1/{place}?q={digits}").json()["items"] for digits in ("98764", "98765"))
        assert wrong == right == [], place
        assert asha.get(f"/api/v1/{place}?q=98765").json()["items"] != []


def test_an_answer_of_a_kind_nobody_thought_of_is_held_back(masked: Browser, edge: Any) -> None:
    from quart import Response

    from wablast_box.web.auth import allow

    edge.app._got_first_request = False

    @allow("account.own")
    async def paper() -> Response:
        return Response(b"%PDF " + CANARY.encode(), content_type="application/pdf")

    @allow("account.own")
    async def table() -> Response:
        return Response(f"name,phone\nKabir,{CANARY}\n", content_type="text/csv")

    edge.app.add_url_rule("/api/v1/paper", "paper", paper)
    edge.app.add_url_rule("/api/v1/table", "table", table)

    refused, masked_table = masked.get("/api/v1/paper"), masked.get("/api/v1/table")

    assert (refused.status_code, code_of(refused)) == (403, "denied") and not leaks(refused.text)
    assert masked_table.status_code == 200 and not leaks(masked_table.text) and "Kabir,••••••234" in masked_table.text


@pytest.mark.feature("IN-34")
def test_who_sees_only_their_own_chats_reaches_no_other(asha: Browser, client: Any, team: dict[Role, User], chat: int) -> None:
    role = custom_roles.create_role(RoleDraft("Own", Role.AGENT, GRANTABLE[Role.AGENT], Scope.OWN, hides_numbers=False), by=SYSTEM)
    users.change_user(team[Role.AGENT].id, by=SYSTEM, role=Role.AGENT, custom=role)
    ravi = client(None).is_given_session(User.get_by_id(team[Role.AGENT].id))
    first = Message.select().order_by(Message.id).get().id
    places = [
        f"conversations/{chat}",
        f"conversations/{chat}/messages",
        f"conversations/{chat}/timeline",
        f"messages/{first}",
        f"contacts/{Contact.get().id}",
    ]

    assert [ravi.get(f"/api/v1/{place}").status_code for place in places] == [404] * len(places)
    for place in ("conversations", "messages", "contacts", "events", "search?q=call"):
        assert ravi.get(f"/api/v1/{place}").json()["items"] == [], place
    asha.post(f"/api/v1/conversations/{chat}/assign", {"user_id": str(team[Role.AGENT].id)})

    assert [ravi.get(f"/api/v1/{place}").status_code for place in places] == [200] * len(places)
    assert len(ravi.get("/api/v1/conversations").json()["items"]) == 1


@pytest.mark.feature("IN-34")
def test_the_setting_decides_what_agents_see(asha: Browser, ravi: Browser, team: dict[Role, User], chat: int) -> None:
    def count() -> int:
        return len(ravi.get("/api/v1/conversations").json()["items"])

    asha.post(f"/api/v1/conversations/{chat}/assign", {"user_id": str(team[Role.ADMIN].id)})
    assert count() == 0
    assert asha.patch("/api/v1/settings", {"agent_scope": "all"}).status_code == 200
    assert count() == 1
    asha.post(f"/api/v1/conversations/{chat}/assign", {"user_id": None})
    asha.patch("/api/v1/settings", {"agent_scope": "own"})
    assert count() == 0
    asha.patch("/api/v1/settings", {"agent_scope": "own_and_free"})
    assert count() == 1
