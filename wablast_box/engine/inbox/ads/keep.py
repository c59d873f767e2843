"""Keep which advertisement brought a customer, in columns that can be asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wablast_box.lib import sql

_COLUMNS = ("source_type", "source_id", "source_url", "headline", "body", "media_type", "ctwa_clid")
_PLACES = ", ".join("?" * (len(_COLUMNS) + 3))
_INSERT = f"INSERT INTO ad_referral (message_id, conversation_id, at, {', '.join(_COLUMNS)}) VALUES ({_PLACES})"


@dataclass(frozen=True, slots=True)
class Brought:
    """A message that came by an advertisement, and Meta's object about it."""

    message_id: int
    conversation_id: int
    at: int
    referral: Mapping[str, Any]


def keep_referrals(brought: Sequence[Brought]) -> None:
    """One row each, in the caller's transaction."""
    sql.run_many(_INSERT, [_row(one) for one in brought])


def _row(one: Brought) -> tuple[Any, ...]:
    return (one.message_id, one.conversation_id, one.at, *(_text(one.referral.get(column)) for column in _COLUMNS))


def _text(value: Any) -> str | None:
    """Ids come as text and as numbers; anything else is not what its name says."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None
