"""Open windows: Socket.IO with rooms that the server chooses. Who may not see something is not in its room.

Threads never touch Socket.IO: they put news on a pile, and one hop a burst brings the pile to the loop.
"""

from __future__ import annotations

import asyncio
import collections
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import socketio

from wablast_box.engine.events.live import News
from wablast_box.engine.inbox.visibility import NOTHING, Viewer, rooms_of_viewer
from wablast_box.lib.errors import BoxError
from wablast_box.web import presence
from wablast_box.web.bridge import in_engine

logger = logging.getLogger(__name__)

BURST_S = 0.005
SWEEP_S = 1.0
MAX_SOCKETS, MAX_ROOMS, MAX_PER_SECOND, MAX_MESSAGE = 500, 200, 20, 64 * 1024
# Every room has a twin for those from whom numbers are hidden: the same news, with numbers masked.
TWIN = "#masked"
SESSION_ENDED = "session.ended"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody gets to see: which conversations (None: no inbox), and whether customers' numbers are hidden."""

    viewer: Viewer | None
    is_masked: bool = False


@dataclass(slots=True)
class Window:
    """One connected socket: for whom, and which conversations it looks at."""

    actor: Any
    sight: Sight
    conversations: set[int] = field(default_factory=set)
    doing: dict[int, str] = field(default_factory=dict)  # what it said last of a conversation: viewing, typing, noting
    flow: int | None = None  # whose canvas is open in it
    heard: collections.deque[float] = field(default_factory=lambda: collections.deque(maxlen=MAX_PER_SECOND))

    @property
    def viewer(self) -> Viewer:
        """The inbox through this window; without one nothing is visible."""
        return self.sight.viewer or NOTHING

    def room(self, name: str) -> str:
        """The room as this window may hear it."""
        return name + TWIN if self.sight.is_masked else name


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What the gateway asks the rest of the edge: who is this, are they still allowed, may they see this."""

    identify: Callable[[dict[str, Any], Any], Awaitable[Any]]
    sight_of: Callable[[Any], Sight]
    # What each of them may see now; None: nothing any more.
    sights: Callable[[Sequence[Any]], list[Sight | None]]
    visible: Callable[[Viewer, Sequence[int]], set[int]]
    masked: Callable[[Any], Any]
    origin_allowed: Callable[[str | None, dict[str, Any]], bool]


class Gateway:
    """The Socket.IO server of the box and the carrier of its news."""

    def __init__(self, keeper: Doorkeeper):
        self._keeper = keeper
        self._windows: dict[str, Window] = {}
        self._pile: collections.deque[News] = collections.deque()
        self._lock = threading.Lock()
        self._speaking = asyncio.Lock()
        self._is_hop_due = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sweeper: asyncio.Task[None] | None = None
        self.sio = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=keeper.origin_allowed,
            max_http_buffer_size=MAX_MESSAGE,
            ping_interval=20,
            ping_timeout=20,
            logger=False,
            engineio_logger=False,
        )
        self.sio.on("connect", self._connect)
        self.sio.on("disconnect", self._disconnect)
        self.sio.on("conversation.join", self._join)
        self.sio.on("conversation.leave", self._leave)
        self.sio.on("conversation.presence", self._presence)
        self.sio.on("flow.presence", self._flow_presence)

    # ---- news: called from any thread

    def is_anyone_listening(self) -> bool:
        return bool(self._windows)

    @property
    def open_sockets(self) -> int:
        return len(self._windows)

    def present_users(self) -> set[int]:
        """Whose windows are open. Called from any thread."""
        return {window.actor.id for window in list(self._windows.values()) if getattr(window.actor, "kind", None) == "user"}

    def carry(self, news: Sequence[News]) -> None:
        """Put news on the pile; one hop to the loop for everything that piles up meanwhile."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        with self._lock:
            self._pile.extend(news)
            hop, self._is_hop_due = not self._is_hop_due, True
        if hop:
            loop.call_soon_threadsafe(loop.call_later, BURST_S, self._begin_flush)

    def _begin_flush(self) -> None:
        assert self._loop is not None
        self._loop.create_task(self._flush())

    async def _flush(self) -> None:
        # One pile after the other: what a window hears last of a conversation is what stays on its screen.
        async with self._speaking:
            with self._lock:
                pile, self._pile, self._is_hop_due = self._pile, collections.deque(), False
            for told in pile:
                if told.name == SESSION_ENDED:
                    await self._close_session(str(told.payload["session_id"]))
                else:
                    await self._emit(told)

    async def _emit(self, told: News) -> None:
        await self.sio.emit(told.name, told.payload, room=list(told.rooms))
        if any(window.sight.is_masked for window in self._windows.values()):
            payload = await in_engine(self._keeper.masked, told.payload)
            await self.sio.emit(told.name, payload, room=[room + TWIN for room in told.rooms])

    async def _close_session(self, session_id: str) -> None:
        """Signed out: its windows close now, not at the next look."""
        for sid, window in list(self._windows.items()):
            if str(window.actor.session_id) == session_id:
                self._windows.pop(sid, None)
                await self.sio.disconnect(sid)

    # ---- life

    def start(self) -> None:
        """Begin on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._sweeper = self._loop.create_task(self._sweep())

    async def stop(self) -> None:
        """Close every socket; a server that waits for open ones would wait for ever."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for socket in list(self.sio.eio.sockets.values()):
            asyncio.get_running_loop().create_task(socket.close(wait=False))
        await asyncio.sleep(0.05)

    # ---- sockets

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        if len(self._windows) >= MAX_SOCKETS:
            raise socketio.exceptions.ConnectionRefusedError("too many windows are open")
        try:
            actor = await self._keeper.identify(environ, auth)
        except BoxError as refused:
            raise socketio.exceptions.ConnectionRefusedError(refused.message) from refused
        window = self._windows[sid] = Window(actor, await in_engine(self._keeper.sight_of, actor))
        rooms = rooms_of_viewer(window.sight.viewer) if window.sight.viewer is not None else ()
        own = (f"user:{window.actor.id}",) if getattr(window.actor, "kind", None) == "user" else ()
        for room in (*rooms, *own, "everyone"):
            await self.sio.enter_room(sid, window.room(room))

    async def _disconnect(self, sid: str, *_: Any) -> None:
        window = self._windows.pop(sid, None)
        if window is not None:
            for number in window.doing:
                await presence.tell(self.sio, sid, window, number, None)
            await self._leave_flow(sid, window)

    async def _join(self, sid: str, asked: Any) -> dict[str, Any]:
        window, number = self._windows.get(sid), _number(asked)
        if window is None or number is None or self._is_too_fast(window):
            return {"ok": False}
        may_see = await in_engine(self._keeper.visible, window.viewer, [number])
        if number not in may_see or len(window.conversations) >= MAX_ROOMS:
            return {"ok": False}
        window.conversations.add(number)
        await self.sio.enter_room(sid, window.room(f"conversation:{number}"))
        return {"ok": True}

    async def _leave(self, sid: str, asked: Any) -> dict[str, Any]:
        window, number = self._windows.get(sid), _number(asked)
        if window is None or number is None:
            return {"ok": False}
        window.conversations.discard(number)
        await self.sio.leave_room(sid, window.room(f"conversation:{number}"))
        if window.doing.pop(number, None):
            await presence.tell(self.sio, sid, window, number, None)
        return {"ok": True}

    async def _presence(self, sid: str, asked: Any) -> dict[str, Any]:
        """Colleagues in the same conversation see who looks at it and who writes. Only who is in the room may say so."""
        window, number, doing = self._windows.get(sid), _number(asked), presence.asked_for(asked)
        if window is None or number not in window.conversations or doing is None or self._is_too_fast(window):
            return {"ok": False}
        if not presence.may_say(window.actor, doing):
            return {"ok": False}
        window.doing[number] = doing
        await presence.tell(self.sio, sid, window, number, doing)
        return {"ok": True}

    async def _flow_presence(self, sid: str, asked: Any) -> dict[str, Any]:
        """Those who have the same flow open see each other. Without an id: this window shows none any more."""
        window, number = self._windows.get(sid), _number(asked)
        if window is None or self._is_too_fast(window) or not presence.may_draw(window.actor):
            return {"ok": False}
        if window.flow != number:
            await self._leave_flow(sid, window)
        if number is not None:
            window.flow = number
            await self.sio.enter_room(sid, presence.flow_room(number))
            await presence.tell_flow(self.sio, sid, window, number, is_open=True)
        return {"ok": True}

    async def _leave_flow(self, sid: str, window: Window) -> None:
        number, window.flow = window.flow, None
        if number is not None:
            await self.sio.leave_room(sid, presence.flow_room(number))
            await presence.tell_flow(self.sio, sid, window, number, is_open=False)

    def _is_too_fast(self, window: Window) -> bool:
        moment = asyncio.get_running_loop().time()
        window.heard.append(moment)
        return len(window.heard) == MAX_PER_SECOND and moment - window.heard[0] < 1.0

    # ---- what was allowed must still be allowed

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            try:
                await self._recheck()
            except Exception:
                logger.exception("open windows could not be checked again")

    async def _recheck(self) -> None:
        windows = dict(self._windows)
        if not windows:
            return
        sights = await in_engine(self._keeper.sights, [window.actor for window in windows.values()])
        for (sid, window), sight in zip(windows.items(), sights, strict=True):
            if sight != window.sight:
                # Rooms were chosen by what it saw then: it comes back by itself and gets the right ones.
                await self.sio.disconnect(sid)
            elif window.conversations and window.viewer.only_user_id is not None:
                await self._leave_hidden(sid, window)

    async def _leave_hidden(self, sid: str, window: Window) -> None:
        visible = await in_engine(self._keeper.visible, window.viewer, sorted(window.conversations))
        for number in window.conversations - visible:
            window.conversations.discard(number)
            window.doing.pop(number, None)
            await self.sio.leave_room(sid, window.room(f"conversation:{number}"))


def _number(asked: Any) -> int | None:
    value = asked.get("id") if isinstance(asked, dict) else None
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else None
