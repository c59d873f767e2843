"""What can be done with conversations, one or five hundred: each action says what becomes of one that stands so and so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.desk.triage.standing import Standing
from wablast_box.engine.inbox.assign import answering_user
from wablast_box.engine.inbox.events import ConversationAssigned, ConversationChanged
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.team.models import Team
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso, now, now_ms, to_ms
from wablast_box.lib.errors import Conflict, Invalid, NotFound

LONGEST_SNOOZE = timedelta(days=366)
LONGEST_REMINDER = 500
MOST_TAGS = 30

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """`change` gives new values of columns, none when there is nothing to do; `line` what the thread says about it."""

    name: str
    permission: str
    change: Callable[[Standing], Change] = field(default=lambda _: {})
    event: Callable[[Standing, Change], Any] = field(default=lambda before, _: ConversationChanged(before.id))
    line: Callable[[Standing, Change], tuple[str, dict[str, Any]] | None] = field(default=lambda *_: None)
    add_tags: tuple[int, ...] = ()
    remove_tags: tuple[int, ...] = ()
    tells_customer: bool = False


# ---- states


def resolve(why: str = "person") -> Action:
    """Done: the customer waits no longer, nothing is to be remembered."""
    return _state("resolve", lambda _: {"state": "resolved", "waiting_since_at": None}, why)


def reopen() -> Action:
    """To be answered again."""
    return _state("reopen", lambda before: {"state": "open", **({"opened_at": now_ms()} if before.state == "resolved" else {})})


def pending() -> Action:
    """Answered; now somebody outside has to do something."""
    return _state("pending", lambda _: {"state": "pending"})


def snooze(until: datetime | None, reminder: str | None) -> Action:
    """Out of sight until a moment, or until the customer writes."""
    if until is not None and not now() < until <= now() + LONGEST_SNOOZE:
        raise Invalid("Snooze until a moment that is still to come, within a year.", field="until")
    words = (reminder or "").strip()
    if len(words) > LONGEST_REMINDER:
        raise Invalid(f"A reminder has at most {LONGEST_REMINDER} letters.", field="reminder")
    asked = {"state": "snoozed", "snoozed_until": None if until is None else to_ms(until), "reminder": words or None}
    return _state("snooze", lambda _: asked)


def unsnooze() -> Action:
    """Back before its time; others stay as they are."""
    return _state("unsnooze", lambda before: {"state": "open"} if before.state == "snoozed" else {})


def _state(name: str, change: Callable[[Standing], Change], why: str = "person") -> Action:
    def changed(before: Standing) -> Change:
        wanted = change(before)
        # What was snoozed is no longer, and what it was snoozed for is done with: unless this is a snooze.
        full = {"snoozed_until": None, "reminder": None, **wanted} if wanted else {}
        return {column: value for column, value in full.items() if getattr(before, column) != value}

    def event(before: Standing, change: Change) -> Any:
        return ConversationStateChanged(before.id, before.state, change.get("state", before.state), why)

    return Action(name, "inbox.close", changed, event, lambda before, change: _state_line(before, change, why))


def _state_line(before: Standing, change: Change, why: str) -> tuple[str, dict[str, Any]]:
    until = change.get("snoozed_until")
    detail: dict[str, Any] = {"state": change.get("state", before.state), "before": before.state, "why": why}
    if detail["state"] == "snoozed":
        detail |= {"until": None if until is None else iso(from_ms(until)), "reminder": change.get("reminder", before.reminder)}
    return "state", detail


# ---- who answers


def assign(user_id: int | None) -> Action:
    """Give them to a person, or back to nobody."""
    user = None if user_id is None else answering_user(user_id)
    shown = None if user is None else {"id": str(user.id), "name": user.name}
    return Action(
        "assign",
        "inbox.assign",
        lambda before: {} if before.assignee_id == user_id else {"assignee_id": user_id},
        lambda before, _: ConversationAssigned(before.id, user_id),
        lambda *_: ("assigned", {"user": shown}),
    )


def hand_to_team(team_id: int | None) -> Action:
    """Give them to a team, or to none."""
    team = None if team_id is None else Team.get_or_none(Team.id == team_id)
    if team_id is not None and team is None:
        raise NotFound("There is no such team.")
    shown = None if team is None else {"id": str(team.id), "name": team.name}
    return Action(
        "team",
        "inbox.reply",
        lambda before: {} if before.team_id == team_id else {"team_id": team_id},
        line=lambda *_: ("team", {"team": shown}),
    )


# ---- read and unread


def read() -> Action:
    """Staff have seen everything."""
    return Action("read", "inbox.reply", _read, tells_customer=True)


def unread() -> Action:
    """Somebody should look again: the customer's last message counts as new."""
    return Action("unread", "inbox.reply", _unread)


def _read(before: Standing) -> Change:
    return {"read_up_to_id": before.last_message_id} if before.read_up_to_id < before.last_message_id else {}


def _unread(before: Standing) -> Change:
    if before.last_inbound_id == 0:
        raise Conflict("This customer has not written yet: there is nothing to be unread.")
    return {"read_up_to_id": before.last_inbound_id - 1} if before.read_up_to_id >= before.last_inbound_id else {}


# ---- tags


def tag(add: Sequence[int], remove: Sequence[int]) -> Action:
    """Put tags on and take tags off."""
    if not add and not remove:
        raise Invalid("Say which tags.", field="add")
    if len(add) + len(remove) > MOST_TAGS:
        raise Invalid(f"At most {MOST_TAGS} tags at once.", field="add")
    where, params = sql.among("id", [*add, *remove])
    known = {int(row[0]) for row in sql.run(f"SELECT id FROM {Tag._meta.table_name} WHERE {where}", params)}
    if set(add) - known:
        raise NotFound("There is no such tag.")
    return Action("tag", "inbox.reply", add_tags=tuple(dict.fromkeys(add)), remove_tags=tuple(dict.fromkeys(remove)))
