"""The demo: a box and the simulator in one process. They still speak by HTTP only, as the box and Meta do.

The folder is the demo's own: a folder in which a real business lives is refused.
"""

from __future__ import annotations

import logging
import os
import secrets as random
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wablast_box.app_demo_door import SignInDoor
from wablast_box.app_demo_story import remind_phones, tell_story, was_told
from wablast_box.app_server import Server, listen
from wablast_box.config import BootConfig, default_data_dir
from wablast_box.engine.ops import number_checks
from wablast_box.engine.ops.data_folder import make_folder, private_by_default
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.engine.ops.setup import check_again, store_number
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.settings.registry import SETTINGS
from wablast_box.engine.team import users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.db import disconnect_thread
from wablast_box.lib.errors import BoxError, Conflict, Unavailable
from wablast_box.simulator.app import create_app as create_simulator
from wablast_box.simulator.keeping import forget
from wablast_box.simulator.records import Account

logger = logging.getLogger(__name__)

PORT, PORTS_TRIED = 8422, 50
OWNER_EMAIL, OWNER_NAME = "asha@demo.test", "Asha Rao"
BUSINESS = "Asha Textiles"
MARK, PHONES = "demo", "phones"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _SignIn:
    """How to get in this time: the password is new at every start."""

    owner: User
    password: str


def run_demo(config: BootConfig, *, data_dir: Path | None, port: int | None, with_browser: bool, say: Say) -> None:
    """Run until told to stop."""
    folder = _demo_folder(data_dir)
    listener = listen("127.0.0.1", port) if port is not None else _next_free()
    local = f"http://127.0.0.1:{listener.getsockname()[1]}"
    # Nothing of a real business's environment may reach the demo: its own database, address and Graph.
    ours = replace(
        config,
        data_dir=folder,
        bind=local.removeprefix("http://"),
        graph_url=f"{local}/simulator/graph",
        public_url=None,
        database_url=None,
        trusted_proxies=(),
    )
    demo = _Demo(local, with_browser, say)
    server = Server(ours, listener=listener, prepare=demo.prepare, demo_phone_url="/simulator/phone", when_ready=demo.ready)
    demo.server = server
    try:
        server.run()
    finally:
        demo.stop()


class _Demo:
    """What happens before the box listens and just after."""

    def __init__(self, local: str, with_browser: bool, say: Say):
        self.server: Server
        self._local, self._with_browser, self._say = local, with_browser, say
        self._door = SignInDoor()
        self._sign_in: _SignIn
        self._app_secret = ""
        self._simulator: Any = None

    def prepare(self) -> None:
        """The shop, its people and its number; and the simulator that knows the same credentials."""
        self._sign_in = _shop()
        account = _number()
        self._app_secret = account.app_secret
        folder = self.server.config.data_dir / PHONES
        if not was_told():
            # A box that knows nobody, and phones that remember it: the story would be told twice.
            forget(folder)
        self._simulator = create_simulator(
            base_url=f"{self._local}/simulator",
            callback_url=f"{self._local}/hooks/meta",
            app_secret=account.app_secret,
            verify_token=account.verify_token,
            access_token=account.access_token,
            phone_number_id=account.phone_number_id,
            waba_id=account.waba_id,
            keep_in=folder,
        )
        self.server.mounts = {"/simulator": self._simulator, "/demo": self._door}

    def ready(self, address: str) -> None:
        """Say how to get in, then let the story happen."""
        try:
            is_new = not was_told()
            if not is_new:
                remind_phones(self._local)
            self._welcome(address)
            check_again()
            if is_new:
                tell_story(self._local, self._sign_in.owner)
        except BoxError as failed:
            logger.warning("the demo's story could not be told", extra={"why": failed.message})
        finally:
            disconnect_thread()

    def _welcome(self, address: str) -> None:
        link = self._door.link_for(self._local, self._sign_in.owner)
        self._say(f"wablast-box demo is running at {address}")
        self._say(f"Open it signed in: {link}")
        self._say(f"Or sign in as {OWNER_EMAIL} with the password {self._sign_in.password}")
        self._say(f"Pretend phone: {address}/simulator/phone{_zone_for_phone()}")
        self._say(f"Webhooks of your own: POST {address}/hooks/meta, signed with the app secret {self._app_secret}")
        self._say("Stop it with Ctrl-C.")
        if self._with_browser and _has_screen():
            webbrowser.open(link)

    def stop(self) -> None:
        """End the simulator's threads."""
        if self._simulator is not None:
            self._simulator.stop()


def _demo_folder(given: Path | None) -> Path:
    from_environment = os.environ.get("WABLAST_BOX_DATA_DIR")
    folder = given or (Path(from_environment).expanduser().resolve() if from_environment else _own_folder())
    private_by_default()
    make_folder(folder)
    mark = folder / MARK
    if (folder / "box.db").exists() and not mark.exists():
        raise Conflict(f"{folder} is the folder of a real box.", help="Give the demo a folder of its own with --data DIR.")
    mark.touch()
    return folder


def _own_folder() -> Path:
    return default_data_dir().with_name("wablast-box-demo")


def _next_free() -> Any:
    for port in range(PORT, PORT + PORTS_TRIED):
        try:
            return listen("127.0.0.1", port)
        except Unavailable:
            continue
    raise Unavailable(f"No port from {PORT} to {PORT + PORTS_TRIED - 1} is free.", help="Give one with --port N.")


def _shop() -> _SignIn:
    password = "-".join(random.token_hex(2) for _ in range(4))
    owner = users.find_by_email(OWNER_EMAIL)
    if owner is None:
        store.put("business_name", BUSINESS)
        owner = users.create_owner(name=OWNER_NAME, email=OWNER_EMAIL, password=password)
        users.add_user(name="Ravi Kumar", email="ravi@demo.test", role=Role.AGENT, by=SYSTEM)
        users.add_user(name="Meera Shah", email="meera@demo.test", role=Role.ANALYST, by=SYSTEM)
    else:
        users.set_password(owner, password, by=SYSTEM)
    return _SignIn(owner, password)


def _number() -> Account:
    """What is stored wins: whoever changed a credential of the demo meets a simulator that knows it."""
    standard, current = Account(), number_checks.stored()
    store_number(
        Credentials(
            **{
                name: "" if getattr(current, name) else getattr(standard, name)
                for name in ("access_token", "phone_number_id", "waba_id", "app_secret", "verify_token")
            }
        ),
        checking=False,
    )
    secrets.forget_cached()
    now_stored = number_checks.stored()
    return Account(
        phone_number_id=now_stored.phone_number_id,
        waba_id=now_stored.waba_id,
        access_token=now_stored.access_token,
        app_secret=now_stored.app_secret,
        verify_token=now_stored.verify_token,
    )


def _zone_for_phone() -> str:
    """The phone shows India's time unless its address names another zone."""
    zone = store.get("time_zone")
    return "" if zone == SETTINGS["time_zone"].default else f"?zone={zone}"


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
