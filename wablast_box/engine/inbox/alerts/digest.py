"""E-mail to those who are away: what waits for them. Once a period, whatever crashes in between.

A period begins when somebody has been away for as long as they chose, and every four hours after that while they stay away.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wablast_box.engine.inbox.alerts.audience import Listener, listeners
from wablast_box.engine.inbox.alerts.news import Chat, chats_of
from wablast_box.engine.notifications import links
from wablast_box.engine.notifications.email import account
from wablast_box.engine.notifications.email.addresses import one_line
from wablast_box.engine.notifications.email.queue import queue_email
from wablast_box.engine.notifications.presence import present_users
from wablast_box.engine.notifications.push.models import AlertPreference, Digest
from wablast_box.engine.settings import store
from wablast_box.engine.team.models import User
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, now, to_ms
from wablast_box.lib.db import transaction

logger = logging.getLogger(__name__)

PERIOD = timedelta(hours=4)
MOST_LINES, MOST_WAITING = 10, 500
# Seen a minute ago is here: the mark is not written each time.
NOTE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that nobody has read, and what was last written in it."""

    chat: Chat
    received_at: datetime
    text: str | None


def send_digests() -> int:
    """Queue a digest for everybody whose time has come; how many."""
    if not account.is_set_up():
        return 0
    wanting = {row.user_id: row for row in AlertPreference.select().where(AlertPreference.digest_after_min.is_null(False))}
    here = present_users() & wanting.keys()
    _note_present([wanting[number] for number in here])
    return sum(_digest(listener) for listener in listeners([number for number in wanting if number not in here], now()))


def _note_present(rows: list[AlertPreference]) -> None:
    moment = now()
    for row in rows:
        if row.present_at is None or moment - row.present_at >= NOTE_EVERY:
            with transaction():
                AlertPreference.update(present_at=moment).where(AlertPreference.user == row.user_id).execute()


def _digest(listener: Listener) -> bool:
    user = User.get_by_id(listener.id)
    away_since = max(moment for moment in (user.created_at, user.last_seen_at, listener.wants.present_at) if moment is not None)
    period = _period(away_since, timedelta(minutes=listener.wants.digest_after_min or 0))
    if period is None or Digest.get_or_none(Digest.user == user.id, Digest.period_at == period) is not None:
        return False
    waiting = _waiting(listener)
    former = Digest.select(Digest.created_at).where(Digest.user == user.id).order_by(Digest.created_at.desc()).first()
    since = max(away_since, former.created_at) if former is not None else away_since
    # What was there before they went, they have seen; what the last digest told, too.
    if not any(one.received_at > since for one in waiting):
        return False
    with transaction():
        number = queue_email(user.email, _subject(waiting), _text(listener, waiting), kind="digest", life=PERIOD)
        Digest.insert(user=user.id, period_at=period, email_id=number, created_at=now()).execute()
    logger.info("a digest was queued", extra={"user": user.id, "conversations": len(waiting)})
    return True


def _period(away_since: datetime, after: timedelta) -> datetime | None:
    """The beginning of the period we are in, or None before the first."""
    first = away_since + after
    return None if now() < first else first + ((now() - first) // PERIOD) * PERIOD


def _waiting(listener: Listener) -> list[Waiting]:
    """Unread conversations of this person, the one that was written to last first."""
    rows = sql.run(
        "SELECT c.id, m.created_at, m.text FROM conversation c JOIN message m ON m.id = c.last_inbound_id"
        " WHERE c.last_inbound_id > c.read_up_to_id AND c.state = 'open' AND (c.assignee_id IS NULL OR c.assignee_id = ?)"
        " ORDER BY c.sort_id DESC LIMIT ?",
        (listener.id, MOST_WAITING),
    )
    chats = {chat.id: chat for chat in chats_of([row[0] for row in rows])}
    return [Waiting(chats[number], from_ms(at), text) for number, at, text in rows if listener.answers(chats[number])]


def _subject(waiting: list[Waiting]) -> str:
    count, business = len(waiting), store.get("business_name")
    words = "1 customer waits" if count == 1 else f"{count} customers wait"
    return f"{words} for an answer" + (f" at {business}" if business else "")


def _text(listener: Listener, waiting: list[Waiting]) -> str:
    zone = ZoneInfo(store.get("time_zone"))
    lines = [f"Hello {listener.actor.name},", "", "while you were away, these customers wrote:", ""]
    for one in waiting[:MOST_LINES]:
        lines.append(f"- {one_line(listener.reads(one.chat.customer) or 'A customer')}, {one.received_at.astimezone(zone):%d %B %H:%M}")
        if listener.wants.shows_text and one.text:
            lines.append(f"  {one_line(listener.reads(one.text) or '')}")
    if len(waiting) > MOST_LINES:
        lines.append(f"- and {len(waiting) - MOST_LINES} more")
    return "\n".join([*lines, "", f"Answer them: {links.base_url()}/inbox", "", _why(listener), ""])


def _why(listener: Listener) -> str:
    return (
        f"You get this because you asked for it after {listener.wants.digest_after_min} minutes away."
        f" Change it: {links.base_url()}/settings/alerts"
    )


def forget_digests() -> None:
    """Those of last month."""
    with transaction():
        sql.run("DELETE FROM digest WHERE created_at < ?", (to_ms(now() - timedelta(days=31)),))
