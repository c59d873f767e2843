"""Where webhooks are forwarded: add, change, switch off and on, try again now, end it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from wablast_box.engine.audit.record import record
from wablast_box.engine.notifications.alarms import clear_alarm
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import Actor, authorize
from wablast_box.engine.webhooks.forward.models import WebhookForward
from wablast_box.engine.webhooks.forward.progress import alarm_key, clear_given_up_alarm
from wablast_box.engine.webhooks.forward.read import find
from wablast_box.engine.webhooks.forward.wire import secret_place
from wablast_box.lib import ids, outbound, sql
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid

MOST = 5
MOST_FIELDS, LEAST_SECRET, MOST_SECRET = 40, 16, 256
NEEDS = "integrations.write"
_FIELD = re.compile(r"[a-z0-9_]{1,64}")


def add_target(url: str, *, fields: Sequence[str] | None, secret: str | None, by: Actor) -> WebhookForward:
    """Forward what comes in from now on."""
    authorize(by, NEEDS)
    number, moment, checked = ids.new_id(), now(), _url(url)
    wanted, sealed = _fields(fields), _sealed(number, secret)
    with transaction():
        if WebhookForward.select().count() >= MOST:
            raise Conflict(f"Webhooks can be forwarded to {MOST} systems at most.", help="End one of them first.")
        WebhookForward.insert(
            id=number, url=checked, is_on=True, fields_json=wanted, sealed_secret=sealed, cursor_id=_newest(), created_at=moment,
            updated_at=moment,
        ).execute()  # fmt: skip
        record("forward.created", by=by, subject=f"forward:{number}", subject_name=urlsplit(checked).hostname)
    return find(number)


def change_target(number: int, changes: Mapping[str, Any], *, by: Actor) -> WebhookForward:
    """Change what is given. An empty secret takes the signature away. Switched on again, it begins with what comes in then."""
    authorize(by, NEEDS)
    before, values = find(number), dict[str, Any]()
    if changes.get("url") is not None:
        values |= {"url": _url(changes["url"]), **_fresh_start()}
    if "fields" in changes:
        values["fields_json"] = _fields(changes["fields"])
    if changes.get("secret") is not None:
        values["sealed_secret"] = _sealed(number, changes["secret"])
    if changes.get("is_on") is not None:
        values["is_on"] = changes["is_on"]
        if changes["is_on"] and not before.is_on:
            values |= {"cursor_id": _newest(), **_fresh_start()}
    with transaction():
        WebhookForward.update(updated_at=now(), **values).where(WebhookForward.id == number).execute()
        if "failures" in values or changes.get("is_on") is False:
            clear_alarm(alarm_key(number))
        record("forward.changed", by=by, subject=f"forward:{number}", subject_name=urlsplit(before.url).hostname, fields=tuple(changes))
    return find(number)


def resume_target(number: int, *, by: Actor) -> WebhookForward:
    """Try at once, whatever happened before."""
    authorize(by, NEEDS)
    before = find(number)
    with transaction():
        WebhookForward.update(**_fresh_start()).where(WebhookForward.id == number).execute()
        clear_alarm(alarm_key(number))
        name = urlsplit(before.url).hostname
        record("forward.changed", by=by, subject=f"forward:{number}", subject_name=name, detail={"resumed": True})
    return find(number)


def delete_target(number: int, *, by: Actor) -> None:
    """End it. What waited for this target goes with it."""
    authorize(by, NEEDS)
    before = find(number)
    with transaction():
        WebhookForward.delete().where(WebhookForward.id == number).execute()
        clear_alarm(alarm_key(number))
        clear_given_up_alarm()
        record("forward.deleted", by=by, subject=f"forward:{number}", subject_name=urlsplit(before.url).hostname)


def _url(url: str) -> str:
    if len(url) > 2000:
        raise Invalid("This address is too long.", field="url")
    try:
        return outbound.checked_target(url.strip())
    except outbound.Refused as refused:
        raise Invalid(
            "The box cannot send to this address.",
            help="It begins with https://, its name is known in the internet, and it leads to no private network and not to this machine. "
            "A server in your own network has to be listed in WABLAST_BOX_INSIDE_ADDRESSES first.",
            field="url",
        ) from refused


def _fields(fields: Sequence[str] | None) -> list[str] | None:
    if fields is None:
        return None
    wanted = sorted({field.strip() for field in fields if field.strip()})
    if not wanted:
        raise Invalid("Choose at least one kind of webhook, or all.", field="fields")
    if len(wanted) > MOST_FIELDS or not all(_FIELD.fullmatch(field) for field in wanted):
        raise Invalid("A field has a name as Meta writes it, for example message_template_status_update.", field="fields")
    return wanted


def _sealed(number: int, secret: str | None) -> bytes | None:
    if not secret:
        return None
    if not LEAST_SECRET <= len(secret) <= MOST_SECRET:
        raise Invalid(f"A secret has from {LEAST_SECRET} to {MOST_SECRET} characters.", field="secret")
    return secrets.seal_text(secret, place=secret_place(number))


def _fresh_start() -> dict[str, Any]:
    return {"failures": 0, "next_try_at": 0, "paused_at": None, "error": None}


def _newest() -> int:
    return int(sql.run("SELECT max(id) FROM webhook_event")[0][0] or 0)
