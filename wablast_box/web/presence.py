"""Who is at a conversation or a flow right now: told to the others there, kept nowhere. It ends by itself when it is not repeated."""

from __future__ import annotations

from typing import Any, Protocol

LASTS_S = 6.0
# What one may be doing, and the permission that belongs to it.
DOING = {"viewing": "inbox.read", "typing": "inbox.reply", "noting": "inbox.reply"}
# The rooms of those from whom numbers are hidden have this ending; a colleague's name is no number.
TWIN = "#masked"


class Speaker(Protocol):
    """A window: who sits behind it."""

    actor: Any


def asked_for(asked: Any) -> str | None:
    """What a packet says somebody is doing, or None when it says nothing that we know."""
    doing = asked.get("doing") if isinstance(asked, dict) else None
    return doing if isinstance(doing, str) and doing in DOING else None


def may_say(actor: Any, doing: str) -> bool:
    """Machines are nowhere; who may not answer is not typing."""
    return getattr(actor, "kind", None) == "user" and bool(actor.may(DOING[doing]))


async def tell(server: Any, sid: str, window: Speaker, number: int, doing: str | None) -> None:
    """Tell the others in the room; None: not there any more."""
    room = f"conversation:{number}"
    payload = {
        "conversation_id": str(number),
        "user": {"id": str(window.actor.id), "name": window.actor.name},
        "doing": doing,
        "lasts_s": LASTS_S,
    }
    await server.emit("presence", payload, room=[room, room + TWIN], skip_sid=sid)


def flow_room(number: int) -> str:
    """Where those are who have the same flow open; nothing in it needs masking."""
    return f"flow:{number}"


def may_draw(actor: Any) -> bool:
    """Who looks on says nothing: only who draws can be in another's way."""
    return getattr(actor, "kind", None) == "user" and bool(actor.may("flows.write"))


async def tell_flow(server: Any, sid: str, window: Speaker, number: int, *, is_open: bool) -> None:
    """Tell the others who have the flow open."""
    who = {"id": str(window.actor.id), "name": window.actor.name}
    payload = {"flow_id": str(number), "window": sid, "user": who, "is_open": is_open, "lasts_s": LASTS_S}
    await server.emit("flow.presence", payload, room=flow_room(number), skip_sid=sid)
