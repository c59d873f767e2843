"""What Meta tells about templates the moment it happens. The status counts at once; texts are read anew with the whole list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wablast_box.engine.message_templates.models import MessageTemplate, TemplateStatus
from wablast_box.engine.message_templates.sync import tell_changed, want_sync
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.account_events import (
    TemplateCategoryChanged,
    TemplateComponentsChanged,
    TemplateMiscategorised,
    TemplateQualityChanged,
    TemplateStatusChanged,
)
from wablast_box.engine.settings import store
from wablast_box.lib.clock import from_ms
from wablast_box.lib.db import transaction

# Events that are not the name of a status: what the template is afterwards. FLAGGED is a warning, it may still be sent.
_AFTER = {"REINSTATED": "approved", "UNARCHIVED": "approved", "UNPAUSED": "approved", "FLAGGED": None}
_GONE = "DELETED"


def apply_template_news(arrivals: Sequence[Arrival[Any]]) -> None:
    """Take over what each says; one that we do not know yet is fetched."""
    ours = [arrival for arrival in arrivals if is_ours(arrival.item)]
    if not ours:
        return
    with transaction():
        for arrival in ours:
            row = _known(arrival.item)
            if row is not None:
                _APPLY[type(arrival.item)](row, arrival)
        want_sync()
        tell_changed(len(ours))


def is_ours(event: Any) -> bool:
    """Meta's own test button names account 0."""
    waba = store.get("waba_id")
    return not (waba and event.waba_id and event.waba_id not in (waba, "0"))


def _known(event: Any) -> MessageTemplate | None:
    by_id = MessageTemplate.meta_id == event.template_id if event.template_id else None
    by_name = (MessageTemplate.name == event.name) & (MessageTemplate.language == event.language)
    found = MessageTemplate.get_or_none(by_id) if by_id is not None else None
    return found or MessageTemplate.get_or_none(by_name)


def _status(row: MessageTemplate, arrival: Arrival[TemplateStatusChanged]) -> None:
    event = arrival.item
    at = event.at or from_ms(arrival.received_at_ms)
    word = (event.event or "").upper()
    if row.status_at is not None and at < row.status_at:
        return
    if word == _GONE:
        MessageTemplate.delete().where(MessageTemplate.id == row.id).execute()
        return
    status = _AFTER.get(word, word.lower()) or row.status
    said = (word.upper() for word in (event.rejection_reason, event.reason, event.pause_title) if word)
    fields: dict[str, Any] = {
        "status": status,
        "status_at": at,
        "reason": next((word for word in said if word != "NONE"), None),
        "details": _details(event),
    }
    if status == TemplateStatus.APPROVED and word != "FLAGGED":
        fields |= {"reason": None, "details": None}
    if event.category:
        fields["category"] = event.category.lower()
    _update(row, **fields)


def _details(event: TemplateStatusChanged) -> str | None:
    said = [event.pause_description, event.recommendation]
    return " ".join(filter(None, said)) or None


def _quality(row: MessageTemplate, arrival: Arrival[TemplateQualityChanged]) -> None:
    if arrival.item.new:
        _update(row, quality=arrival.item.new.lower())


def _category(row: MessageTemplate, arrival: Arrival[TemplateCategoryChanged]) -> None:
    """A day before: `correct_category` says where it will go. Then: previous and new."""
    event = arrival.item
    if event.correct_category:
        _update(row, next_category=event.correct_category.lower(), next_category_at=event.changes_at)
    elif event.new_category:
        previous = (event.previous_category or row.category).lower()
        _update(row, category=event.new_category.lower(), previous_category=previous, next_category=None, next_category_at=None)


def _nothing(row: MessageTemplate, arrival: Arrival[Any]) -> None:
    """The list tells it in full."""


def _update(row: MessageTemplate, **fields: Any) -> None:
    MessageTemplate.update(**fields).where(MessageTemplate.id == row.id).execute()


_APPLY: Mapping[type, Callable[[MessageTemplate, Arrival[Any]], None]] = {
    TemplateStatusChanged: _status,
    TemplateQualityChanged: _quality,
    TemplateCategoryChanged: _category,
    TemplateComponentsChanged: _nothing,
    TemplateMiscategorised: _nothing,
}
NEWS_KINDS = tuple(_APPLY)
