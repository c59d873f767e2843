"""A Graph with bad days: it may refuse, answer late nonsense, or hang up before or after it has accepted a message."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

# Dealt like cards, so that luck changes the order and never the mix: one in seven leaves nothing but doubt.
OUTCOMES = {"accept": 30, "rate_limited": 4, "busy": 4, "broken": 3, "cut_after": 5, "cut_before": 4}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that this Graph took: what a customer would see."""

    wamid: str
    to: str
    text: str
    callback: str | None


@dataclass(slots=True)
class GraphStub:
    """Counts what it accepted, whatever the caller was told."""

    rng: random.Random
    bad_days: bool = True
    accepted: list[Accepted] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    calls_by_text: Counter[str] = field(default_factory=Counter)
    _deck: list[str] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    async def start(self, port: int) -> None:
        app = web.Application()
        app.router.add_post("/{version}/{phone}/messages", self._messages)
        app.router.add_route("*", "/{rest:.*}", self._anything)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, backlog=1024).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        if wanted.get("status") == "read":
            return web.json_response({"success": True})
        text = str(wanted.get("text", {}).get("body"))
        self.calls_by_text[text] += 1
        outcome = self._outcome()
        self.outcomes[outcome] += 1
        return await getattr(self, f"_{outcome}")(request, wanted, text)

    def _outcome(self) -> str:
        if not self.bad_days:
            return "accept"
        if not self._deck:
            self._deck = [name for name, count in OUTCOMES.items() for _ in range(count)]
            self.rng.shuffle(self._deck)
        return self._deck.pop()

    def _take(self, wanted: dict[str, Any], text: str) -> str:
        wamid = f"wamid.OUT{len(self.accepted):06d}"
        self.accepted.append(Accepted(wamid, wanted["to"], text, wanted.get("biz_opaque_callback_data")))
        return wamid

    async def _accept(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        wamid = self._take(wanted, text)
        contacts = [{"input": wanted["to"], "wa_id": wanted["to"].lstrip("+")}]
        return web.json_response({"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": wamid}]})

    async def _rate_limited(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        # Meta answers its rate limits with HTTP 400 as often as with 429: the code decides.
        return web.json_response({"error": {"message": "(#131056) pair rate limit", "type": "OAuthException", "code": 131056}}, status=400)

    async def _busy(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        return web.json_response({"error": {"message": "(#131016) Service unavailable", "type": "OAuthException", "code": 131016}}, status=500)

    async def _broken(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        return web.Response(text="<html>Sorry, something went wrong.</html>", status=500, content_type="text/html")

    async def _cut_after(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        self._take(wanted, text)
        return self._hang_up(request)

    async def _cut_before(self, request: web.Request, wanted: dict[str, Any], text: str) -> web.StreamResponse:
        return self._hang_up(request)

    def _hang_up(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _anything(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"success": True, "data": [], "id": "1"})
