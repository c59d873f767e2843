"""How a flow fares: how many began it, how far they came and how long it took. Asked of the sessions themselves, never counted along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from wablast_box.engine.flows.design.flows import flow_of
from wablast_box.engine.flows.graph import parse_graph
from wablast_box.engine.flows.keeping.surroundings import zone
from wablast_box.engine.flows.models import Cut, FlowVersion
from wablast_box.engine.flows.registry import find_type
from wablast_box.lib import ids, sql
from wablast_box.lib.clock import now, to_ms
from wablast_box.lib.errors import Invalid

MOST_DAYS = 366
# Who has not answered for so long has gone.
SILENT_AFTER = timedelta(days=1)
ENDINGS = ("finished", "handed_over", "left", "failed", "active")
_DAY_MS = 86_400_000
_MOST_PLACES = 10
_HANDED = (Cut.PERSON, Cut.ASKED, "handed off")
_LEFT = (Cut.STOPPED, Cut.ANOTHER, Cut.BY_HAND)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


# How a session came out, of its row alone. The parameter: the id of the oldest message that is not too long ago.
ENDING = (
    f"CASE WHEN state = 'failed' THEN 'failed' WHEN state IN ('running', 'waiting') AND seen_message_id >= ? THEN 'active'"
    f" WHEN state IN ('running', 'waiting') THEN 'left' WHEN reason IN ({_quoted(_HANDED)}) THEN 'handed_over'"
    f" WHEN reason IN ({_quoted(_LEFT)}) THEN 'left' ELSE 'finished' END"
)


@dataclass(slots=True)
class _Sum:
    """Of one day, trigger or version."""

    endings: Counter[str] = field(default_factory=Counter)

    def shown(self) -> dict[str, int]:
        return {"started": self.endings.total(), **{one: self.endings[one] for one in ENDINGS}}


def figures(flow_id: int, days: int, version: int | None = None) -> dict[str, Any]:
    """Of the last `days` days, today among them, by the shop's own midnight; of all versions, or of one. Trials are in no figure."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"The period is 1 to {MOST_DAYS} days.", field="days")
    flow_of(flow_id)
    versions = dict(sql.run("SELECT id, number FROM flow_version WHERE flow_id = ? AND number > 0 ORDER BY number", (flow_id,)))
    wanted = [key for key, number in versions.items() if version in (None, number)]
    listed = _days(days)
    by_day = {day: _Sum() for day in listed}
    by_trigger: dict[str, _Sum] = {}
    by_version: dict[int, _Sum] = {}
    places: Counter[str] = Counter()
    for span in _spans(listed):
        for version_id, at, started_by, ending, node_id, count in _groups(wanted, span):
            count = int(count)
            day = span.days[min(int(at), len(span.days) - 1)]
            kind = str(started_by).partition(":")[0]
            for one in (by_day[day], by_trigger.setdefault(kind, _Sum()), by_version.setdefault(version_id, _Sum())):
                one.endings[ending] += count
            if node_id is not None:
                places[node_id] += count
    total = _Sum(sum((one.endings for one in by_day.values()), Counter()))
    return {
        "days": [{"day": day.isoformat(), **one.shown()} for day, one in by_day.items()],
        "total": total.shown(),
        "median_s": _median_s(wanted, listed, total.endings["finished"]),
        "triggers": [{"kind": kind, **one.shown()} for kind, one in _largest(by_trigger)],
        "versions": [{"number": number, **by_version.get(key, _Sum()).shown()} for key, number in reversed(versions.items())],
        "places": _named(flow_id, places.most_common(_MOST_PLACES)),
    }


@dataclass(frozen=True, slots=True)
class _Span:
    """Days on end whose midnights lie 24 hours apart: the clocks do not change within."""

    days: list[date]
    begin_ms: int
    end_ms: int


def _days(count: int) -> list[date]:
    today = now().astimezone(zone()).date()
    return [today - timedelta(days=count - 1 - at) for at in range(count)]


def _midnight_ms(day: date) -> int:
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=zone()))


def _spans(days: list[date]) -> Iterator[_Span]:
    spanned: list[date] = []
    for day in days:
        spanned.append(day)
        following = _midnight_ms(day + timedelta(days=1))
        # A day of 23 or 25 hours ends its span.
        if day == days[-1] or following - _midnight_ms(day) != _DAY_MS:
            yield _Span(spanned, _midnight_ms(spanned[0]), following)
            spanned = []


def _groups(versions: list[int], span: _Span) -> list[tuple[Any, ...]]:
    among, keys = sql.among("version_id", versions)
    rows = (
        f"SELECT version_id, (started_at - ?) / {_DAY_MS} AS at, started_by, node_id, {ENDING} AS ending FROM flow_session"
        f" WHERE {among} AND started_at >= ? AND started_at < ?"
    )
    lost = "CASE WHEN ending IN ('left', 'failed') THEN node_id END"
    return sql.run(
        f"SELECT version_id, at, started_by, ending, {lost} AS place, count(*) FROM ({rows}) AS s GROUP BY 1, 2, 3, 4, 5",
        (span.begin_ms, _oldest_heard(), *keys, span.begin_ms, span.end_ms),
    )


def _median_s(versions: list[int], days: list[date], finished: int) -> float | None:
    """Half of those who finished took no longer."""
    if not finished:
        return None
    among, keys = sql.among("version_id", versions)
    rows = (
        f"SELECT ended_at - started_at AS took, {ENDING} AS ending FROM flow_session WHERE {among} AND started_at >= ? AND started_at < ?"
    )
    period = (_midnight_ms(days[0]), _midnight_ms(days[-1] + timedelta(days=1)))
    found = sql.run(
        f"SELECT took FROM ({rows}) AS s WHERE ending = 'finished' ORDER BY took LIMIT 1 OFFSET ?",
        (_oldest_heard(), *keys, *period, (finished - 1) // 2),
    )
    return None if not found or found[0][0] is None else int(found[0][0]) / 1000


def _oldest_heard() -> int:
    return ids.first_id_at(now() - SILENT_AFTER)


def _largest(sums: dict[str, _Sum]) -> list[tuple[str, _Sum]]:
    return sorted(sums.items(), key=lambda one: -one[1].endings.total())


def _named(flow_id: int, places: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Steps as the newest version that has them calls them."""
    names: dict[str, str] = {}
    for row in FlowVersion.select().where(FlowVersion.flow == flow_id, FlowVersion.number > 0).order_by(FlowVersion.number.desc()):
        if all(number in names for number, _ in places):
            break
        for node in parse_graph(row.graph_json).nodes.values():
            kind = find_type(node.type)
            names.setdefault(node.id, node.name or (kind.title if kind else node.type))
    return [{"node_id": number, "name": names.get(number, number), "count": count} for number, count in places]
