"""The step loop and its guards. Deterministic: the same graph and the same inputs take the same steps."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.graph import Node
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.outcome import ERROR, NEXT, Call, End, Go, Jump, Outcome, Wait
from wablast_box.engine.flows.node.step import Effects, Step, keep
from wablast_box.engine.flows.play import tongue
from wablast_box.engine.flows.play.run import Record, Run
from wablast_box.engine.flows.registry import find_type, node_type
from wablast_box.lib.errors import BoxError, Conflict, Invalid, Unavailable

logger = logging.getLogger(__name__)

# A flow that does more without hearing from the customer has lost its way (threat model D54).
MOST_STEPS, MOST_VISITS, MOST_SENDS, DEEPEST = 50, 3, 5, 10


class Player:
    """Plays one turn of a run. `surroundings` are what texts see beside the flow's own variables."""

    def __init__(self, run: Run, effects: Effects, surroundings: Mapping[str, Any], now: datetime, zone: ZoneInfo):
        self.run, self._effects, self._surroundings, self._now, self._zone = run, effects, surroundings, now, zone

    def advance(self) -> bool:
        """Play steps until the run rests, or until the next one is slow: False then, and `play_slow` plays that one."""
        while self.run.is_moving:
            if self._is_slow():
                return False
            self._play()
        return True

    def play_slow(self) -> None:
        """Play the one slow step that is next: outside any transaction."""
        self._play()

    def _is_slow(self) -> bool:
        node = self.run.graph.nodes.get(self.run.at or "")
        try:
            return node is not None and not node.is_disabled and self.run.memory.steps < MOST_STEPS and node_type(node.type).is_slow
        except BoxError:
            return False

    def _play(self) -> None:
        run = self.run
        node = run.graph.nodes.get(run.at or "")
        if node is None:
            self._stop("This flow leads to a node that is not there.")
            return
        if (lost := self._guard(node)) is not None:
            self._stop(lost)
            return
        began, heard = time.perf_counter(), run.memory.answer
        went_in = {"variables": dict(run.variables)} if run.steps == 0 and run.variables else {}
        step = self._step(node)
        outcome, error = self._outcome(node, step)
        run.steps, run.memory.steps = run.steps + 1, run.memory.steps + 1
        self._note(node, step, went_in, heard, outcome, error, int((time.perf_counter() - began) * 1e6))
        self._follow(node, outcome, error)

    def _guard(self, node: Node) -> str | None:
        memory = self.run.memory
        if self.run.memory.steps >= MOST_STEPS:
            return f"More than {MOST_STEPS} steps without a rest: the flow goes round in circles."
        if memory.answer is not None:
            return None
        visits = memory.visits.get(node.id, 0)
        if visits >= MOST_VISITS:
            return f"“{node.name or node.type}” was reached {visits} times without an answer of the customer."
        memory.visits[node.id] = visits + 1
        return None

    def _outcome(self, node: Node, step: Step) -> tuple[Outcome, BoxError | None]:
        """What the node says. A mistake of a node's own is logged under a reference; the customer's flow goes on by `error`."""
        answer, was_interrupted = self.run.hear(), self.run.is_interrupted
        self.run.is_interrupted = False
        if node.is_disabled:
            return Go(), None
        try:
            kind = node_type(node.type)
            played = tongue.speaking(kind, node, self.run.graph.languages, step)
            if was_interrupted and not played.may_repeat():
                return Go(ERROR), Conflict("The box stopped while this was under way: it may have happened or not.", code="interrupted")
            if answer is None:
                return self._declared(node, played, _whole(played.run(step), self.run.variables)), None
            heard = tongue.understood(kind, node, self.run.graph.languages, step, answer)
            return self._declared(node, played, _whole(played.resume(step, heard), self.run.variables)), None
        except Unavailable:
            raise  # the box cannot write or must stop: this turn is taken again
        except BoxError as refused:
            return Go(ERROR), refused
        except Exception as broken:
            if _is_half_done(node):
                logger.info("a node of a draft is not filled in", extra={"node": node.type, "why": repr(broken)[:200]})
                return Go(ERROR), _otherwise_filled_in()
            reference = secrets.token_hex(3).upper()
            logger.exception("a node failed", extra={"node": node.type, "reference": reference})
            return Go(ERROR), Conflict(f"Something went wrong in this node, reference {reference}.", code="node_failed")

    def _declared(self, node: Node, played: NodeType, outcome: Outcome) -> Outcome:
        """A way out that the node has: a slip in its name must not end a customer's flow without a word. Raises Conflict."""
        # Where an edge leads on from it, it was declared when that was drawn.
        if isinstance(outcome, Go) and (node.id, outcome.output) not in self.run.graph.after:
            ways = played.all_outputs()
            if outcome.output not in ways:
                known = f"it has {', '.join(ways)}" if ways else "it has none"
                words = f"This step left by “{outcome.output[:60]}”, a way out that it does not have: {known}."
                raise Conflict(words, code="undeclared_way")
        return outcome

    def _step(self, node: Node) -> Step:
        run = self.run
        return Step(
            variables=run.variables, surroundings=self._surroundings, memory=run.memory.nodes.setdefault(node.id, {}), now=self._now,
            effects=_Counted(self._effects, run), key=f"{run.key}:{run.steps + 1}", zone=self._zone,
            languages=tongue.wanted(run.graph.languages, self._surroundings), by_model=run.memory.by_model,
        )  # fmt: skip

    def _follow(self, node: Node, outcome: Outcome, error: BoxError | None) -> None:
        run = self.run
        if isinstance(outcome, Wait):
            run.state, run.wait_for, run.resume_at, run.waits = "waiting", outcome.for_, outcome.until, run.waits + 1
        elif isinstance(outcome, End):
            self._go_back() if run.memory.back else run.end("ended", outcome.reason)
        elif isinstance(outcome, Call):
            self._call(node, outcome)
        elif isinstance(outcome, Jump):
            run.at = outcome.node_id
        else:
            self._leave(node, outcome.output, error)

    def _leave(self, node: Node, output: str, error: BoxError | None) -> None:
        run = self.run
        target = run.graph.after.get((node.id, output))
        if output not in (NEXT, ERROR):
            target = target or run.graph.after.get((node.id, "otherwise"))
        if (kind := find_type(node.type)) is not None and kind.loops:
            run.memory.visits = {}
        if target is not None:
            run.at = target
        elif error is not None:
            self._stop(error.message)
        elif run.memory.back:
            self._go_back()
        else:
            run.end("ended", "end")

    def _call(self, node: Node, call: Call) -> None:
        run = self.run
        if len(run.memory.back) >= DEEPEST:
            self._stop(f"Flows call each other more than {DEEPEST} deep.")
            return
        try:
            version = run.find(call.flow_id)
            start = run.load(version).start
        except BoxError as refused:
            self._leave(node, ERROR, refused)
            return
        if call.returns:
            run.memory.back.append([run.version_id, node.id])
        run.variables.update(call.variables)
        run.version_id, run.at = version, start.id if start else None
        # Nodes of different flows may have the same id; each visit counts in its own flow.
        run.memory.visits = {}

    def _go_back(self) -> None:
        run = self.run
        version, node_id = run.memory.back.pop()
        run.version_id = int(version)
        node = run.graph.nodes.get(node_id)
        if node is None:
            self._stop("The flow that called this one has changed.")
        else:
            self._leave(node, NEXT, None)

    def _stop(self, reason: str) -> None:
        self.run.end("failed", reason)

    def _note(
        self,
        node: Node,
        step: Step,
        went_in: dict[str, Any],
        heard: list[Any] | None,
        outcome: Outcome,
        error: BoxError | None,
        took_us: int,
    ) -> None:
        """Variables go in where a session begins; later they follow from what came out before."""
        run = self.run
        if heard is not None:
            went_in = {**went_in, "answer": {"kind": heard[0], **_words(heard[1])}}
        came_out = {name: run.variables[name] for name in sorted(step.changed)}
        if isinstance(outcome, Call):
            came_out |= outcome.variables
        why = None if error is None else error.message
        what = (went_in, came_out, _word(outcome), why, self._now, took_us)
        run.records.append(Record(run.steps, run.version_id, node.id, node.type, *what))


class _Counted:
    """Effects that count what is sent: a customer who says nothing is not written to without end."""

    def __init__(self, effects: Effects, run: Run):
        self._effects, self._run = effects, run

    def send(self, message: Mapping[str, Any], key: str, *, by_model: bool) -> None:
        if self._run.memory.sends >= MOST_SENDS:
            raise Invalid(
                f"A flow sends at most {MOST_SENDS} messages until the customer answers.",
                code="too_many_sends",
                help="Ask a question between.",
            )
        self._effects.send(message, key, by_model=by_model)
        self._run.memory.sends += 1

    def act(self, what: str, given: Mapping[str, Any]) -> Any:
        return self._effects.act(what, given)

    def http(self, request: Mapping[str, Any]) -> Any:
        return self._effects.http(request)

    def ask(self, request: Mapping[str, Any], key: str) -> Any:
        return self._effects.ask(request, key)

    def talk(self, most: int) -> list[tuple[str, str]]:
        return self._effects.talk(most)


def _whole(outcome: Outcome, variables: Mapping[str, Any]) -> Outcome:
    """A way out that can be kept: a draft may hold anything at all in the place of a name. Raises Invalid."""
    match outcome:
        case Go(name) | End(name) | Jump(name) if not isinstance(name, str | None):
            raise _otherwise_filled_in()
        case Call():
            together = dict(variables)
            for given, value in outcome.variables.items():
                keep(together, given, value)
            return replace(outcome, variables={given: together[given] for given in outcome.variables})
    return outcome


def _is_half_done(node: Node) -> bool:
    """Is it filled in so that it could not be published? A draft is rehearsed and tried all the same."""
    try:
        return any(True for _ in node_type(node.type)(node.data).problems())
    except Exception:
        return False  # a mistake of the node's own, then


def _otherwise_filled_in() -> Invalid:
    return Invalid("What is filled in here has another form: look at the problems of this step.", code="not_filled_in")


def _words(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("type", "text", "reply_id") if body.get(name)}


def _word(outcome: Outcome) -> str:
    if isinstance(outcome, Go):
        return outcome.output
    return type(outcome).__name__.lower()
