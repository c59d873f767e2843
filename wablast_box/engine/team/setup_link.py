"""The first door of a fresh box: a token printed by the command that started it, good for 30 minutes and one owner."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.engine.settings import store
from wablast_box.engine.team import throttle, users
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.links import SETUP, find_link, make_link, use_up
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import OneTimeLink
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LIFE = timedelta(minutes=30)


def make_setup_token() -> str:
    """A token for /setup?token=…; the one before stops working. Conflict when the box has an owner."""
    if users.owner_exists():
        raise Conflict("This box has an owner already.", code="already_set_up", help="Sign in instead.")
    return make_link(SETUP, life=LIFE).token


def use_setup_token(
    token: str, *, name: str, email: str, password: str, business_name: str, time_zone: str, visitor: Visitor
) -> tuple[str, Actor]:
    """Make the owner and name the business, all or nothing; a new session token and its actor. Mistakes leave the token usable."""
    link = _find(token, visitor)
    checked_name, checked_email = users.check_name(name), users.check_email(email)
    business = _business(business_name)
    hashed = users.choose_password(password, name=checked_name, email=checked_email, business=business)
    with users.one_at_a_time(), transaction():
        use_up(link)
        store.put("business_name", business)
        store.put("time_zone", time_zone)
        user = users.insert_owner(checked_name, checked_email, hashed)
        OneTimeLink.delete().where(OneTimeLink.purpose == SETUP, OneTimeLink.id != link.id).execute()
    return welcome(user, visitor=visitor)


def _business(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 100:
        raise Invalid("The business needs a name of 1 to 100 characters.", field="business_name")
    return cleaned


def _find(token: str, visitor: Visitor) -> OneTimeLink:
    if users.owner_exists():
        raise Conflict("This box has an owner already.", code="already_set_up", help="Sign in instead.")
    link = find_link(SETUP, token)
    if link is None:
        throttle.count_wrong_token(visitor.address)
        raise NotFound(
            "This set-up link does not work: it was used, replaced, or is older than 30 minutes.",
            help="Start the box again, or run wablast-box setup: a new link is printed.",
            field="token",
        )
    return link
