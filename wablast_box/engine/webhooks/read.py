"""The raw log of webhooks, for those who look after the box. Bodies are shown with names, numbers and texts masked."""

from __future__ import annotations

import re
from typing import Any

import orjson

from wablast_box.engine.webhooks.models import WebhookEvent, WebhookState
from wablast_box.lib.clock import iso
from wablast_box.lib.errors import Invalid, NotFound
from wablast_box.lib.paging import Page, PageRequest, cut

_SHOWN_BODY = 64 * 1024
_PRIVATE = frozenset(
    {"body", "caption", "name", "formatted_name", "first_name", "last_name", "title", "username", "text", "url", "email", "phone"}
)
_DIGITS = re.compile(r"\d{7,15}")


def events_page(state: str | None, request: PageRequest) -> Page[dict[str, Any]]:
    """Newest first, one state if asked."""
    rows = WebhookEvent.select().order_by(WebhookEvent.id.desc()).limit(request.limit + 1)
    if state:
        if state not in list(WebhookState):
            raise Invalid(f"state can be {', '.join(WebhookState)}.", field="state")
        rows = rows.where(WebhookEvent.state == state)
    if request.after is not None:
        rows = rows.where(WebhookEvent.id < request.after)
    page = cut(list(rows), request, lambda row: int(row.id))
    return Page([event_view(row) for row in page.items], page.next_cursor)


def event(number: int) -> dict[str, Any]:
    """One webhook with its masked body."""
    row = find(number)
    return {**event_view(row), "body": masked(bytes(row.body))}


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
