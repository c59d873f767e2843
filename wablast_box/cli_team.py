"""`wablast-box api-key` and `wablast-box user`: beside the running box, or while it is stopped."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from wablast_box.cli_words import columns, say
from wablast_box.config import BootConfig
from wablast_box.engine.ops import addresses
from wablast_box.engine.ops.data_folder import read_holder
from wablast_box.engine.ops.opening import borrowed
from wablast_box.engine.team import api_keys, links, users
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.engine.team.mfa import factors
from wablast_box.engine.team.models import User
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import iso
from wablast_box.lib.errors import Invalid, NotFound

Action = Callable[[argparse.Namespace], None]


def with_box(config: BootConfig, action: Action, options: argparse.Namespace) -> int:
    """Open the data folder for one action."""
    with borrowed(config.data_dir, database=config.database, graph_url=config.graph_url):
        address = read_holder(config.data_dir).get("address") or f"http://{config.bind}"
        addresses.use_addresses(local=address, public=config.public_url)
        action(options)
    return 0


def _create_key(options: argparse.Namespace) -> None:
    _, text = api_keys.create_api_key(options.name, _role(options.role), by=SYSTEM)
    say(text)


def _list_keys(_: argparse.Namespace) -> None:
    keys = api_keys.list_api_keys(by=SYSTEM, limit=api_keys.MOST_KEYS)
    rows = [(str(key.id), key.prefix + "…", key.role, key.name, iso(key.last_used_at) or "never used") for key in keys]
    columns([("ID", "KEY", "ROLE", "NAME", "LAST USED"), *rows])


def _revoke_key(options: argparse.Namespace) -> None:
    keys = api_keys.list_api_keys(by=SYSTEM, limit=api_keys.MOST_KEYS)
    found = [key for key in keys if options.id == str(key.id) or (len(options.id) >= 8 and key.prefix.startswith(options.id.rstrip("…")))]
    if len(found) != 1:
        raise NotFound("There is no such key." if not found else "Several keys begin like that.", help="See wablast-box api-key list.")
    api_keys.revoke_api_key(found[0].id, by=SYSTEM)
    say(f"Revoked {found[0].name}.")


def _add_user(options: argparse.Namespace) -> None:
    user = users.add_user(name=options.name, email=options.email, role=_role(options.role), by=SYSTEM)
    _say_link(user)


def _list_users(_: argparse.Namespace) -> None:
    rows = [
        (str(user.id), user.email, user.role, user.name, "disabled" if user.disabled_at else iso(user.last_seen_at) or "never seen")
        for user in users.list_users(limit=1000)
    ]
    columns([("ID", "E-MAIL", "ROLE", "NAME", "LAST SEEN"), *rows])


def _password_link(options: argparse.Namespace) -> None:
    _say_link(_user(options.email))


def _disable(options: argparse.Namespace) -> None:
    user = users.change_user(_user(options.email).id, by=SYSTEM, disabled=True)
    say(f"Disabled {user.email}.")


def _reset_mfa(options: argparse.Namespace) -> None:
    user = _user(options.email)
    had = factors.take_away(user, by=SYSTEM)
    say(f"{user.email} signs in with the password alone now." if had else f"{user.email} had no second factor. Signed out everywhere.")


def _say_link(user: User) -> None:
    link = links.make_password_link(user.id, by=SYSTEM)
    say(f"{addresses.base_url()}/password?token={link.token}")


def _user(email: str) -> User:
    found = users.find_by_email(email)
    if found is None:
        raise NotFound(f"Nobody has the e-mail {email}.", help="See wablast-box user list.")
    return found


def _role(text: str) -> Role:
    if text.upper() not in Role.__members__:
        raise Invalid(f"“{text}” is not a role.", help=f"Roles are {', '.join(Role)}.", field="role")
    return Role(text.upper())


API_KEY_ACTIONS: Mapping[str, Action] = {"create": _create_key, "list": _list_keys, "revoke": _revoke_key}
USER_ACTIONS: Mapping[str, Action] = {
    "add": _add_user,
    "list": _list_users,
    "password-link": _password_link,
    "disable": _disable,
    "reset-mfa": _reset_mfa,
}
