"""Process a kept webhook once more: after a mend, or when somebody doubts. What was stored stays stored once."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.webhooks.models import WebhookEvent, WebhookState
from wablast_box.engine.webhooks.read import event_view, find
from wablast_box.lib.db import transaction


def replay(number: int) -> dict[str, Any]:
    """Put the webhook back in the queue; unique keys make the second run harmless."""
    find(number)
    with transaction():
        WebhookEvent.update(state=WebhookState.PENDING, next_attempt_at=0, problems_json=None).where(WebhookEvent.id == number).execute()
    return event_view(find(number))
