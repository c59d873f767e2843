"""What models cost, as the screens show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wablast_box.engine.ai.ledger import month_began
from wablast_box.engine.ai.models import AiUsage
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import to_ms
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import Page, PageRequest, cut

MOST_GROUPS = 100
_SUMS = "count(*), sum(tokens_in), sum(tokens_out), sum(cost_micro_paise)"


@dataclass(frozen=True, slots=True)
class Group:
    """What one provider, flow or purpose came to."""

    name: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_micro_paise: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month where the shop is; `key` is 2026-11."""

    key: str
    whole: Group
    unpriced_tokens: int
    by_provider: Sequence[Group]
    by_asker: Sequence[Group]  # flow:ID, user:ID
    cap_rupees: int
    cap_tokens: int


def month(key: str | None = None) -> Month:
    """What a month came to; without a key this one. Raises Invalid."""
    began, ended = _span(key)
    params = (to_ms(began), to_ms(ended))
    sums = sql.run(f"SELECT {_SUMS} FROM ai_usage WHERE created_at >= ? AND created_at < ?", params)[0]  # noqa: S608
    unpriced = sql.run(
        "SELECT COALESCE(sum(tokens_in + tokens_out), 0) FROM ai_usage WHERE created_at >= ? AND created_at < ? AND NOT is_priced", params
    )
    return Month(
        f"{began:%Y-%m}", _group("", *sums), int(unpriced[0][0]), _groups("provider_name", params), _groups("asked_by", params),
        int(store.get("ai_cap_rupees")), int(store.get("ai_cap_tokens")),
    )  # fmt: skip


def calls(request: PageRequest) -> Page[AiUsage]:
    """Every call, the newest first."""
    query = AiUsage.select().order_by(AiUsage.id.desc()).limit(request.limit + 1)
    if request.after is not None:
        query = query.where(AiUsage.id < request.after)
    return cut(list(query), request, lambda row: int(row.id))


def _span(key: str | None) -> tuple[datetime, datetime]:
    began = month_began()
    if key is not None:
        try:
            began = began.replace(year=int(key[:4]), month=int(key[5:7]))
        except ValueError:
            began = began.replace(year=1)
        if f"{began:%Y-%m}" != key or not 2000 <= began.year < 3000:
            raise Invalid("A month is written as 2026-11.", field="month")
    later = began.month == 12
    return began, began.replace(year=began.year + later, month=1 if later else began.month + 1)


def _groups(column: str, params: tuple[int, int]) -> list[Group]:
    rows = sql.run(
        f"SELECT {column}, {_SUMS} FROM ai_usage WHERE created_at >= ? AND created_at < ? GROUP BY {column}"  # noqa: S608
        f" ORDER BY sum(cost_micro_paise) DESC, sum(tokens_in + tokens_out) DESC LIMIT {MOST_GROUPS}",
        params,
    )
    return [_group(*row) for row in rows]


def _group(name: Any, count: Any, tokens_in: Any, tokens_out: Any, cost: Any) -> Group:
    return Group(str(name or ""), int(count or 0), int(tokens_in or 0), int(tokens_out or 0), int(cost or 0))
