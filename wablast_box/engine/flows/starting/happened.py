"""What happened in the box begins flows: each event once for each trigger, because its id stands in the start's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from wablast_box.engine.contacts.events import ContactCreated, ContactFieldsWritten
from wablast_box.engine.contacts.fields import read as fields
from wablast_box.engine.desk.triage.events import ConversationStateChanged, ConversationTagged
from wablast_box.engine.events.registry import Origin
from wablast_box.engine.flows.keeping import triggers
from wablast_box.engine.flows.keeping.triggers import Trigger
from wablast_box.engine.flows.starting import starts
from wablast_box.engine.flows.starting.watch import template_of
from wablast_box.engine.inbox import conversations
from wablast_box.engine.inbox.events import ConversationAssigned, MessageChanged, MessageReceived
from wablast_box.engine.inbox.people.events import ContactTagged
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms
from wablast_box.lib.db import transaction

# What opened longer ago was opened before there was such a flow.
JUST_OPENED = timedelta(hours=1)
_STATUS = {"read": "message_read", "played": "message_read", "failed": "message_failed"}
Fits = Callable[[Trigger], Mapping[str, Any] | None]


def begins(*kinds: str) -> bool:
    """Does any flow that is on begin so? Asked before anything is written."""
    return any(one.kind in kinds for one in triggers.live_triggers())


def tags_matter(event: ConversationTagged | ContactTagged) -> bool:
    """Are there flows that tags begin?"""
    return begins("tag_added", "tag_removed")


def tagged(event: ConversationTagged, origin: Origin) -> None:
    """Tags of a conversation."""
    _by_tags(event.conversation_id, event.added, event.removed, origin)


def person_tagged(event: ContactTagged, origin: Origin) -> None:
    """Tags of a person."""
    with transaction():
        number = conversations.of_contacts([event.subject_id])[0]
        _by_tags(number, event.added, event.removed, origin)


def new_people_matter(event: ContactCreated) -> bool:
    """Only who came by a message or was entered by somebody: not those of the phone's history, nor whom we write to first."""
    return event.came_by in ("message", "staff") and begins("contact_created")


def person_created(event: ContactCreated, origin: Origin) -> None:
    """Somebody new."""
    _of_person(event.subject_id, ("contact_created",), origin, lambda _: {})


def fields_matter(event: ContactFieldsWritten) -> bool:
    """Are there flows that a field begins?"""
    return begins("contact_field_changed")


def fields_written(event: ContactFieldsWritten, origin: Origin) -> None:
    """Something is known of a person now that was not, or is no more."""
    changed = {spec.name.casefold(): spec.name for spec in fields.specs() if spec.id in event.fields}
    known = {one["name"]: one["value"] for one in fields.values_of([event.subject_id]).get(event.subject_id, [])}

    def fits(trigger: Trigger) -> Mapping[str, Any] | None:
        name = changed.get(str(trigger.given.get("field") or "").strip().casefold())
        becomes = str(trigger.given.get("becomes") or "").strip().casefold()
        value = None if name is None else known.get(name, "")
        is_it = value is not None and (not becomes or value.casefold() == becomes)
        return {"field": name, "value": value} if is_it else None

    _of_person(event.subject_id, ("contact_field_changed",), origin, fits)


def states_matter(event: ConversationStateChanged) -> bool:
    """Resolved, or opened again."""
    return (event.state == "resolved" and begins("conversation_resolved")) or (
        event.state == "open" and event.before == "resolved" and begins("conversation_opened")
    )


def state_changed(event: ConversationStateChanged, origin: Origin) -> None:
    """A matter is done, or begins anew by somebody's hand."""
    if event.state == "resolved":
        _here(event.conversation_id, ("conversation_resolved",), origin, f"event:{origin.event_id}", lambda _: {})
    else:
        _opened(event.conversation_id, origin)


def messages_open(event: MessageReceived) -> bool:
    """A customer's message may open a conversation."""
    return begins("conversation_opened")


def message_received(event: MessageReceived, origin: Origin) -> None:
    """The first message of a matter opened it; when that was is the key, so that the second begins nothing."""
    _opened(event.conversation_id, origin)


def assigning_matters(event: ConversationAssigned) -> bool:
    """Given to somebody."""
    return event.assignee_id is not None and begins("conversation_assigned")


def assigned(event: ConversationAssigned, origin: Origin) -> None:
    """Somebody answers for this conversation now."""
    _here(event.conversation_id, ("conversation_assigned",), origin, f"event:{origin.event_id}", lambda _: {})


def statuses_matter(event: MessageChanged) -> bool:
    """Read or failed; nothing else is news to a flow."""
    return event.state in _STATUS and begins(_STATUS[event.state])


def message_changed(event: MessageChanged, origin: Origin) -> None:
    """A message of ours was read, or failed: once, however often Meta says so. Who sent it is who caused this."""
    rows = sql.run("SELECT sender, type, content_json, state FROM message WHERE id = ? AND direction = 'out'", (event.subject_id,))
    if not rows or rows[0][0] in ("phone_app", "history") or rows[0][3] not in _STATUS:
        return
    sender, kind, content, state = rows[0]
    name = template_of(kind, content)

    def fits(trigger: Trigger) -> Mapping[str, Any] | None:
        return {} if not trigger.given.get("template") or trigger.given["template"] == name else None

    what = _STATUS[state]
    _here(event.conversation_id, (what,), Origin(origin.event_id, sender), f"status:{event.subject_id}:{what}", fits)


def _by_tags(conversation_id: int, added: tuple[int, ...], removed: tuple[int, ...], origin: Origin) -> None:
    names = {int(number): str(name) for number, name in sql.run("SELECT id, name FROM tag")}
    changed = {"tag_added": [names.get(one, "") for one in added], "tag_removed": [names.get(one, "") for one in removed]}

    def fits(trigger: Trigger) -> Mapping[str, Any] | None:
        wanted = str(trigger.given.get("tag") or "").strip().casefold()
        found = next((name for name in changed[trigger.kind] if name and name.casefold() == wanted), None)
        return None if found is None else {"tag": found}

    _here(conversation_id, tuple(changed), origin, f"event:{origin.event_id}", fits)


def _opened(conversation_id: int, origin: Origin) -> None:
    rows = sql.run("SELECT opened_at FROM conversation WHERE id = ?", (conversation_id,))
    at = rows[0][0] if rows else None
    if at is not None and at > now_ms() - JUST_OPENED.total_seconds() * 1000:
        _here(conversation_id, ("conversation_opened",), origin, f"opened:{conversation_id}:{at}", lambda _: {})


def _of_person(contact_id: int, kinds: tuple[str, ...], origin: Origin, fits: Fits) -> None:
    with transaction():
        if sql.run("SELECT 1 FROM contact WHERE id = ?", (contact_id,)):
            _here(conversations.of_contacts([contact_id])[0], kinds, origin, f"event:{origin.event_id}", fits)


def _here(conversation_id: int, kinds: tuple[str, ...], origin: Origin, ref: str, fits: Fits) -> None:
    """Every trigger that fits; what it is about becomes the flow's variables."""
    with transaction():
        for trigger in triggers.of_kinds(*kinds):
            variables = fits(trigger)
            depth = None if variables is None else starts.depth_after(origin.actor, conversation_id, trigger.flow_id)
            if variables is not None and depth is not None:
                cause = starts.Cause(f"{ref}:{trigger.flow_id}:{trigger.key}", trigger.kind, variables, depth=depth)
                starts.add(trigger.flow_id, conversation_id, cause)
