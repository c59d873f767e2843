"""`wablast-box serve` and `wablast-box demo`: run until told to stop."""

from __future__ import annotations

from pathlib import Path

from wablast_box.app_server import Server
from wablast_box.cli_words import say
from wablast_box.config import BootConfig
from wablast_box.engine.team import users
from wablast_box.engine.team.setup_link import make_setup_token
from wablast_box.lib.db import disconnect_thread


def serve(config: BootConfig, *, safe_mode: bool = False) -> int:
    """Run the box."""

    def ready(address: str) -> None:
        say(f"wablast-box is running at {address}")
        if not users.owner_exists():
            say(f"Set it up within 30 minutes at {config.public_url or address}/setup?token={make_setup_token()}")
        if safe_mode:
            say("Safe mode: plugins are off until you start it without --safe-mode.")
        say("Stop it with Ctrl-C.")
        disconnect_thread()

    Server(config, when_ready=ready, safe_mode=safe_mode).run()
    return 0


def demo(config: BootConfig, *, data: str | None, port: int | None, with_browser: bool) -> int:
    """Run the box beside the simulator, with a little shop in it."""
    from wablast_box.app_demo import run_demo

    run_demo(config, data_dir=Path(data).expanduser().resolve() if data else None, port=port, with_browser=with_browser, say=say)
    return 0
