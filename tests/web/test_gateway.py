"""Open windows over real sockets: who gets in, what they hear, and that they stop hearing it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import socketio
from hypercorn.asyncio import serve
from hypercorn.config import Config

from tests.engine.inbox.meta import body, delivers, text
from tests.patience import BUSY
from wablast_box.config import BootConfig
from wablast_box.engine.events.live import News, use_carrier
from wablast_box.engine.inbox.assign import assign
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team import api_keys, sessions
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.tickets import make_ticket
from wablast_box.lib import db
from wablast_box.web import bridge
from wablast_box.web.app import create_edge
from wablast_box.web.bridge import in_engine

Story = Callable[[str], Coroutine[Any, Any, None]]


@pytest.fixture
def play(config: BootConfig, team: dict[Role, User]) -> Iterator[Callable[[Story], None]]:
    """Serve the edge on a real port while a story runs."""
    bridge.use_thread_setup(db.connect_thread)
    forget_remembered()

    async def run(story: Story) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        edge = create_edge(config, on_webhook_stored=lambda: None)
        edge.gateway.start()
        use_carrier(edge.gateway)
        settings, stop = Config(), asyncio.Event()
        settings.bind, settings.accesslog, settings.errorlog = [f"127.0.0.1:{port}"], None, None
        settings.graceful_timeout = 0.2

        async def until_stopped() -> None:
            await stop.wait()
            await edge.gateway.stop()

        serving = asyncio.create_task(serve(edge.asgi, settings, shutdown_trigger=until_stopped))
        try:
            await until_it_listens(port)
            await asyncio.wait_for(story(f"http://127.0.0.1:{port}"), 20 * BUSY)
        finally:
            stop.set()
            with contextlib.suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(serving, 5)
            use_carrier(None)

    yield lambda story: asyncio.run(run(story))
    bridge.close_pool()


async def until_it_listens(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.02)


class Ears:
    """A connected window and all it heard."""

    def __init__(self, client: socketio.AsyncClient):
        self.client = client
        self.heard: list[tuple[str, dict[str, Any]]] = []
        for name in ("message.received", "message.updated", "conversation.updated"):
            client.on(name, self._listen(name))

    def _listen(self, name: str) -> Callable[[dict[str, Any]], None]:
        return lambda payload: self.heard.append((name, payload))

    async def hears(self, name: str, within_s: float = 3.0 * BUSY) -> dict[str, Any]:
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            for heard, payload in self.heard:
                if heard == name:
                    return payload
            await asyncio.sleep(0.02)
        raise AssertionError(f"{name} was not heard; only {[heard for heard, _ in self.heard]}")


@asynccontextmanager
async def window(url: str, auth: object, headers: dict[str, str] | None = None) -> AsyncIterator[Ears]:
    client = socketio.AsyncClient(reconnection=False)
    ears = Ears(client)
    await client.connect(url, auth=auth, headers=headers or {}, transports=["websocket"], wait_timeout=5 * BUSY)
    try:
        yield ears
    finally:
        await client.disconnect()


def key_of(role: Role) -> str:
    return api_keys.create_api_key("till", role, by=SYSTEM)[1]


def signed_in(user: User, url: str) -> tuple[dict[str, str], str]:
    """The headers of a browser of this user, and a fresh ticket."""
    token, actor = welcome(user, visitor=Visitor())
    return {"Cookie": f"wbx_{url.rpartition(':')[2]}={token}"}, make_ticket(actor)


def writes(words: str = "hi", wa_id: str = "919812345678") -> int:
    delivers(body(text(words, wa_id=wa_id)))
    return int(Conversation.select().order_by(Conversation.id.desc()).get().id)


@pytest.mark.feature("IN-02")
def test_a_message_appears_in_an_open_window(play: Callable[[Story], None]) -> None:
    async def story(url: str) -> None:
        async with window(url, {"token": key_of(Role.OWNER)}) as ears:
            await in_engine(writes, "hello there")

            payload = await ears.hears("message.received")
            assert payload["message"]["text"] == "hello there"
            assert payload["event_id"].isdigit()
            changed = await ears.hears("conversation.updated")
            assert changed["conversation"]["unread_count"] == 1

    play(story)


@pytest.mark.feature("IN-04")
def test_a_browser_needs_its_cookie_and_a_ticket_that_works_once(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        headers, ticket = signed_in(team[Role.OWNER], url)
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with window(url, {"ticket": ticket}):
                pass

        headers, ticket = signed_in(team[Role.OWNER], url)
        async with window(url, {"ticket": ticket}, headers):
            pass

        with pytest.raises(socketio.exceptions.ConnectionError):
            async with window(url, {"ticket": ticket}, headers):
                pass

    play(story)


@pytest.mark.parametrize("auth", [None, {}, {"token": "wbx_wrong"}, {"token": 7}, {"ticket": "x"}, "text"], ids=str)
def test_strangers_hear_nothing(play: Callable[[Story], None], auth: object) -> None:
    async def story(url: str) -> None:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with window(url, auth):
                pass

    play(story)


def test_a_page_of_another_site_is_refused(play: Callable[[Story], None]) -> None:
    async def story(url: str) -> None:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with window(url, {"token": key_of(Role.OWNER)}, {"Origin": "https://evil.example"}):
                pass

    play(story)


def test_a_program_whose_library_sends_our_own_origin_is_let_in(play: Callable[[Story], None]) -> None:
    async def story(url: str) -> None:
        async with window(url, {"token": key_of(Role.OWNER)}, {"Origin": url}) as ears:
            assert ears.client.connected

    play(story)


@pytest.mark.feature("IN-03")
def test_an_agent_hears_only_what_is_free_or_theirs(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        hers = await in_engine(writes, "first", "919800000001")
        await in_engine(assign, hers, team[Role.OWNER].id, actor="system")
        headers, ticket = signed_in(team[Role.AGENT], url)
        async with window(url, {"ticket": ticket}, headers) as ears:
            refused = await ears.client.call("conversation.join", {"id": str(hers)})
            await in_engine(writes, "for Asha", "919800000001")
            await in_engine(writes, "for anybody", "919800000002")

            payload = await ears.hears("message.received")
            await asyncio.sleep(0.2)

            assert refused == {"ok": False}
            assert payload["message"]["text"] == "for anybody"
            assert all("for Asha" not in str(heard) for heard in ears.heard)

    play(story)


@pytest.mark.feature("IN-04")
def test_what_is_reassigned_is_no_longer_heard(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        conversation_id = await in_engine(writes, "hi", "919800000001")
        headers, ticket = signed_in(team[Role.AGENT], url)
        async with window(url, {"ticket": ticket}, headers) as ears:
            joined = await ears.client.call("conversation.join", {"id": str(conversation_id)})
            await in_engine(assign, conversation_id, team[Role.OWNER].id, actor="system")
            await asyncio.sleep(2)
            ears.heard.clear()

            await in_engine(writes, "secret", "919800000001")
            await asyncio.sleep(0.5)

            assert joined == {"ok": True}
            assert ears.heard == []

    play(story)


@pytest.mark.feature("IN-04")
def test_a_window_closes_within_two_seconds_of_its_session(play: Callable[[Story], None], team: dict[Role, User]) -> None:
    async def story(url: str) -> None:
        token, actor = welcome(team[Role.AGENT], visitor=Visitor())
        ticket = make_ticket(actor)
        headers = {"Cookie": f"wbx_{url.rpartition(':')[2]}={token}"}
        async with window(url, {"ticket": ticket}, headers) as ears:
            assert actor.session_id is not None
            await in_engine(sessions.end_session, actor.session_id, by=actor)

            for _ in range(100 * BUSY):
                if not ears.client.connected:
                    break
                await asyncio.sleep(0.02)

            assert not ears.client.connected

    play(story)


@pytest.mark.feature("AP-01")
def test_a_joined_window_hears_each_event_once(play: Callable[[Story], None]) -> None:
    async def story(url: str) -> None:
        conversation_id = await in_engine(writes)
        async with window(url, {"token": key_of(Role.OWNER)}) as ears:
            await ears.client.call("conversation.join", {"id": str(conversation_id)})
            await in_engine(writes, "once")
            await ears.hears("conversation.updated")
            await asyncio.sleep(0.2)

            assert [name for name, _ in ears.heard] == ["message.received", "conversation.updated"]

    play(story)


@pytest.mark.feature("IN-05")
def test_what_piles_up_while_news_goes_out_waits_for_its_turn(config: BootConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> list[str]:
        gateway = create_edge(config, on_webhook_stored=lambda: None).gateway
        gateway._loop = asyncio.get_running_loop()
        told: list[str] = []
        later: list[asyncio.Task[None]] = []

        async def emit(name: str, *_: Any, **__: Any) -> None:
            told.append(name)
            if name == "first":
                # A burst later the next pile leaves, although this one is not out yet.
                gateway.carry([News(("everyone",), "newer", {})])
                later.append(asyncio.create_task(gateway._flush()))
                for _ in range(5):
                    await asyncio.sleep(0)

        monkeypatch.setattr(gateway.sio, "emit", emit)
        gateway.carry([News(("everyone",), "first", {}), News(("everyone",), "older", {})])
        await gateway._flush()
        await asyncio.gather(*later)
        return told

    assert asyncio.run(story()) == ["first", "older", "newer"]
