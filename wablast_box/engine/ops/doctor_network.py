"""The doctor's questions to the network: the port, Meta, and this box as the world sees it."""

from __future__ import annotations

import secrets as random
import socket
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import httpx

from wablast_box.config import BootConfig
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.ops import addresses
from wablast_box.engine.ops.data_folder import read_holder

WAIT_S = 8.0


def listening(config: BootConfig, is_running: bool) -> Iterator[Check]:
    """The running box answers; or the port is free for the next start."""
    if not is_running:
        yield _port_free(config)
        return
    address = read_holder(config.data_dir).get("address")
    if not address:
        return
    try:
        answer = _get(f"{address}/readyz")
    except httpx.HTTPError as failed:
        yield Check(
            "ready",
            False,
            f"The running box does not answer at {address} ({type(failed).__name__}).",
            "Look into logs/box.log; start it again.",
        )
        return
    if answer.status_code == 200:
        yield Check("ready", True, "The running box is ready.")
        return
    reasons = answer.json().get("reasons", []) if "json" in answer.headers.get("content-type", "") else []
    yield Check(
        "ready",
        False,
        f"The running box is not ready: {' '.join(reasons) or answer.status_code}",
        "Mend what it says; it recovers by itself.",
    )


def _port_free(config: BootConfig) -> Check:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((config.host, config.port))
        except OSError as refused:
            return Check(
                "port",
                False,
                f"{config.bind} cannot be used: {refused.strerror or refused}.",
                "Stop the program that has it, or give another one with --bind.",
            )
    return Check("port", True, f"{config.bind} is free.")


def graph_reachable(graph_url: str) -> Check:
    """Anything that speaks HTTP will do: the credentials are looked at one by one."""
    host = urlsplit(graph_url).hostname or graph_url
    try:
        _get(graph_url)
    except httpx.HTTPError as failed:
        return Check(
            "graph",
            False,
            f"Meta cannot be reached at {host} ({type(failed).__name__}).",
            "Check this machine's internet connection, name service and firewall.",
        )
    return Check("graph", True, f"Meta answers at {host}.")


def public_address(verify_token: str | None) -> Iterator[Check]:
    """Ask our own public address what Meta asks."""
    address = addresses.public_url()
    if address is None:
        yield Check(
            "public_url",
            False,
            "The box has no public address: Meta cannot deliver messages.",
            "Give it with wablast-box setup --public-url https://…",
        )
        return
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        yield Check(
            "public_url",
            False,
            f"{address} is not https; Meta sends only to https.",
            "Put a reverse proxy or tunnel with a certificate in front.",
        )
        return
    yield (
        _verified(address, verify_token)
        if verify_token
        else Check("public_url", None, "There is no verify token yet; Subscribe in the set-up makes one.")
    )


def _verified(address: str, verify_token: str) -> Check:
    challenge = str(random.randbelow(10**9))
    asked = urlencode({"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge})
    url = address + addresses.HOOK_PATH
    try:
        answer = _get(f"{url}?{asked}")
    except httpx.HTTPError as failed:
        return Check(
            "public_url", False, f"{url} cannot be reached ({type(failed).__name__}).", "Start the box; check DNS, certificate and proxy."
        )
    if answer.status_code == 200 and answer.text == challenge:
        return Check("public_url", True, f"{url} reaches this box.")
    return Check(
        "public_url",
        False,
        f"{url} answers {answer.status_code}, but not like this box.",
        "Point the proxy or tunnel at this box's address.",
    )


def _get(url: str) -> httpx.Response:
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=WAIT_S) as client:
        return client.get(url)
