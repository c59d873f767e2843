"""The number at Meta: its facts, its profile, its registration, and where Meta sends its news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.meta.client import GraphClient

FIELDS = ",".join(
    """id display_phone_number verified_name quality_rating name_status status throughput platform_type account_mode
    code_verification_status is_on_biz_app whatsapp_business_manager_messaging_limit""".split()
)
PROFILE_FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


@dataclass(frozen=True, slots=True)
class NumberFacts:
    phone_number_id: str
    display_phone_number: str | None
    verified_name: str | None
    quality_rating: str | None
    messaging_limit: str | None
    name_status: str | None
    status: str | None
    throughput: str | None
    platform_type: str | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """`callback_url` is where Meta sends this number's news, if it says: number before account before app."""

    is_subscribed: bool
    callback_url: str | None


def fetch_number(client: GraphClient, phone_number_id: str) -> NumberFacts:
    found = client.get(phone_number_id, fields=FIELDS)
    throughput = found.get("throughput")
    return NumberFacts(
        phone_number_id=phone_number_id,
        display_phone_number=_text(found.get("display_phone_number")),
        verified_name=_text(found.get("verified_name")),
        quality_rating=_text(found.get("quality_rating")),
        messaging_limit=_text(found.get("whatsapp_business_manager_messaging_limit")),
        name_status=_text(found.get("name_status")),
        status=_text(found.get("status")),
        throughput=_text(throughput.get("level")) if isinstance(throughput, dict) else _text(throughput),
        platform_type=_text(found.get("platform_type")),
    )


def list_number_ids(client: GraphClient, waba_id: str) -> list[str]:
    """The ids of the account's numbers."""
    rows = client.get(f"{waba_id}/phone_numbers", fields="id", limit="100").get("data")
    return [str(row["id"]) for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []


def register(client: GraphClient, phone_number_id: str, pin: str) -> None:
    """Sets the two-step PIN, or must match the one that is set. Meta allows ten times in 72 hours."""
    client.post(f"{phone_number_id}/register", {"messaging_product": "whatsapp", "pin": pin})


def fetch_profile(client: GraphClient, phone_number_id: str) -> dict[str, Any]:
    rows = client.get(f"{phone_number_id}/whatsapp_business_profile", fields=PROFILE_FIELDS).get("data")
    found = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    # Meta's own examples show it in two shapes.
    inner = found.get("business_profile")
    return inner if isinstance(inner, dict) else found


def update_profile(client: GraphClient, phone_number_id: str, changes: Mapping[str, Any]) -> None:
    client.post(f"{phone_number_id}/whatsapp_business_profile", {"messaging_product": "whatsapp"} | dict(changes))


def subscribe(client: GraphClient, waba_id: str, *, callback_url: str | None = None, verify_token: str | None = None) -> None:
    """Have Meta send this account's news to our app; with an address of its own Meta calls it at once to verify it."""
    body = {"override_callback_uri": callback_url, "verify_token": verify_token} if callback_url and verify_token else {}
    client.post(f"{waba_id}/subscribed_apps", body)


def unsubscribe(client: GraphClient, waba_id: str) -> None:
    client.delete(f"{waba_id}/subscribed_apps")


def fetch_subscription(client: GraphClient, waba_id: str, phone_number_id: str) -> Subscription:
    rows = client.get(f"{waba_id}/subscribed_apps").get("data")
    apps = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    override = next((url for app in apps if (url := _text(app.get("override_callback_uri")))), None)
    found = client.get(phone_number_id, fields="webhook_configuration").get("webhook_configuration")
    places = found if isinstance(found, dict) else {}
    levels = (places.get("phone_number"), override, places.get("whatsapp_business_account"), places.get("application"))
    return Subscription(bool(apps), next((url for level in levels if (url := _text(level))), None))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
