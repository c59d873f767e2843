"""Bad days on demand: what the fake Graph and its webhooks do wrong, once, a few times or until told otherwise."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from wablast_box.simulator.wire import Json

_ids = itertools.count(1)


class FaultKind(StrEnum):
    """The first group meets Graph calls, `fail` a message after it was accepted, the rest webhooks."""

    DELAY = "delay"
    ERROR = "error"
    HTML = "html"
    EMPTY = "empty"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    FAIL = "fail"
    WEBHOOK_LOSE = "webhook_lose"
    WEBHOOK_DUPLICATE = "webhook_duplicate"
    WEBHOOK_REORDER = "webhook_reorder"
    WEBHOOK_REBATCH = "webhook_rebatch"
    WEBHOOK_DELAY = "webhook_delay"


GRAPH_KINDS = frozenset(
    {
        FaultKind.DELAY,
        FaultKind.ERROR,
        FaultKind.HTML,
        FaultKind.EMPTY,
        FaultKind.CUT_BEFORE,
        FaultKind.CUT_AFTER,
    }
)


@dataclass
class Fault:
    """`times` None stands until removed. `after` lets that many calls pass first, `every` hits each n-th only."""

    kind: FaultKind
    times: int | None = 1
    path: str | None = None
    to: str | None = None
    code: int = 131000
    details: str | None = None
    status: int | None = None
    delay_s: float = 0.0
    count: int = 1
    after: int = 0
    every: int = 1
    id: int = field(default_factory=lambda: next(_ids))

    def public(self) -> Json:
        """As the control API shows it."""
        return asdict(self)


class Faults:
    """The standing list. Asking takes: a fault with `times` left loses one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._list: list[Fault] = []
        self._seen: dict[int, int] = {}

    def __bool__(self) -> bool:
        return bool(self._list)

    def add(self, kind: FaultKind | str, **how: object) -> Fault:
        """Plan a fault; see `Fault` for what can be said about it."""
        fault = Fault(FaultKind(kind), **how)  # type: ignore[arg-type]
        with self._lock:
            self._list.append(fault)
        return fault

    def remove(self, fault_id: int) -> None:
        """Call one off."""
        with self._lock:
            self._list = [fault for fault in self._list if fault.id != fault_id]

    def clear(self) -> None:
        """Call all off."""
        with self._lock:
            self._list.clear()
            self._seen.clear()

    def planned(self) -> list[Fault]:
        """What is still to come."""
        return list(self._list)

    def standing(self, kind: FaultKind) -> Fault | None:
        """A fault of that kind, without using it up."""
        return next((fault for fault in self._list if fault.kind is kind), None)

    def for_call(self, path: str, to: str | None) -> Fault | None:
        """What happens to this Graph call; `to` is the recipient, if it is a message."""
        return self._take(lambda f: f.kind in GRAPH_KINDS and (f.path is None or f.path in path) and (f.to is None or f.to == to))

    def for_message(self, to: str | None) -> Fault | None:
        """Whether a message that was accepted fails later."""
        return self._take(lambda f: f.kind is FaultKind.FAIL and (f.to is None or f.to == to))

    def for_webhook(self, kind: FaultKind) -> Fault | None:
        """Whether this webhook change meets a fault of that kind."""
        return self._take(lambda f: f.kind is kind)

    def _take(self, fits: Callable[[Fault], bool]) -> Fault | None:
        if not self._list:
            return None
        with self._lock:
            for fault in filter(fits, list(self._list)):
                if self._hits(fault):
                    return fault
        return None

    def _hits(self, fault: Fault) -> bool:
        seen = self._seen[fault.id] = self._seen.get(fault.id, 0) + 1
        if seen <= fault.after or (seen - fault.after - 1) % fault.every:
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._list.remove(fault)
        return True
