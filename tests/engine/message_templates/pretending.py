"""Templates as the fake Meta has them and as the box does."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Template
from wablast_box.simulator.template_decisions import decide

WABA = "102290129340398"


def template(name: str, language: str = "en_US") -> MessageTemplate:
    return MessageTemplate.get((MessageTemplate.name == name) & (MessageTemplate.language == language))


def at_meta(meta: FakeMeta, name: str, language: str = "en_US") -> Template:
    found = meta.state.find_template(name, language)
    assert found is not None
    return found


def decides(meta: FakeMeta, name: str, **what: Any) -> None:
    decide(meta.delivery, at_meta(meta, name), what)
    meta.pump()


def alarms() -> list[str]:
    return [alarm.title for alarm in open_alarms(limit=20)]
