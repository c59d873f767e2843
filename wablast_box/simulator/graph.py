"""The fake Graph: one request in, one answer out, as Meta would give it. Nothing in here touches a network."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import replace

import orjson

from wablast_box.simulator.accounts import Accounts, Verify
from wablast_box.simulator.blocking import Blocking
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.errors import GraphError, unknown_object
from wablast_box.simulator.faults import Fault, FaultKind
from wablast_box.simulator.media import Media
from wablast_box.simulator.profile import Profiles
from wablast_box.simulator.sending import Sending
from wablast_box.simulator.signing import appsecret_proof
from wablast_box.simulator.state import State
from wablast_box.simulator.templates import Templates
from wablast_box.simulator.wire import Request, Response, answer

Handler = Callable[[Request], Response]
VERSION = re.compile(r"v(\d{1,2})\.\d")
NEWEST_VERSION = 26
HTML = b"<!DOCTYPE html><html><head><title>Sorry, something went wrong.</title></head><body>Error</body></html>"


class FakeGraph:
    """Give it every request that would have gone to graph.facebook.com."""

    def __init__(self, state: State, delivery: Delivery, *, graph_url: str, verify: Verify):
        self.state = state
        self.graph_url = graph_url
        self._sending = Sending(state, delivery)
        media = Media(state, graph_url=graph_url)
        templates = Templates(state, delivery)
        accounts = Accounts(state, verify=verify)
        blocking = Blocking(state, delivery)
        profiles = Profiles(state, graph_url=graph_url)
        # Addresses of files that the Graph names itself, on hosts of their own at Meta.
        self._files = {"lookaside": media.download, "pictures": profiles.picture}
        self._object_routes = (media.routes, templates.routes, profiles.upload_routes)
        self._phone_routes: dict[tuple[str, str], Handler] = {
            ("POST", "messages"): self._sending.handle,
            ("POST", "media"): media.upload,
            ("GET", "block_users"): blocking.listed,
            ("POST", "block_users"): blocking.block,
            ("DELETE", "block_users"): blocking.unblock,
            **accounts.phone_routes(),
            **profiles.phone_routes(),
        }
        self._waba_routes: dict[tuple[str, str], Handler] = {
            **templates.waba_routes(),
            **accounts.waba_routes(),
        }
        self._app_routes = profiles.app_routes()
        self._root_routes = accounts.root_routes()

    def handle(self, request: Request) -> Response:
        """Answer one request; faults that were planned for it have their way first."""
        fault = self.state.faults.for_call(request.path, _recipient(request)) if self.state.faults else None
        if fault is not None:
            return self._on_a_bad_day(request, fault)
        return self._answer(request)

    def _answer(self, request: Request) -> Response:
        try:
            parts = [part for part in request.path.split("/") if part]
            if parts and VERSION.fullmatch(parts[0]):
                _check_version(parts.pop(0))
            self._authorise(request)
            return self._route(request, parts)(request)
        except GraphError as refused:
            return refused.answer()

    def _route(self, request: Request, parts: list[str]) -> Handler:
        account = self.state.account
        if len(parts) == 2:
            tables = {account.phone_number_id: self._phone_routes, account.waba_id: self._waba_routes, account.app_id: self._app_routes}
            routes = tables.get(parts[0], {})
            handler = routes.get((request.method, parts[1]))
            if handler is not None:
                return handler
            if (file := self._files.get(parts[0])) is not None:
                return lambda _: file(request, parts[1])
        if len(parts) == 1:
            return self._object(request, parts[0])
        if parts and parts[0] in (account.phone_number_id, account.waba_id):
            raise GraphError(2500, message=f"Unknown path components: /{'/'.join(parts[1:])}")
        raise unknown_object(parts[0] if parts else "", request.method)

    def _object(self, request: Request, name: str) -> Handler:
        if (handler := self._root_routes(name).get(request.method)) is not None:
            return handler
        for routes in self._object_routes:
            if (handler := routes(name).get(request.method)) is not None:
                return handler
        raise unknown_object(name, request.method)

    def _authorise(self, request: Request) -> None:
        account = self.state.account
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        token = token if kind in ("Bearer", "OAuth") else request.query.get("access_token", "")
        if not token:
            raise GraphError(190, message="An access token is required to request this resource.")
        app_token = f"{account.app_id}|{account.app_secret}"
        if not (_same(token, account.access_token) or _same(token, app_token)):
            raise GraphError(190)
        proof = request.query.get("appsecret_proof")
        if proof is None and not self.state.settings.require_appsecret_proof:
            return
        if proof is None:
            raise GraphError(100, message="API calls from the server require an appsecret_proof argument")
        if not _same(proof, appsecret_proof(token, account.app_secret)):
            raise GraphError(100, message="Invalid appsecret_proof provided in the API argument")

    def _on_a_bad_day(self, request: Request, fault: Fault) -> Response:
        if fault.kind is FaultKind.CUT_BEFORE:
            return Response(0, delay_s=fault.delay_s, cut=True)
        if fault.kind is FaultKind.ERROR:
            refused = GraphError(fault.code, fault.details)
            return replace(answer(refused.body(), fault.status or refused.status), delay_s=fault.delay_s)
        if fault.kind is FaultKind.HTML:
            return Response(fault.status or 502, HTML, {"content-type": "text/html"}, fault.delay_s)
        if fault.kind is FaultKind.EMPTY:
            return Response(fault.status or 200, b"", {}, fault.delay_s)
        # The rest happens to the answer only: the request was carried out.
        response = self._answer(request)
        return replace(response, delay_s=fault.delay_s, cut=fault.kind is FaultKind.CUT_AFTER)


def _check_version(version: str) -> None:
    # An expired version is served by the oldest living one, as Meta does; one from the future is not a version.
    if int(version[1:].split(".")[0]) > NEWEST_VERSION:
        raise GraphError(2500, message=f"Unknown path components: /{version}")


def _recipient(request: Request) -> str | None:
    if not request.path.endswith("/messages"):
        return None
    try:
        body = orjson.loads(request.body)
        to = str(body.get("to") or "")
        return "".join(filter(str.isdigit, to)) or body.get("recipient")
    except (orjson.JSONDecodeError, AttributeError):
        return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode())
