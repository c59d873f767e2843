"""The simulator as a web application: the fake Graph, the phone page and the control door, under any prefix."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from quart import Quart, Response

from wablast_box.lib.errors import BoxError
from wablast_box.simulator.asgi_graph import LARGEST_BODY, serve
from wablast_box.simulator.control import control
from wablast_box.simulator.keeping import Keeper
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.phone_page import phone_page
from wablast_box.simulator.records import Account, Settings
from wablast_box.simulator.state import State
from wablast_box.simulator.web import keep_strangers_out, refused


class SimulatorApp(Quart):
    """Quart for the pages; Graph calls go past it. `meta` is the whole fake Meta, for those in the same process."""

    meta: FakeMeta
    keeper: Keeper | None = None

    def stop(self) -> None:
        """End the threads; what the phones show is kept."""
        self.meta.stop()
        if self.keeper is not None:
            self.keeper.stop()

    async def asgi_app(self, scope: Any, receive: Any, send: Any) -> None:
        """Graph calls straight, the rest through Quart."""
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            if path.startswith("/graph/"):
                await serve(self.meta.graph, path.removeprefix("/graph"), scope, receive, send)
                return
        await super().asgi_app(scope, receive, send)


def create_app(
    state: State | None = None,
    *,
    base_url: str,
    callback_url: str | None = None,
    app_secret: str,
    verify_token: str,
    access_token: str,
    phone_number_id: str,
    waba_id: str,
    keep_in: Path | None = None,
) -> SimulatorApp:
    """The app. `base_url` is where it is reachable, prefix included; the Graph is then `{base_url}/graph`.

    With `keep_in` the phones find their chats there, and leave them there.
    """
    state = state or State(settings=Settings.lifelike())
    state.account = Account(
        phone_number_id=phone_number_id,
        waba_id=waba_id,
        access_token=access_token,
        app_secret=app_secret,
        verify_token=verify_token,
    )
    app = SimulatorApp(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.meta = FakeMeta(state, callback_url=callback_url, graph_url=f"{base_url.rstrip('/')}/graph", threaded=True)
    if keep_in is not None:
        app.keeper = Keeper(app.meta, keep_in)
    app.register_blueprint(phone_page(app.meta))
    app.register_blueprint(control(app.meta))
    app.before_request(keep_strangers_out)

    @app.errorhandler(BoxError)
    async def on_box_error(error: BoxError) -> Response:
        return refused(error)

    @app.after_serving
    async def on_stop() -> None:
        # Not on the loop: in the demo the last webhook may still be waiting for this very server.
        await asyncio.to_thread(app.stop)

    return app
