"""The raw log of webhooks, for those who look after the box."""

from __future__ import annotations

import re
from typing import Any

import orjson

from wablast_box.engine.team.actors import Actor
from wablast_box.engine.webhooks.log import Asked, look
from wablast_box.engine.webhooks.models import WebhookEvent
from wablast_box.lib.clock import iso
from wablast_box.lib.errors import Denied, NotFound
from wablast_box.lib.paging import PageRequest

_SHOWN_BODY = 256 * 1024
_PRIVATE = frozenset(
    {"body", "caption", "name", "formatted_name", "first_name", "last_name", "title", "username", "text", "url", "email", "phone"}
)
_DIGITS = re.compile(r"\d{7,15}")


def events_page(asked: Asked, request: PageRequest, *, by: Actor) -> dict[str, Any]:
    """Newest first. What stands in bodies is looked for only for those who may read them."""
    if asked.contains and not sees_bodies(by):
        raise Denied("Your role hides what customers write and their numbers, so you cannot look for it.")
    found = look(asked, request)
    return {
        "items": [event_view(row) for row in found.rows],
        "next_cursor": found.next_cursor,
        "looked_back_to": iso(found.looked_back_to),
    }


def event(number: int, *, by: Actor) -> dict[str, Any]:
    """One webhook with its body: as Meta sent it for those who see every conversation and every number, masked for others."""
    row = find(number)
    raw, open_to = bytes(row.body), sees_bodies(by)
    body = raw[:_SHOWN_BODY].decode("utf-8", "replace") if open_to else masked(raw)
    return {**event_view(row), "body": body, "is_masked": not open_to, "is_cut": len(raw) > _SHOWN_BODY}


def sees_bodies(by: Actor) -> bool:
    """May this actor read what any customer wrote, with their numbers?"""
    return by.sees_all_conversations and by.sees_personal_data and not by.hides_numbers


def find(number: int) -> WebhookEvent:
    """The row, or NotFound."""
    row = WebhookEvent.get_or_none(WebhookEvent.id == number)
    if row is None:
        raise NotFound("There is no such webhook event.", help="Raw webhooks are kept for a limited time.")
    return row


def event_view(row: WebhookEvent) -> dict[str, Any]:
    """One line of the raw log."""
    problems = row.problems_json or []
    return {
        "id": str(row.id),
        "source": row.source,
        "state": row.state,
        "summary": row.summary,
        "attempts": row.attempts,
        "error": "; ".join(f"{p['path']}: {p['reason']}" if p["path"] else p["reason"] for p in problems) or None,
        "size": len(row.body),
        "received_at": iso(row.received_at),
        "processed_at": iso(row.processed_at),
    }


def masked(body: bytes) -> str:
    """The body as text with what belongs to people hidden."""
    try:
        return orjson.dumps(_mask(orjson.loads(body)), option=orjson.OPT_INDENT_2).decode()[:_SHOWN_BODY]
    except (orjson.JSONDecodeError, RecursionError, TypeError):
        return _DIGITS.sub(_mask_number, body[:_SHOWN_BODY].decode("utf-8", "replace"))


def _mask(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _mask(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_mask(inner, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in _PRIVATE:
        return f"({len(value)} characters)"
    return _DIGITS.sub(_mask_number, value) if key in ("from", "to", "wa_id", "recipient_id", "input") else value


def _mask_number(found: re.Match[str]) -> str:
    return "•" * (len(found.group()) - 3) + found.group()[-3:]
