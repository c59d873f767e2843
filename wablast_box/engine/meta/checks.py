"""Is each credential right? One question to Meta per credential, so that set-up and doctor can name the one that is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from wablast_box.engine.meta.client import GraphClient, appsecret_proof
from wablast_box.engine.meta.errors import GraphError, TokenExpired
from wablast_box.engine.meta.number import fetch_number, fetch_subscription, list_number_ids
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Upstream

NEEDED = ("whatsapp_business_messaging", "whatsapp_business_management")
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Check:
    """`ok` None: it could not be found out. `title` says what is so, `help` what to do."""

    name: str
    ok: bool | None
    title: str
    help: str | None = None


def check_token(client: GraphClient) -> Check:
    """Alive, with the permissions we need, and for how long."""
    name = "access_token"
    try:
        found = client.inspect_token().get("data")
    except TokenExpired as dead:
        return Check(name, False, "Meta does not accept the access token.", dead.help)
    except Upstream as failed:
        return _unknown(name, failed)
    facts = found if isinstance(found, dict) else {}
    if facts.get("is_valid") is False:
        return Check(name, False, "The access token is not valid any more.", "Create a new one in Meta Business Settings and enter it.")
    scopes = facts.get("scopes")
    missing = [scope for scope in NEEDED if scope not in scopes] if isinstance(scopes, list) else []
    if missing:
        return Check(name, False, f"The access token lacks {' and '.join(missing)}.", "Create a token with both permissions.")
    return _lasting(name, facts.get("expires_at"))


def check_number(client: GraphClient, phone_number_id: str) -> Check:
    name = "phone_number_id"
    try:
        facts = fetch_number(client, phone_number_id)
    except Upstream as failed:
        return _refused(
            name, failed, "No number with this id, or the token may not see it.", "Copy the phone number id from WhatsApp → API Setup."
        )
    shown = " ".join(part for part in (facts.display_phone_number, facts.verified_name) if part)
    return Check(name, True, f"This is {shown}." if shown else "Meta knows this number.")


def check_waba(client: GraphClient, waba_id: str, phone_number_id: str | None) -> Check:
    """The account exists, and the number belongs to it. None: nothing can belong to anything, the number's id is wrong itself."""
    name = "waba_id"
    try:
        ids = list_number_ids(client, waba_id)
    except Upstream as failed:
        return _refused(
            name, failed, "No WhatsApp account with this id, or the token may not see it.", "Copy the WhatsApp Business Account id."
        )
    if phone_number_id is None:
        return Check(name, True, "Meta knows this account.")
    if phone_number_id not in ids:
        return Check(
            name, False, "The number does not belong to this account.", "Enter the account and the number from the same page of Meta's."
        )
    return Check(name, True, "The number belongs to this account.")


def check_app_secret(client: GraphClient, phone_number_id: str, *, app_secret: str, token: str) -> Check:
    """Meta refuses a proof that was made with another secret."""
    name = "app_secret"
    try:
        client.get(phone_number_id, fields="id", appsecret_proof=appsecret_proof(app_secret, token))
    except GraphError as refused:
        if refused.meta_code is not None and "appsecret_proof" in f"{refused.title} {refused.details}":
            return Check(
                name, False, "The app secret does not belong to this token's app.", "Copy it from the app's page: App settings → Basic."
            )
        return _unknown(name, refused)
    return Check(name, True, "The app secret fits the token.")


def check_subscription(client: GraphClient, waba_id: str, phone_number_id: str, *, webhook_url: str | None) -> Check:
    """Does Meta send this number's news, and to us?"""
    name = "subscription"
    try:
        found = fetch_subscription(client, waba_id, phone_number_id)
    except Upstream as failed:
        return _unknown(name, failed)
    if not found.is_subscribed:
        return Check(name, False, "Meta does not send this account's messages to any app.", "Press Subscribe.")
    if webhook_url and found.callback_url and found.callback_url.rstrip("/") != webhook_url.rstrip("/"):
        return Check(name, False, f"Meta sends to {found.callback_url}, not to this box.", "Press Subscribe to have them sent here.")
    if webhook_url and not found.callback_url:
        return Check(name, None, "Meta sends to the app's own address, which it does not tell.", f"It should be {webhook_url}.")
    return Check(name, True, "Meta sends new messages here.")


def _lasting(name: str, expires_at: object) -> Check:
    if not isinstance(expires_at, int) or expires_at <= 0:
        return Check(name, True, "The access token works and does not expire.")
    left = datetime.fromtimestamp(min(expires_at, 4_102_444_800), UTC) - now()
    if left.days < SOON_DAYS:
        return Check(
            name,
            True,
            f"The access token works, but only for {max(left.days, 0)} more days.",
            "Create one for a system user: it does not expire.",
        )
    return Check(name, True, f"The access token works for {left.days} more days.")


def _refused(name: str, failed: Upstream, title: str, help: str) -> Check:
    if isinstance(failed, GraphError) and failed.meta_code in (3, 10, 33, 100, 131005, *range(200, 300)):
        return Check(name, False, title, help)
    return _unknown(name, failed)


def _unknown(name: str, failed: Upstream) -> Check:
    return Check(name, None, f"It could not be checked: {failed.message}", failed.help)
