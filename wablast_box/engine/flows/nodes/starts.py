"""Where a flow begins and where it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wablast_box.engine.flows.node import calendar
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import LONGEST_TEXT, Choice, Flag, Number, Reference, Text, Wrong
from wablast_box.engine.flows.node.lists import Items
from wablast_box.engine.flows.node.occasions import KINDS
from wablast_box.engine.flows.node.outcome import End, Go, Outcome
from wablast_box.engine.flows.node.patterns import compiled
from wablast_box.engine.flows.node.step import Step
from wablast_box.lib.errors import Invalid

MATCHES = {"exact": "exactly", "contains": "contains", "starts_with": "begins with", "regex": "a pattern"}
SIDES = {"before": "days before", "on": "on the day", "after": "days after"}
WHO = {"tag": "Customers with a tag", "wrote": "Who wrote in the last days"}
UNITS = {"hours": "hours", "minutes": "minutes"}

_SCHEDULE, _DATE = {"kind": ["schedule"]}, {"kind": ["date_field"]}
_OF_TEMPLATE = ["not_read", "message_read", "message_failed"]


class Start(NodeType):
    """Says when the flow begins."""

    type, title, category, icon = "start", "Start", "start", "player-play"

    triggers = Items(
        "Begins when",
        {
            "kind": Choice("When", KINDS, default="keyword", required=True),
            "words": Text("Words", longest=LONGEST_TEXT, fills=False, help="Several are separated by commas."),
            "match": Choice("The message", MATCHES, default="exact"),
            "value": Text("Which one", longest=200, fills=False, help="A button's payload, or the id of an advertisement (empty: any)."),
            "tag": Reference("Tag", "tag", required=True),
            "field": Reference("Field of the customer", "contact_field", required=True),
            "becomes": Text("Only when it becomes", longest=200, fills=False, help="Empty: whatever it becomes."),
            "repeat": Choice("How often", calendar.REPEATS, default="daily"),
            "on": Text("Day", longest=10, fills=False, required=True, help="Year, month and day: 2026-12-24."),
            "weekdays": Text("Weekdays", longest=60, fills=False, required=True, help="Such as Mon, Thu or Mon-Fri."),
            "day": Number("Day of the month", least=1, most=31, default=1, help="In a shorter month its last day."),
            "side": Choice("On which day", SIDES, default="on"),
            "days": Number("How many days", least=1, most=365, default=1),
            "each_year": Flag("Every year, as birthdays are"),
            "at": Text("Time", longest=5, fills=False, default=calendar.DEFAULT_TIME, help="By the clock of the business: 10:00."),
            "who": Choice("For whom", WHO, default="tag"),
            "who_tag": Reference("With the tag", "tag", required=True),
            "who_days": Number("Wrote in the last days", least=1, most=365, default=30),
            "amount": Number("For how long", least=1, most=720, default=6),
            "unit": Choice("Counted in", UNITS, default="hours"),
            "template": Reference("Only this template", "template", help="Empty: any message of ours."),
            "priority": Number("Priority", least=-100, most=100, default=0, help="Of several flows that would answer, the highest does."),
        },
        most=20, item="Trigger",
        when={
            "words": {"kind": ["keyword"]}, "match": {"kind": ["keyword"]}, "value": {"kind": ["button", "ad"]},
            "tag": {"kind": ["tag_added", "tag_removed"]}, "field": {"kind": ["date_field", "contact_field_changed"]},
            "becomes": {"kind": ["contact_field_changed"]}, "repeat": _SCHEDULE, "on": _SCHEDULE | {"repeat": ["once"]},
            "weekdays": _SCHEDULE | {"repeat": ["weekly"]}, "day": _SCHEDULE | {"repeat": ["monthly"]}, "side": _DATE,
            "days": _DATE | {"side": ["before", "after"]}, "each_year": _DATE, "at": {"kind": ["schedule", "date_field"]},
            "who": _SCHEDULE, "who_tag": _SCHEDULE | {"who": ["tag"]}, "who_days": _SCHEDULE | {"who": ["wrote"]},
            "amount": {"kind": ["not_read"]}, "unit": {"kind": ["not_read"]}, "template": {"kind": _OF_TEMPLATE},
        },
    )  # fmt: skip

    def run(self, step: Step) -> Outcome:
        return Go()

    def check(self) -> Iterator[Wrong]:
        for at, one in enumerate(self.triggers or []):
            yield from _check_trigger(one, f"triggers.{at}")


def _check_trigger(one: dict[str, Any], path: str) -> Iterator[Wrong]:
    kind, words = one.get("kind"), str(one.get("words") or "").strip(" ,\n")
    if kind == "keyword" and not words:
        yield Wrong(f"{path}.words", "missing", "Write the words that begin the flow.")
    elif kind == "keyword" and one.get("match") == "regex":
        yield from _refused(lambda: compiled(words), f"{path}.words", "not_a_pattern")
    if kind == "button" and not one.get("value"):
        yield Wrong(f"{path}.value", "missing", "Say which one begins the flow.")
    if kind in ("schedule", "date_field"):
        yield from _refused(lambda: calendar.read_time(one.get("at")), f"{path}.at", "not_a_time")
    if kind == "schedule":
        yield from _check_days(one, path)


def _check_days(one: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    if one.get("repeat") == "once" and one.get("on"):
        yield from _refused(lambda: calendar.read_day(one.get("on")), f"{path}.on", "not_a_day")
    if one.get("repeat") == "weekly" and one.get("weekdays"):
        yield from _refused(lambda: calendar.read_weekdays(one.get("weekdays")), f"{path}.weekdays", "not_a_day")


def _refused(read: Callable[[], Any], path: str, code: str) -> Iterator[Wrong]:
    try:
        read()
    except Invalid as refused:
        yield Wrong(path, code, refused.message)


class Finish(NodeType):
    """Ends the flow. The next message may begin another one."""

    type, title, category, icon = "end", "End", "flow", "player-stop"
    outputs = ()

    reason = Text("Why", longest=200, default="end", fills=False, help="For the history of runs, such as bought or gave_up.")

    def run(self, step: Step) -> Outcome:
        return End(self.reason)
