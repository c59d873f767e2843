"""Listeners of plugins: once for each event, apart from ours, and what happened while a plugin was broken is not lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.plugins.conftest import Write, load
from wablast_box.engine.events.deliver import PLUGIN_AWAY, PLUGIN_GAP, bring_forward, deliver_due
from wablast_box.engine.events.models import EventDelivery
from wablast_box.engine.events.publish import publish
from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.flows.events import FlowFailed
from wablast_box.engine.listeners import LISTENERS
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.plugins.loader import unload_plugins

pytestmark = pytest.mark.feature("AP-10")

LISTENER = """
    from pathlib import Path
    from wablast_box.plugins.api import FlowFailed

    HEARD = Path(__file__).parent.parent.parent / "heard.txt"


    def hear(event):
        with HEARD.open("a") as file:
            file.write(f"{event.flow_id} {event.why}\\n")


    def is_big(event):
        return 100 // event.flow_id < 100


    def register(box):
        box.listen(FlowFailed, hear, wants=is_big)
"""


@pytest.fixture(autouse=True)
def table(box: Path) -> None:
    use_listeners(LISTENERS)


def fails(flow_id: int) -> None:
    with transaction():
        publish(FlowFailed(1, flow_id, 7, "no answer"))


def kept() -> list[tuple[str, str]]:
    rows = EventDelivery.select().where(EventDelivery.listener == "plugin:diary.hear").order_by(EventDelivery.id)
    return [(row.listener, row.state) for row in rows]


def heard(data: Path) -> list[str]:
    file = data / "plugins" / "heard.txt"
    return file.read_text().splitlines() if file.exists() else []


def test_a_plugin_hears_what_it_wants_once(data: Path, write: Write) -> None:
    write("diary", LISTENER)

    assert load(data)["diary"].events == ("flow.failed",)
    fails(42)
    deliver_due()
    deliver_due()
    fails(1)
    deliver_due()

    assert heard(data) == ["42 no answer"]


def test_a_question_that_breaks_undoes_nothing_of_ours(data: Path, write: Write) -> None:
    write("diary", LISTENER)
    load(data)

    fails(0)
    deliver_due()

    assert heard(data) == [] and kept() == []


def test_what_was_kept_for_a_plugin_waits_while_it_is_away(data: Path, write: Write) -> None:
    write("diary", LISTENER)
    load(data)
    fails(42)
    unload_plugins()

    for day in range(12):
        with frozen_at(now() + PLUGIN_GAP * day + timedelta(minutes=day)):
            deliver_due()
    away = kept()
    load(data)
    bring_forward()
    deliver_due()

    assert away == [("plugin:diary.hear", "pending")]
    assert heard(data) == ["42 no answer"]
    assert kept() == [("plugin:diary.hear", "done")]


def test_for_a_plugin_that_never_comes_back_nothing_is_kept_for_ever(data: Path, write: Write) -> None:
    write("diary", LISTENER)
    load(data)
    fails(42)
    unload_plugins()

    with frozen_at(now() + PLUGIN_AWAY + timedelta(days=1)):
        deliver_due()

    assert kept() == [("plugin:diary.hear", "failed")]


def test_a_listener_that_leaves_is_tried_again_and_stops_nobody(data: Path, write: Write) -> None:
    write("diary", LISTENER.replace("with HEARD", "raise SystemExit(1)\n        with HEARD"))
    load(data)
    fails(42)

    deliver_due()

    assert kept() == [("plugin:diary.hear", "pending")]
