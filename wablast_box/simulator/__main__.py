"""`python -m wablast_box.simulator`: the fake Meta and its phone page as a server of their own."""

from __future__ import annotations

import argparse
import asyncio
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config

from wablast_box.simulator.app import SimulatorApp, create_app
from wablast_box.simulator.lean import serve_graph
from wablast_box.simulator.records import Account, Settings
from wablast_box.simulator.state import State


def main() -> None:
    """Serve until stopped."""
    usual = Account()
    parser = argparse.ArgumentParser(prog="python -m wablast_box.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--callback", metavar="URL", help="where webhooks go, for example http://127.0.0.1:8080/hooks/meta")
    parser.add_argument("--app-secret", default=usual.app_secret)
    parser.add_argument("--verify-token", default=usual.verify_token)
    parser.add_argument("--access-token", default=usual.access_token)
    parser.add_argument("--phone-number-id", default=usual.phone_number_id)
    parser.add_argument("--waba-id", default=usual.waba_id)
    parser.add_argument("--graph-port", type=int, metavar="N", help="the Graph once more, alone on a leaner server: for benches")
    parser.add_argument("--no-delay", action="store_true", help="statuses at once instead of after lifelike waits")
    given = parser.parse_args()
    base_url = f"http://{given.host}:{given.port}"
    app = create_app(
        State(settings=Settings() if given.no_delay else Settings.lifelike()),
        base_url=base_url,
        callback_url=given.callback,
        app_secret=given.app_secret,
        verify_token=given.verify_token,
        access_token=given.access_token,
        phone_number_id=given.phone_number_id,
        waba_id=given.waba_id,
    )
    sys.stdout.write(f"Phone  {base_url}/phone\nGraph  {base_url}/graph\nToken  {given.access_token}\n")
    sys.stdout.flush()
    asyncio.run(run(app, host=given.host, port=given.port, graph_port=given.graph_port))


async def run(app: SimulatorApp, *, host: str, port: int, graph_port: int | None) -> None:
    """Serve both until stopped."""
    if graph_port is not None:
        await serve_graph(app.meta.graph, host=host, port=graph_port)
    # The usual thousand requests per connection would show in a bench as connections that break.
    config = Config.from_mapping(bind=[f"{host}:{port}"], graceful_timeout=1, keep_alive_max_requests=10_000_000)
    await serve(app, config)


if __name__ == "__main__":
    main()
