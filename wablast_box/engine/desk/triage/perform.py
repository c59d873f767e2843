"""Do one thing with conversations: in one transaction, with a line in each thread, news for open windows, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wablast_box.engine.desk.triage.actions import Action
from wablast_box.engine.desk.triage.events import ConversationTagged
from wablast_box.engine.desk.triage.standing import Standing, standing, write, write_tags
from wablast_box.engine.events.publish import publish_all
from wablast_box.engine.inbox import news
from wablast_box.engine.inbox.thread import activity
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.outbox import tasks
from wablast_box.engine.settings import store
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import BoxError, NotFound


@dataclass(frozen=True, slots=True)
class Changed:
    """How a conversation stood, and what was changed of it."""

    before: Standing
    change: Mapping[str, Any]
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What became of each: changed, as it was already, or refused."""

    changed: dict[int, Changed] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)
    refused: dict[int, BoxError] = field(default_factory=dict)


def perform(action: Action, numbers: Sequence[int], viewer: Viewer, actor: str) -> Outcome:
    """Do it with those that the viewer may see; the others are not found, whether they are there or not."""
    outcome = Outcome()
    with transaction():
        found = standing(numbers, viewer)
        for number in dict.fromkeys(numbers):
            _decide(action, number, found.get(number), outcome)
        apply(outcome.changed, action, actor)
    return outcome


def perform_one(action: Action, number: int, viewer: Viewer, actor: str) -> None:
    """Do it with one; what refuses is raised."""
    for refused in perform(action, [number], viewer, actor).refused.values():
        raise refused


def apply(changed: Mapping[int, Changed], action: Action, actor: str) -> None:
    """Write, publish and tell: inside the caller's transaction."""
    if not changed:
        return
    write({number: one.change for number, one in changed.items()})
    write_tags({n: one.added for n, one in changed.items()}, {n: one.removed for n, one in changed.items()}, now_ms())
    ordered = [changed[number] for number in sorted(changed)]
    events = [_event(action, one) for one in ordered]
    published = publish_all(events, actor=actor)
    activity.record_all([line for line in _lines(action, ordered)], actor)
    for one, number in zip(ordered, published, strict=True):
        news.conversation_taken(one.before.id, one.before.assignee_id, one.change.get("assignee_id"), number)
    news.conversations_changed({one.before.id: number for one, number in zip(ordered, published, strict=True)})
    if action.tells_customer:
        _tell_customers(ordered)


def _decide(action: Action, number: int, before: Standing | None, outcome: Outcome) -> None:
    if before is None:
        outcome.refused[number] = NotFound("There is no such conversation.")
        return
    try:
        change = action.change(before)
    except BoxError as refused:
        outcome.refused[number] = refused
        return
    added = tuple(tag for tag in action.add_tags if tag not in before.tags)
    removed = tuple(tag for tag in action.remove_tags if tag in before.tags)
    if change or added or removed:
        outcome.changed[number] = Changed(before, change, added, removed)
    else:
        outcome.same.append(number)


def _event(action: Action, one: Changed) -> Any:
    if one.added or one.removed:
        return ConversationTagged(one.before.id, one.added, one.removed)
    return action.event(one.before, one.change)


def _lines(action: Action, changed: Sequence[Changed]) -> list[activity.Done]:
    tags = _tag_names({tag for one in changed for tag in (*one.added, *one.removed)})
    lines = []
    for one in changed:
        if one.added or one.removed:
            detail = {
                "added": [tags[tag] for tag in one.added if tag in tags],
                "removed": [tags[tag] for tag in one.removed if tag in tags],
            }
            lines.append(activity.Done(one.before.id, "tag", detail))
        elif (line := action.line(one.before, one.change)) is not None:
            lines.append(activity.Done(one.before.id, *line))
    return lines


def _tag_names(numbers: set[int]) -> dict[int, dict[str, str]]:
    if not numbers:
        return {}
    where, params = sql.among("id", sorted(numbers))
    rows = sql.run(f"SELECT id, name, color FROM tag WHERE {where}", params)
    return {int(number): {"id": str(number), "name": name, "color": color} for number, name, color in rows}


def _tell_customers(read: Sequence[Changed]) -> None:
    """Ticks on the customers' phones, if the owner wants that."""
    if not store.get("read_receipts"):
        return
    for one in read:
        if one.before.last_inbound_id > one.before.read_up_to_id:
            after_commit(_telling(one.before.id))


def _telling(number: int) -> Callable[[], Any]:
    return lambda: tasks.tell_read(number)
