"""Open windows follow who may see what: signed out they close, with another role they see another world, masked ones hear masked news."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
import socketio

from tests.engine.inbox.meta import body, delivers, status, text
from tests.patience import BUSY
from tests.web.test_gateway import Story, play, writes  # noqa: F401
from tests.web.test_masked import leaks
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.settings import store
from wablast_box.engine.team import custom_roles, sessions, users
from wablast_box.engine.team.actors import SYSTEM, Actor
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import CustomRole, User
from wablast_box.engine.team.roles import GRANTABLE, PERMISSIONS, Role, Scope
from wablast_box.engine.team.tickets import make_ticket
from wablast_box.web.bridge import in_engine

CANARY = "919876501234"
Play = Callable[[Story], None]


class Everything:
    """A window that hears every event there is."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.heard: list[tuple[str, Any]] = []
        self.client.on("*", self._hear)

    async def _hear(self, name: str, payload: Any) -> None:
        self.heard.append((name, payload))

    async def open(self, url: str, user: User) -> Actor:
        token, actor = await in_engine(welcome, User.get_by_id(user.id), visitor=Visitor())
        headers = {"Cookie": f"wbx_{url.rpartition(':')[2]}={token}"}
        await self.client.connect(
            url, auth={"ticket": await in_engine(make_ticket, actor)}, headers=headers, transports=["websocket"], wait_timeout=5 * BUSY
        )
        return actor

    async def closes_within(self, limit_s: float) -> None:
        until = time.monotonic() + limit_s * BUSY
        while self.client.connected and time.monotonic() < until:
            await asyncio.sleep(0.01)
        assert not self.client.connected, f"still open after {limit_s} s"

    async def hears(self, name: str) -> Any:
        for _ in range(300 * BUSY):
            for heard, payload in self.heard:
                if heard == name:
                    return payload
            await asyncio.sleep(0.01)
        raise AssertionError(f"{name} was not heard: {self.heard}")


def role_of(
    user: User, *, permissions: frozenset[str] = GRANTABLE[Role.AGENT], scope: Scope = Scope.ALL, hides: bool = False
) -> CustomRole:
    role = custom_roles.create_role(RoleDraft("Mine", Role.AGENT, permissions, scope, hides), by=SYSTEM)
    users.change_user(user.id, by=SYSTEM, role=Role.AGENT, custom=role)
    return role


@pytest.mark.feature("TM-08")
def test_a_window_closes_within_a_second_of_its_remote_sign_out(play: Play, team: dict[Role, User]) -> None:  # noqa: F811
    async def story(url: str) -> None:
        asha, ravi, elsewhere = Everything(), Everything(), Everything()
        owner = await asha.open(url, team[Role.OWNER])
        mine = await ravi.open(url, team[Role.AGENT])
        await elsewhere.open(url, team[Role.AGENT])
        assert mine.session_id is not None

        await in_engine(users.end_sessions, team[Role.AGENT].id, by=owner, only=mine.session_id)
        await ravi.closes_within(1.0)

        assert elsewhere.client.connected and asha.client.connected
        await in_engine(sessions.end_sessions_of, team[Role.AGENT].id, by=owner, why="test")
        await elsewhere.closes_within(1.0)
        await asha.client.disconnect()

    play(story)


@pytest.mark.feature("TM-05")
@pytest.mark.parametrize("change", ["scope", "no inbox", "masked"])
def test_a_changed_role_reaches_open_windows_within_two_seconds(play: Play, team: dict[Role, User], change: str) -> None:  # noqa: F811
    async def story(url: str) -> None:
        role = await in_engine(role_of, team[Role.AGENT])
        hers = await in_engine(writes, "first", "919800000001")
        await in_engine(assign, hers, team[Role.OWNER].id, actor="system")
        window = Everything()
        await window.open(url, team[Role.AGENT])
        drafts = {
            "scope": RoleDraft("Mine", Role.AGENT, GRANTABLE[Role.AGENT], Scope.OWN, False),
            "no inbox": RoleDraft("Mine", Role.AGENT, frozenset({"contacts.read"}), Scope.ALL, False),
            "masked": RoleDraft("Mine", Role.AGENT, GRANTABLE[Role.AGENT], Scope.ALL, True),
        }

        await in_engine(custom_roles.change_role, role.id, drafts[change], by=SYSTEM)
        await window.closes_within(2.0)
        window.heard.clear()
        again = Everything()
        await again.open(url, team[Role.AGENT])
        await in_engine(writes, "for Asha, 98765 01234", "919800000001")
        if change == "masked":
            await again.hears("message.received")
        await asyncio.sleep(0.5)

        if change == "masked":
            assert again.heard and not leaks(str(again.heard))
        else:
            assert [name for name, _ in again.heard if name.startswith(("message", "conversation"))] == []
        await again.client.disconnect()

    play(story)


@pytest.mark.feature("IN-34")
def test_the_setting_reaches_open_windows_too(play: Play, team: dict[Role, User]) -> None:  # noqa: F811
    async def story(url: str) -> None:
        window = Everything()
        await window.open(url, team[Role.AGENT])

        await in_engine(store.put, "agent_scope", "own")
        await window.closes_within(3.0)
        again = Everything()
        await again.open(url, team[Role.AGENT])
        free = await in_engine(writes, "free", "919800000001")
        refused = await again.client.call("conversation.join", {"id": str(free)})
        await asyncio.sleep(0.3)

        assert refused == {"ok": False} and again.heard == []
        await in_engine(assign, free, team[Role.AGENT].id, actor="system")
        await again.hears("conversation.updated")
        await again.client.disconnect()

    play(story)


@pytest.mark.feature("IN-35")
def test_no_packet_tells_a_masked_window_a_number(play: Play, team: dict[Role, User]) -> None:  # noqa: F811
    async def story(url: str) -> None:
        await in_engine(role_of, team[Role.AGENT], hides=True)
        masked, clear = Everything(), Everything()
        await masked.open(url, team[Role.AGENT])
        await clear.open(url, team[Role.OWNER])
        wamid = "wamid.HBgMOTE5ODc2NTAxMjM0FQIAEhgg"
        made = text("ring 98765 01234", wa_id=CANARY, name="Kabir", wamid=wamid, timestamp=str(int(time.time())))
        await in_engine(delivers, body(made))
        chat = int(Conversation.get().id)
        assert await masked.client.call("conversation.join", {"id": str(chat)}) == {"ok": True}
        vcard = {"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}, "phones": [{"phone": f"+{CANARY}", "wa_id": CANARY}]}]}
        more = text("x", wa_id=CANARY, name="Kabir", timestamp=str(int(time.time())))
        more["messages"][0].update(vcard)
        await in_engine(delivers, body(more), body(status(wamid, "read")))
        await in_engine(assign, chat, team[Role.OWNER].id, actor="system")
        for window in (masked, clear):
            await window.hears("message.received")
            await window.hears("activity.added")  # the last of what the assignment tells
        await asyncio.sleep(0.6)

        told = [(name, payload) for name, payload in masked.heard if leaks(str(payload))]
        assert told == []
        assert {name for name, _ in masked.heard} == {name for name, _ in clear.heard}
        assert leaks(str(clear.heard)), "the search for leaks finds them"
        assert "••••••234" in str(masked.heard)
        await masked.client.disconnect()
        await clear.client.disconnect()

    play(story)


def test_windows_of_a_machine_whose_role_hides_numbers_are_masked(play: Play, team: dict[Role, User]) -> None:  # noqa: F811
    from wablast_box.engine.team import api_keys

    async def story(url: str) -> None:
        await in_engine(store.put, "agents_see_masked_numbers", True)
        _, key = await in_engine(api_keys.create_api_key, "till", Role.AGENT, by=SYSTEM)
        window = Everything()
        await window.client.connect(url, auth={"token": key}, transports=["websocket"], wait_timeout=5 * BUSY)
        await in_engine(writes, "hi", CANARY)
        await window.hears("message.received")

        assert not leaks(str(window.heard))
        assert PERMISSIONS[Role.AGENT] >= {"inbox.read"}
        await window.client.disconnect()

    play(story)
