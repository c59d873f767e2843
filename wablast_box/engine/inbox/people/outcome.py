"""What two rows become when they are one person: decided here, shown before and done by the same rules.

What staff wrote is worth more than what a profile says, the one that stays more than the one that goes, and where the customer
wrote last is where they are answered. Nobody who stopped marketing begins to get it by this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.lib import sql

_COLUMNS = (
    "id", "wa_id", "user_id", "phone", "name", "username", "marketing_opted_out_at", "created_at", "profile_name", "named_at",
    "language", "language_by", "blocked_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and its conversation."""

    id: int
    wa_id: str | None
    user_id: str | None
    phone: str | None
    name: str | None
    username: str | None
    marketing_opted_out_at: int | None
    created_at: int
    profile_name: str | None
    named_at: int | None
    language: str | None
    language_by: str | None
    blocked_at: int | None
    conversation_id: int | None
    last_inbound_at: int | None
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The columns of the one that stays, and the account that is no longer the main one."""

    columns: dict[str, Any]
    other_account: tuple[str | None, str | None]


def sides(numbers: tuple[int, int]) -> dict[int, Side]:
    """Those of the two that are there."""
    where, params = sql.among("ct.id", list(numbers))
    columns = ", ".join(f"ct.{name}" for name in _COLUMNS)
    rows = sql.run(
        f"SELECT {columns}, c.id, c.last_inbound_at, c.assignee_id FROM contact ct LEFT JOIN conversation c ON c.contact_id = ct.id"
        f" WHERE {where}",
        params,
    )
    return {row[0]: Side(*row) for row in rows}


def outcome(kept: Side, gone: Side, *, main: Side | None = None) -> Outcome:
    """What stays. `main`: whose number and user id lead, where Meta says so; else who wrote last."""
    wa_id, user_id, other = _account(kept, gone, main)
    name = _name(kept, gone)
    spoken = kept if kept.language else gone
    opted_out = [moment for moment in (kept.marketing_opted_out_at, gone.marketing_opted_out_at) if moment]
    blocked = [moment for moment in (kept.blocked_at, gone.blocked_at) if moment]
    return Outcome(
        {
            "wa_id": wa_id,
            "user_id": user_id,
            "phone": next((side.phone for side in (kept, gone) if wa_id and side.wa_id == wa_id), f"+{wa_id}" if wa_id else None),
            "name": name.name,
            "named_at": name.named_at,
            "profile_name": name.profile_name or (gone if name is kept else kept).profile_name if name.named_at else None,
            "username": kept.username or gone.username,
            "language": spoken.language,
            "language_by": spoken.language_by,
            "marketing_opted_out_at": min(opted_out) if opted_out else None,
            "blocked_at": min(blocked) if blocked else None,
            "created_at": min(kept.created_at, gone.created_at),
        },
        other,
    )


def _account(kept: Side, gone: Side, main: Side | None) -> tuple[str | None, str | None, tuple[str | None, str | None]]:
    clash = any(mine and theirs and mine != theirs for mine, theirs in ((kept.wa_id, gone.wa_id), (kept.user_id, gone.user_id)))
    if not clash:
        return kept.wa_id or gone.wa_id, kept.user_id or gone.user_id, (None, None)
    leads = main or max((kept, gone), key=lambda side: side.last_inbound_at or 0)
    follows = gone if leads is kept else kept
    return leads.wa_id, leads.user_id, (follows.wa_id, follows.user_id)


def _name(kept: Side, gone: Side) -> Side:
    if kept.named_at or not gone.named_at:
        return kept if kept.name or not gone.name else gone
    return gone
