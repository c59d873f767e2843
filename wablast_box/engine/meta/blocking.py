"""Whom WhatsApp keeps from writing to the business: synchronous at Meta, and answered person by person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.errors import GraphError, advice
from wablast_box.lib.errors import Conflict

# What Meta says about one person stands inside this refusal (Cloud API, Block users).
NOT_ALL_WERE = 139100
WINDOW_CLOSED = 131047
IS_A_BUSINESS = 131021


def block(client: GraphClient, phone_number_id: str, user: str) -> None:
    """`user`: a phone number with plus, or a user id. Raises what Meta says of this person, in words that help."""
    _ask(lambda body: client.post(f"{phone_number_id}/block_users", body), user)


def unblock(client: GraphClient, phone_number_id: str, user: str) -> None:
    """The way back."""
    _ask(lambda body: client.delete(f"{phone_number_id}/block_users", body), user)


def _ask(call: Any, user: str) -> None:
    body = {"messaging_product": "whatsapp", "block_users": [{"user": user}]}
    try:
        failed = _failure(call(body))
    except GraphError as refused:
        failed = _failure(refused.answer)
        if failed is None:
            raise
    if failed is not None:
        raise _refusal(failed)


def _failure(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first error of the only person that was asked for."""
    found = answer.get("block_users")
    people = found.get("failed_users") if isinstance(found, dict) else None
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else None
    if first is None:
        return None
    errors = first.get("errors")
    error = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return error or {"message": "Meta did not say why."}


def _refusal(error: Mapping[str, Any]) -> Conflict:
    code = error.get("code")
    number = int(code) if isinstance(code, int | str) and str(code).isdigit() else None
    if number == WINDOW_CLOSED:
        return Conflict(
            "WhatsApp blocks only people who wrote within the last 24 hours.",
            code="block_window_closed",
            help="Wait until they write again. Until then nothing needs to be sent to them.",
        )
    if number == IS_A_BUSINESS:
        return Conflict("WhatsApp does not block businesses.", code="block_business", help="Resolve the conversation instead.")
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    known = advice(number)
    said = details or error.get("message") or known.title
    return Conflict(f"WhatsApp refused this: {str(said)[:300]}", code=f"meta_{number}" if number else "block_refused", help=known.advice)
