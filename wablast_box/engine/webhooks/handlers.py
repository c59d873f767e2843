"""What the world tells us → who listens first. A handler takes many arrivals of one kind, inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wablast_box.engine.contacts.consent import apply_preferences
from wablast_box.engine.inbox.receive import receive_messages
from wablast_box.engine.inbox.statuses import apply_statuses
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.account_events import MarketingPreference
from wablast_box.engine.meta.payloads.items import InboundMessage, StatusUpdate
from wablast_box.engine.notifications.number_news import NEWS_KINDS, apply_number_news
from wablast_box.engine.webhooks import template_news

Handler = Callable[[Sequence[Arrival[Any]]], None]

# The order is the order of work within a batch: a status may be about a message of the same body.
HANDLERS: Mapping[type, Handler] = {
    InboundMessage: receive_messages,
    StatusUpdate: apply_statuses,
    MarketingPreference: apply_preferences,
    **dict.fromkeys(NEWS_KINDS, apply_number_news),
    **dict.fromkeys(template_news.NEWS_KINDS, template_news.hear_template_news),
}
