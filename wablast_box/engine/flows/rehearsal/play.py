"""Play a talk from its beginning: the same words always take the same steps, so whoever adds a line sends all of them again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.graph import Graph
from wablast_box.engine.flows.node.outcome import Answer
from wablast_box.engine.flows.play.run import Record, Run
from wablast_box.engine.flows.rehearsal.beginning import lines_of, variables_of
from wablast_box.engine.flows.rehearsal.effects import RehearsedEffects
from wablast_box.engine.flows.rehearsal.pins import NONE, Pin, PinnedPlayer, Pins, read_pins
from wablast_box.lib.clock import iso, now
from wablast_box.lib.errors import Invalid, NotFound

MOST_SAID = 200
LONGEST_SKIP_S = 366 * 86_400
# A loop with a short wait in it would fill a year that is skipped.
MOST_STEPS = 2000
YEARS = range(2000, 3000)
Load = Callable[[int], Graph]
INDIA = ZoneInfo("Asia/Kolkata")


@dataclass(slots=True)
class Rehearsal:
    """What came of a talk."""

    run: Run
    effects: RehearsedEffects
    now: datetime
    pins: Pins = field(default_factory=dict)
    replies: list[dict[str, Any]] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)


def play(
    graph: Graph, said: Sequence[Any], *, contact: Mapping[str, Any] | None = None, begin: datetime | None = None, zone: ZoneInfo = INDIA,
    business: str = "", pinned: Mapping[str, Any] | None = None, load: Load | None = None, find: Callable[[int], int] | None = None,
    variables: Mapping[str, Any] | None = None, pins: Mapping[str, Any] | None = None,
) -> Rehearsal:  # fmt: skip
    """The first thing that is said starts the flow, whatever it is; one that only begins by itself plays without. Raises Invalid."""
    if len(said) > MOST_SAID:
        raise Invalid(f"A rehearsal has at most {MOST_SAID} lines.", field="messages")
    if begin is not None and (begin.tzinfo is None or begin.year not in YEARS):
        raise Invalid("A talk begins at a moment with its zone, in this millennium: 2026-12-25T09:00:00Z.", field="now")
    start = graph.start
    run = Run(
        "0", 0, load=_loader(graph, load), find=find or _no_other_flow, at=start.id if start else None, variables=dict(variables or {})
    )
    answers, read = read_pins(pins or {})
    rehearsal = Rehearsal(run, RehearsedEffects({**(pinned or {}), **answers}), begin or now(), read)
    around = {"contact": _contact(contact or {}), "conversation": {"tags": []}, "business": {"name": business}}
    # Named, so that what its code costs is counted for this rehearsal alone.
    around["flow"] = {"rehearsal": secrets.token_hex(8)}
    for at, one in enumerate(lines_of(graph, said)):
        rehearsal_line(rehearsal, at, one, around, zone)
    return rehearsal


def rehearsal_line(rehearsal: Rehearsal, at: int, one: Any, around: dict[str, Any], zone: ZoneInfo) -> None:
    """Play what one line of the talk sets off."""
    line = {"text": one} if isinstance(one, str) else one
    if not isinstance(line, Mapping):
        raise Invalid('A line of a talk is a text, or an object such as {"reply_id": …} or {"skip_s": 3600}.', field=f"messages.{at}")
    if "skip_s" in line:
        _skip(rehearsal, at, line["skip_s"], around, zone)
        return
    if "begins" in line:
        _begin(rehearsal, at, line["begins"], around, zone)
        return
    body = _body(line)
    around["message"] = {"text": body["text"], "type": body["type"], "id": str(at)}
    rehearsal.effects.hear(body["text"])
    run = rehearsal.run
    if run.state == "waiting":
        if run.wait_for != "reply":
            return
        run.resume(Answer("reply", body))
    elif run.steps or run.state != "running":
        return  # the talk is over: in the box a trigger would begin anew
    _advance(rehearsal, at, around, zone)


def _begin(rehearsal: Rehearsal, at: int, which: Any, around: dict[str, Any], zone: ZoneInfo) -> None:
    """As if what a trigger waits for had happened."""
    run = rehearsal.run
    known = variables_of(run.graph, which, at)
    if run.steps or run.state != "running":
        return
    run.variables.update(known)
    around["message"] = {}
    _advance(rehearsal, at, around, zone)


def _skip(rehearsal: Rehearsal, at: int, seconds: Any, around: dict[str, Any], zone: ZoneInfo) -> None:
    """Let time pass: each wait that ends within it goes on at its own moment."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= LONGEST_SKIP_S:
        raise Invalid("skip_s is a number of seconds, at most a year.", field=f"messages.{at}.skip_s")
    end, run = rehearsal.now + timedelta(seconds=seconds), rehearsal.run
    while run.state == "waiting" and run.resume_at is not None and run.resume_at <= end:
        if len(rehearsal.steps) > MOST_STEPS:
            raise Invalid(f"A rehearsal has at most {MOST_STEPS:,} steps: let less time pass.", field=f"messages.{at}.skip_s")
        rehearsal.now = max(rehearsal.now, run.resume_at)
        run.resume(Answer("time"))
        _advance(rehearsal, at, around, zone)
    rehearsal.now = end


def _advance(rehearsal: Rehearsal, at: int, around: dict[str, Any], zone: ZoneInfo) -> None:
    run, effects = rehearsal.run, rehearsal.effects
    player = PinnedPlayer(
        run, _Named(effects, run, around["contact"], rehearsal.pins), {**around, "now": iso(rehearsal.now)}, rehearsal.now, zone
    )
    player.pins = rehearsal.pins
    while not player.advance():
        player.play_slow()
    rehearsal.replies += [{"after": at, **one} for one in effects.sent]
    rehearsal.acts += [{"after": at, **one} for one in effects.acts]
    rehearsal.steps += [_shown(one, at) for one in run.records]
    effects.sent, effects.acts, run.records = [], [], []


class _Named:
    """Effects that know which node asks, and what is pinned to it."""

    def __init__(self, effects: RehearsedEffects, run: Run, contact: dict[str, Any], pins: Pins):
        self._effects, self._run, self._contact, self._pins = effects, run, contact, pins

    @property
    def _pin(self) -> Pin:
        return self._pins.get(self._run.at or "", NONE)

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None:
        self._effects.node_id = self._run.at or ""
        self._effects.send(message, key, by_model=by_model)

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        self._effects.node_id = self._run.at or ""
        if what == "set_language":
            # As in the box, whoever chose a language is spoken to in it from the next step on.
            self._contact["language"] = given.get("language")
        answer = self._effects.act(what, given)
        self._pin.allow()
        return answer

    def http(self, request: Mapping[str, Any]) -> Any:
        self._effects.node_id = self._run.at or ""
        return self._pin.answered(self._effects.http(request))

    def ask(self, request: Mapping[str, Any], key: str) -> Any:
        self._effects.node_id = self._run.at or ""
        answer = self._effects.ask(request, key)
        self._pin.allow()
        return answer

    def talk(self, most: int) -> list[tuple[str, str]]:
        return self._effects.talk(most)


def _body(line: Mapping[str, Any]) -> dict[str, Any]:
    text, reply_id, media, place = line.get("text") or "", line.get("reply_id"), line.get("media"), line.get("location")
    kind = "location" if place else str(media) if media else "interactive" if reply_id else "text"
    content = {"location": place} if place else {}
    return {
        "type": kind, "text": str(text), "reply_id": str(reply_id) if reply_id else None, "message_id": "0",
        "media_id": "0" if media else None, "content": content.get("location") or {},
    }  # fmt: skip


def _contact(given: Mapping[str, Any]) -> dict[str, Any]:
    name, fields = str(given.get("name") or "Asha Rao"), given.get("fields") or {}
    if not isinstance(fields, Mapping):
        raise Invalid("A contact's fields are names with values.", field="contact.fields")
    return {
        "id": "0", "name": name, "first_name": name.split()[0] if name.split() else "", "phone": given.get("phone") or "+919800000000",
        "language": given.get("language") or "en", "fields": dict(fields),
    }  # fmt: skip


def _shown(one: Record, at: int) -> dict[str, Any]:
    return {
        "number": one.number, "node_id": one.node_id, "node_type": one.node_type, "input": one.input, "output": one.output,
        "outcome": one.outcome, "error": one.error, "after": at, "started_at": iso(one.started_at), "duration_us": one.duration_us,
    }  # fmt: skip


def _loader(graph: Graph, load: Load | None) -> Load:
    def graph_of(version: int) -> Graph:
        if version == 0:
            return graph
        if load is None:
            raise NotFound("There is no other flow here.")
        return load(version)

    return graph_of


def _no_other_flow(flow_id: int) -> int:
    raise NotFound("There is no other flow here.")
