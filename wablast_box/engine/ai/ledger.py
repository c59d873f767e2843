"""The ledger: a call is entered at the most it can come to before it leaves, and settled when it is over.

Entering and looking at the caps is one transaction, so that calls side by side cannot pass a cap together. Who is killed
in between leaves a row that `settle_lost` counts at its most: the provider may have done the work.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.ai.models import AiProvider, AiUsage, CallState
from wablast_box.engine.notifications.alarms import clear_alarm, raise_alarm
from wablast_box.engine.notifications.models import Severity
from wablast_box.engine.settings import store
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import is_postgres, transaction
from wablast_box.lib.errors import Conflict

logger = logging.getLogger(__name__)

ALARM = "ai_spending"
RUPEE = 100 * 1_000_000  # in millionths of a paisa
LOST_AFTER = timedelta(minutes=5)
ANSWERS_KEPT, ROWS_KEPT = timedelta(days=1), timedelta(days=800)
NEARLY = 80  # percent
# SQLite has one writer; PostgreSQL's queue here, so that two calls never look at the same sum.
_LOCK = 0x776278_6169


@dataclass(frozen=True, slots=True)
class Spent:
    """What this month has come to, on its way included. `tokens` are those of calls without a price."""

    micro_paise: int
    tokens: int


def month_began(moment: datetime | None = None) -> datetime:
    """When the month began where the shop is."""
    here = (moment or now()).astimezone(ZoneInfo(str(store.get("time_zone"))))
    return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent() -> Spent:
    """Of this month."""
    rows = sql.run(
        "SELECT COALESCE(sum(cost_micro_paise), 0), COALESCE(sum(CASE WHEN is_priced THEN 0 ELSE tokens_in + tokens_out END), 0)"
        " FROM ai_usage WHERE created_at >= ?",
        (to_ms(month_began()),),
    )
    return Spent(int(rows[0][0]), int(rows[0][1]))


def reserve(provider: AiProvider, *, purpose: str, ref: str, once: str | None, tokens_in: int, tokens_out: int) -> int:
    """Enter a call at its most; its number in the ledger. Raises Conflict when a cap is in its way."""
    cost = cost_of(provider, tokens_in, tokens_out)
    priced = bool(provider.price_in_paise or provider.price_out_paise)
    number = ids.new_id()
    with transaction():
        if is_postgres():
            sql.run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
        so_far = spent()
        passed = _passed(so_far.micro_paise + cost, so_far.tokens + (0 if priced else tokens_in + tokens_out))
        if passed is None:
            AiUsage.insert(
                id=number, provider=provider.id, provider_name=provider.name, model=provider.model, purpose=purpose[:40],
                asked_by=ref.partition("/")[0][:60], ref=ref[:200], once_key=once, state=CallState.ASKED, is_priced=priced,
                tokens_in=tokens_in, tokens_out=tokens_out, cost_micro_paise=cost, created_at=now(),
            ).execute()  # fmt: skip
    if passed is not None:
        _raise_alarm(is_full=True)
        raise Conflict(
            f"This month's cap on AI models is reached ({passed}).",
            code="spend_cap_reached",
            help="Raise it under Settings, AI models. Until then nothing is asked, and flows go on by “failed”.",
        )
    return number


def _passed(micro_paise: int, tokens: int) -> str | None:
    rupees, most = int(store.get("ai_cap_rupees")), int(store.get("ai_cap_tokens"))
    if rupees and micro_paise > rupees * RUPEE:
        return f"₹{rupees:,}"
    return f"{most:,} tokens" if most and tokens > most else None


def cost_of(provider: AiProvider, tokens_in: int, tokens_out: int) -> int:
    """In millionths of a paisa."""
    return int(tokens_in * provider.price_in_paise + tokens_out * provider.price_out_paise)


def settle(number: int, provider: AiProvider, *, tokens_in: int, tokens_out: int, duration_ms: int, answer: Any) -> int:
    """It was answered: what it really came to."""
    cost = cost_of(provider, tokens_in, tokens_out)
    _over(
        number, state=CallState.DONE, tokens_in=tokens_in, tokens_out=tokens_out, cost_micro_paise=cost, duration_ms=duration_ms,
        answer_json=answer,
    )  # fmt: skip
    look_at_spending()
    return cost


def give_back(number: int, why: str, duration_ms: int) -> None:
    """The provider did nothing for us: it costs nothing."""
    _over(number, state=CallState.FAILED, tokens_in=0, tokens_out=0, cost_micro_paise=0, duration_ms=duration_ms, error=why[:200])


def leave_open(number: int, why: str, duration_ms: int) -> None:
    """Nobody knows what the provider did: it stays counted at its most."""
    _over(number, state=CallState.UNCONFIRMED, duration_ms=duration_ms, error=why[:200])
    look_at_spending()


def _over(number: int, **values: Any) -> None:
    with transaction():
        AiUsage.update(**values).where((AiUsage.id == number) & (AiUsage.state == CallState.ASKED)).execute()


def answered_before(once: str) -> Any:
    """What was said to whoever asked with this key before, or None. A call that a crash cut off stays counted at its most."""
    rows = list(AiUsage.select().where(AiUsage.once_key == once).order_by(AiUsage.id.desc()))
    for row in rows:
        if row.state == CallState.DONE and row.answer_json is not None:
            return row.answer_json
        if row.state == CallState.ASKED:
            leave_open(row.id, "The box stopped while this was under way.", 0)
    return None


def settle_lost() -> None:
    """Calls whose worker died are counted at their most."""
    lost = to_ms(now() - LOST_AFTER)
    if not sql.run("SELECT 1 FROM ai_usage WHERE state = 'asked' AND created_at < ? LIMIT 1", (lost,)):
        return
    with transaction():
        sql.run(
            "UPDATE ai_usage SET state = 'unconfirmed', error = ? WHERE state = 'asked' AND created_at < ?",
            ("The box stopped while this was under way.", lost),
        )


def look_at_spending() -> None:
    """Say so when a cap is near or reached, and that it is over when a new month begins or the cap is raised."""
    so_far, rupees, most = spent(), int(store.get("ai_cap_rupees")), int(store.get("ai_cap_tokens"))
    shares = [100 * so_far.micro_paise // (rupees * RUPEE) if rupees else 0, 100 * so_far.tokens // most if most else 0]
    if max(shares) >= NEARLY:
        _raise_alarm(is_full=max(shares) >= 100)
    elif sql.run("SELECT 1 FROM alarm WHERE key = ? AND cleared_at IS NULL", (ALARM,)):
        clear_alarm(ALARM)


def _raise_alarm(*, is_full: bool) -> None:
    if is_full:
        title, severity = "This month's cap on AI models is reached", Severity.CRITICAL
        advice = "Flows that ask a model go on by “failed” until you raise the cap, or until the next month."
    else:
        title, severity = "AI models have used 80 % of this month's cap", Severity.WARNING
        advice = "When it is reached, nothing is asked any more and flows go on by “failed”. See what asked for most."
    raise_alarm(ALARM, severity, title, advice, action_url="/settings/ai")


def prune() -> None:
    """Forget answers after a day and rows after two years."""
    moment = now_ms()
    with transaction():
        sql.run(
            "UPDATE ai_usage SET answer_json = NULL WHERE answer_json IS NOT NULL AND once_key IS NOT NULL AND created_at < ?",
            (moment - int(ANSWERS_KEPT.total_seconds() * 1000),),
        )
        sql.run("DELETE FROM ai_usage WHERE created_at < ?", (moment - int(ROWS_KEPT.total_seconds() * 1000),))
