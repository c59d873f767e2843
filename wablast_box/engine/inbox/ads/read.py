"""Who came by which advertisement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.paging import Page, PageRequest, cut

_NAMES = ("message_id", "conversation_id", "source_type", "source_id", "source_url", "headline", "body", "media_type", "ctwa_clid", "at")
_SELECT = f"SELECT {', '.join(f'r.{name}' for name in _NAMES)} FROM ad_referral r JOIN conversation c ON c.id = r.conversation_id WHERE "


@dataclass(frozen=True, slots=True)
class ReferralQuery:
    """Which referrals: of one advertisement, one click or one conversation; None asks for all."""

    source_id: str | None = None
    ctwa_clid: str | None = None
    conversation_id: int | None = None


def referrals_page(viewer: Viewer, query: ReferralQuery, request: PageRequest) -> Page[dict[str, Any]]:
    """Newest first."""
    seen, params = viewer.condition()
    conditions, values = [seen], list[Any](params)
    for column in ("source_id", "ctwa_clid", "conversation_id"):
        wanted = getattr(query, column)
        if wanted is not None:
            conditions.append(f"r.{column} = ?")
            values.append(wanted)
    if request.after is not None:
        conditions.append("r.message_id < ?")
        values.append(request.after)
    rows = sql.run(f"{_SELECT}{' AND '.join(conditions)} ORDER BY r.message_id DESC LIMIT {request.limit + 1}", values)
    page = cut(rows, request, lambda row: int(row[0]))
    return Page([_view(row) for row in page.items], page.next_cursor)


def _view(row: tuple[Any, ...]) -> dict[str, Any]:
    view = dict(zip(_NAMES, row, strict=True))
    return view | {"message_id": str(view["message_id"]), "conversation_id": str(view["conversation_id"]), "at": iso(from_ms(view["at"]))}
