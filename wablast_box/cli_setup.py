"""`wablast-box setup` and `wablast-box doctor`."""

from __future__ import annotations

import argparse
import sys

from wablast_box.cli_words import FAILED, say
from wablast_box.config import BootConfig
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.ops import addresses, number_checks
from wablast_box.engine.ops import setup as box_setup
from wablast_box.engine.ops.data_folder import read_holder
from wablast_box.engine.ops.doctor import examine
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.engine.ops.opening import borrowed
from wablast_box.engine.ops.owner import set_owner
from wablast_box.engine.settings import secrets, store
from wablast_box.engine.team import users
from wablast_box.engine.team.setup_link import make_setup_token
from wablast_box.lib.errors import Invalid

MARKS = {True: "ok  ", False: "BAD ", None: "?   "}


def setup(config: BootConfig, options: argparse.Namespace) -> int:
    """Store what is given and keep the rest; then say what is still missing."""
    given = _credentials(options)
    password = _password() if options.owner_password_stdin else None
    with borrowed(config.data_dir, database=config.database, graph_url=config.graph_url) as is_running:
        addresses.use_addresses(local=_local(config, is_running), public=config.public_url)
        set_owner(email=options.owner_email, password=password, name=options.owner_name)
        if options.business is not None:
            store.put("business_name", options.business.strip())
        if options.time_zone is not None:
            store.put("time_zone", options.time_zone)
        if given != Credentials() or options.public_url:
            box_setup.store_number(given, public_url=options.public_url, checking=not options.no_check)
        if options.forget_previous_app_secret:
            say("The former app secret counts no more." if secrets.forget_previous_app_secret() else "There was no former app secret.")
        _say_state(config, is_running, checked=given != Credentials() and not options.no_check)
    return 0


def doctor(config: BootConfig) -> int:
    """Name what is broken, and the fix; 1 when something is."""
    is_well = True
    for finding in examine(config):
        say(f"{MARKS[finding.ok]} {finding.title}")
        if finding.help and not (finding.ok and finding.name != "access_token"):
            say(f"      {finding.help}")
        is_well = is_well and finding.ok is not False
    say("" if is_well else "\nThe box is not well: mend what is marked BAD.")
    return 0 if is_well else FAILED


def _say_state(config: BootConfig, is_running: bool, *, checked: bool) -> None:
    say(f"Stored in {config.data_dir}.")
    if checked:
        for check in number_checks.last_checks()[0]:
            _say_check(check)
    if not users.owner_exists():
        say(f"Set it up in the browser within 30 minutes: {addresses.base_url()}/setup?token={make_setup_token()}")
    if not is_running:
        say(f"Start it with: wablast-box serve --data {config.data_dir}")


def _say_check(check: Check) -> None:
    say(f"{MARKS[check.ok]} {check.title}{' ' + check.help if check.help and not check.ok else ''}")


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Invalid("No password came on standard input.", field="owner-password")
    return password


def _credentials(options: argparse.Namespace) -> Credentials:
    names = ("access_token", "phone_number_id", "waba_id", "app_secret", "verify_token")
    for name in ("business", *names):
        # A script whose variable is not set must not hear that all is well.
        if getattr(options, name) is not None and not getattr(options, name).strip():
            flag = name.replace("_", "-")
            raise Invalid(f"--{flag} is empty.", help="Give it a value, or leave it out to keep what is stored.", field=flag)
    return Credentials(**{name: getattr(options, name) or "" for name in names})


def _local(config: BootConfig, is_running: bool) -> str:
    address = read_holder(config.data_dir).get("address") if is_running else None
    return address or f"http://{config.bind}"
