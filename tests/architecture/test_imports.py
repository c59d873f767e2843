"""Who may import whom: the contracts of pyproject.toml, and the doors to the outside world."""

from __future__ import annotations

import subprocess
import sys

from .sources import BOX, ROOT, imported_modules, python_files, shown

# The only files that speak HTTP, and to whom. A new one is a new door and wants a decision record.
WIRE = {"httpx", "httpcore", "httpx_aiohttp", "aiohttp", "requests", "urllib.request", "http.client", "smtplib"}
WIRE_DOORS = {
    "wablast_box/engine/meta/client.py": "Graph, one call at a time",
    "wablast_box/lib/sending_http.py": "Graph, at the sending loop's speed",
    "wablast_box/lib/sending_loop.py": "the loop itself",
    "wablast_box/lib/outbound/guard.py": "addresses that people typed in: how they read",
    "wablast_box/lib/outbound/line.py": "the same, for many requests on one connection",
    "wablast_box/lib/outbound/wire.py": "addresses that people typed in: the connection",
    "wablast_box/engine/notifications/email/smtp.py": "the owner's mail server",
    "wablast_box/engine/team/google/client.py": "Google's sign-in",
    "wablast_box/engine/ops/doctor_network.py": "this box's own address, seen from outside",
    "wablast_box/app_demo_story.py": "the demo's phones",
    "wablast_box/simulator/http_post.py": "the simulator's webhooks",
    "wablast_box/simulator/transport.py": "the simulator inside a test",
}
# Below `web` the engine is synchronous; the group commit and the sending loop are the two that are not.
LOOP_OWNERS = {"wablast_box/lib/commit.py", "wablast_box/lib/sending_loop.py", "wablast_box/lib/sending_http.py"}


def test_the_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_doors_speak_http() -> None:
    speakers = {shown(path) for path in python_files(BOX) if WIRE & set(imported_modules(path))}

    assert "wablast_box/engine/meta/client.py" in speakers, "the Graph client has moved: name its new place here"
    assert not speakers - WIRE_DOORS.keys()


def test_only_two_mechanisms_below_web_own_an_event_loop() -> None:
    below_web = python_files(BOX / "lib", BOX / "engine", BOX / "plugins")
    owners = {shown(path) for path in below_web if "asyncio" in imported_modules(path)}

    assert owners <= LOOP_OWNERS
