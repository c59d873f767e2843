"""The edge of the box: one ASGI app made of Meta's door, the sockets, the API and the interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import socketio
from quart import Quart

from wablast_box.config import BootConfig
from wablast_box.web.api.blueprints import BLUEPRINTS
from wablast_box.web.api.media import links
from wablast_box.web.auth import register_auth
from wablast_box.web.doorkeeper import doorkeeper
from wablast_box.web.errors import register_errors
from wablast_box.web.gateway import Gateway
from wablast_box.web.guard import Guard
from wablast_box.web.health import blueprint as health
from wablast_box.web.hooks import meta
from wablast_box.web.hooks.flows import blueprint as flow_hooks
from wablast_box.web.masking import register_masking
from wablast_box.web.openapi import blueprint as openapi
from wablast_box.web.openapi import register_openapi
from wablast_box.web.spa import blueprint as spa
from wablast_box.web.strict_json import StrictRequest

API = "/api/v1"
Asgi = Callable[[dict[str, Any], Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """What the composition root starts and stops."""

    asgi: Asgi
    app: Quart
    gateway: Gateway
    door: meta.MetaDoor


def create_app(config: BootConfig, *, demo_phone_url: str | None = None) -> Quart:
    """The API and the interface, without sockets and doors."""
    app = Quart("wablast_box.web", static_folder=None)
    app.request_class = StrictRequest
    app.config["BOX"] = config
    app.config["DEMO_PHONE_URL"] = demo_phone_url
    app.config["MAX_CONTENT_LENGTH"] = 101 * 1024 * 1024
    app.config["BODY_TIMEOUT"] = None  # the guard counts, and gives uploads that keep coming more time
    register_openapi(app)
    register_errors(app)
    for blueprint in (*BLUEPRINTS, openapi):
        app.register_blueprint(blueprint, url_prefix=API)
    app.register_blueprint(links)
    app.register_blueprint(flow_hooks)
    app.register_blueprint(health)
    app.register_blueprint(spa)
    register_auth(app)
    register_masking(app)
    return app


def create_edge(
    config: BootConfig,
    *,
    on_webhook_stored: Callable[[], None],
    demo_phone_url: str | None = None,
    mounts: Mapping[str, Asgi] | None = None,
) -> Edge:
    """Everything that listens. `mounts` are further apps by path prefix: the demo's simulator."""
    app = create_app(config, demo_phone_url=demo_phone_url)
    gateway = Gateway(doorkeeper())
    door = meta.MetaDoor(on_webhook_stored)
    behind = _mounted(socketio.ASGIApp(gateway.sio, app), mounts or {})
    guarded = Guard(behind, config, is_demo=demo_phone_url is not None)
    return Edge(_front(door, guarded), app, gateway, door)


def _front(door: Asgi, guarded: Asgi) -> Asgi:
    """Meta's door first: it carries every message and needs nothing of the framework."""

    async def front(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == meta.PATH:
            await door(scope, receive, send)
        else:
            await guarded(scope, receive, send)

    return front


def _mounted(app: Asgi, mounts: Mapping[str, Asgi]) -> Asgi:
    """Other apps under a prefix of their own."""

    async def choose(scope: dict[str, Any], receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        for prefix, mounted in mounts.items():
            if path == prefix or path.startswith(prefix + "/"):
                await mounted({**scope, "root_path": prefix}, receive, send)
                return
        await app(scope, receive, send)

    return choose
