"""Ask Meta about each credential, and keep the answers for exactly the credentials that were asked about."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from wablast_box.engine.meta import checks
from wablast_box.engine.meta.checks import Check
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.connection import client_for, graph_url
from wablast_box.engine.ops.addresses import webhook_url
from wablast_box.engine.settings import secrets, store
from wablast_box.lib.clock import from_ms, now_ms

TITLES = {
    "access_token": "Access token",
    "phone_number_id": "Phone number id",
    "waba_id": "WhatsApp Business account id",
    "app_secret": "App secret",
    "subscription": "Webhook subscription",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What connects a number; empty is not given."""

    access_token: str = ""
    phone_number_id: str = ""
    waba_id: str = ""
    app_secret: str = ""
    verify_token: str = ""

    def fingerprint(self) -> str:
        """Changes with anything that a check depends on, except the address that is subscribed."""
        return secrets.keyed_digest("\0".join((self.access_token, self.phone_number_id, self.waba_id, self.app_secret, graph_url())))


def stored() -> Credentials:
    """What is stored now."""
    found = {name: secrets.read_secret(name) or "" for name in ("access_token", "app_secret", "verify_token")}
    return Credentials(phone_number_id=store.get("phone_number_id"), waba_id=store.get("waba_id"), **found)


def run_checks(given: Credentials) -> list[Check]:
    """Every check whose credentials are there, in the order of entering them. Asks Meta: never inside a transaction."""
    if not given.access_token:
        return [_missing(name) for name in TITLES]
    client = client_for(given.access_token)
    try:
        return _asked(client, given)
    finally:
        client.close()


def keep_checks(given: Credentials, found: list[Check]) -> None:
    """Keep the answers, over a restart too, until something that they depend on changes."""
    kept = {"for": given.fingerprint(), "webhook_url": webhook_url(), "at": now_ms(), "checks": [asdict(one) for one in found]}
    store.put("last_checks", kept)


def last_checks() -> tuple[list[Check], datetime | None]:
    """The last answers and when they were given when nothing changed since, else that nothing was asked yet."""
    current, kept = stored(), store.get("last_checks")
    if kept is None or not current.access_token or kept["for"] != current.fingerprint():
        return [_unasked(current, name) for name in TITLES], None
    found = [Check(**one) for one in kept["checks"]]
    if kept["webhook_url"] != webhook_url():
        # Meta was asked about another address; the rest does not depend on it.
        found = [_unasked(current, one.name) if one.name == "subscription" else one for one in found]
    return found, from_ms(kept["at"])


def _asked(client: GraphClient, given: Credentials) -> list[Check]:
    found = [checks.check_token(client)]
    number, waba, secret = given.phone_number_id, given.waba_id, given.app_secret
    found.append(checks.check_number(client, number) if number else _missing("phone_number_id"))
    known = number if found[-1].ok is not False else None
    found.append(checks.check_waba(client, waba, known) if waba and number else _missing("waba_id"))
    asked_secret = secret and number
    found.append(
        checks.check_app_secret(client, number, app_secret=secret, token=given.access_token) if asked_secret else _missing("app_secret")
    )
    found.append(
        checks.check_subscription(client, waba, number, webhook_url=webhook_url()) if waba and number else _missing("subscription")
    )
    found = [replace(one, title=f"{TITLES[one.name]}: {one.title}") if one.ok is None and one.help else one for one in found]
    if found[0].ok is False:
        # With a dead token Meta refuses everything: only the token is to blame.
        return [
            found[0],
            *(replace(one, ok=None, title=f"{TITLES[one.name]}: needs a working access token first.", help=None) for one in found[1:]),
        ]
    return found


def _is_given(credentials: Credentials, name: str) -> bool:
    if name == "subscription":
        return bool(credentials.access_token and credentials.waba_id and credentials.phone_number_id)
    return bool(getattr(credentials, name))


def _unasked(credentials: Credentials, name: str) -> Check:
    return Check(name, None, f"{TITLES[name]}: not checked yet.") if _is_given(credentials, name) else _missing(name)


def _missing(name: str) -> Check:
    return Check(name, None, f"{TITLES[name]}: not entered yet." if name != "subscription" else "Webhook subscription: not made yet.")
