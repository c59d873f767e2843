"""Servers in the owner's own network that the box may call: those that the environment lists, and those that an owner adds."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

from wablast_box.engine.audit.record import record
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.lib import outbound
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

NEEDS = "security.write"
SETTING = "inside_addresses"
MOST = 50
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_given: dict[str, tuple[str, ...]] = {"listed": ()}
_own_port: list[int] = []


def use_listed(listed: Sequence[str], *, own_port: int) -> None:
    """At the start: what the environment lists, and which port is this box's own."""
    _given["listed"] = tuple(listed)
    _own_port[:] = [own_port]
    _allow()


def inside() -> dict[str, list[str]]:
    """`given` by the environment, `added` in the product."""
    return {"given": list(_given["listed"]), "added": list((store.get(SETTING) or {}).get("added", []))}


def put_inside(entries: Sequence[str], *, by: Actor) -> dict[str, list[str]]:
    """Replace what was added. Each is one server: HOST:PORT."""
    authorize(by, NEEDS)
    wanted = list(dict.fromkeys(_checked(one) for one in entries if one.strip()))
    if len(wanted) > MOST:
        raise Invalid(f"At most {MOST} servers can be listed.", field="added")
    with transaction():
        store.put(SETTING, {"added": wanted})
        record("inside_addresses.changed", by=by, subject="setting:inside_addresses", detail={"now": wanted})
    _allow()
    return inside()


def _allow() -> None:
    known = inside()
    outbound.allow_addresses([*known["given"], *known["added"]])


def _checked(entry: str) -> str:
    """Never a whole network, never where clouds tell a machine its secrets, never the box itself."""
    host, _, port = entry.strip().lower().rpartition(":")
    bare = host.strip("[]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536 or not (_HOST.fullmatch(bare) or _is_address(bare)):
        raise Invalid(f"“{entry[:60]}” is not the HOST:PORT of one server.", help="For example 192.168.1.20:8069.", field="added")
    if outbound.is_never_near(bare) or (int(port) in _own_port and bare in ("localhost", "127.0.0.1", "::1")):
        raise Invalid(f"“{entry[:60]}” can never be listed.", help="It is the box itself, or where clouds keep secrets.", field="added")
    return f"[{bare}]:{int(port)}" if ":" in bare else f"{bare}:{int(port)}"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
