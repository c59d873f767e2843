"""News about templates goes two ways: into their table, and to the owner when something must be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.message_templates.news import NEWS_KINDS, apply_template_news, is_ours
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.account_events import TemplateCategoryChanged, TemplateStatusChanged
from wablast_box.engine.notifications.template_news import alarm_about_category, alarm_about_template

__all__ = ["NEWS_KINDS", "hear_template_news"]


def hear_template_news(arrivals: Sequence[Arrival[Any]]) -> None:
    """Handler of everything about templates."""
    apply_template_news(arrivals)
    for event in (arrival.item for arrival in arrivals if is_ours(arrival.item)):
        key, name, language = event.template_id or event.name or "", event.name or "", event.language or ""
        if isinstance(event, TemplateStatusChanged):
            word = (event.event or "").lower()
            alarm_about_template(key, name, language, None if word == "deleted" else word)
        elif isinstance(event, TemplateCategoryChanged):
            alarm_about_category(key, name, language, event.correct_category.lower() if event.correct_category else None)
