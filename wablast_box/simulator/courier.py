"""Carries webhooks to the box: signed, batched when they pile up, repeated with growing gaps until a 200."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from wablast_box.lib.clock import now
from wablast_box.simulator.agenda import Agenda
from wablast_box.simulator.faults import FaultKind
from wablast_box.simulator.signing import encode, signature
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json

logger = logging.getLogger(__name__)

# Posts a body to an address and tells the HTTP status; 0 when nobody answered.
Post = Callable[[str, dict[str, str], bytes], int]

LANES = 4
HOLD_S = 0.3
STOP_S = 1.0


@dataclass(slots=True)
class Parcel:
    """One or more changes on their way; `body` once it has been posted, because a repeat has the same bytes."""

    changes: list[Json]
    body: bytes | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """One try, for those who want to look."""

    at: datetime
    url: str
    body: bytes
    status: int
    attempt: int


@dataclass
class Tally:
    """How much was carried."""

    posts: int = 0
    changes: int = 0
    refused: int = 0
    lost: int = 0
    given_up: int = 0


@dataclass
class _Held:
    changes: list[tuple[str, Json]] = field(default_factory=list)


class Courier:
    """Lanes keep one customer's news in order while a slow answer holds up nobody else."""

    def __init__(self, state: State, post: Post, *, threaded: bool):
        self._state = state
        self._post = post
        self.posted: deque[Posted] = deque(maxlen=2000)
        self.tally = Tally()
        # Called with the wamid of each customer message that the box has answered with 200.
        self.on_taken: Callable[[str], None] = lambda _: None
        self._held = _Held()
        self._lock = threading.Lock()
        # Without threads one lane: tests want the same order every time.
        self._lanes = [
            Agenda(self._carry, name=f"webhooks-{n}", batch=self._batch, threaded=threaded) for n in range(LANES if threaded else 1)
        ]
        self._release = Agenda(self._release_held, name="webhooks-held", batch=lambda: 1, threaded=threaded)

    def accept(self, key: str, change: Json) -> None:
        """Take a change (`{field, value}`); changes with the same `key` keep their order."""
        faults = self._state.faults
        if faults and self._mishandle(key, change):
            return
        self._add(key, change)

    def waiting(self) -> int:
        """How many are planned and not yet answered with 200."""
        return sum(map(len, self._lanes)) + len(self._held.changes)

    def drain(self, *, hurry: bool = False) -> int:
        """Post in this thread what is due. Returns how many posts were planned."""
        self._release.drain(hurry=hurry)
        return sum(lane.drain(hurry=hurry) for lane in self._lanes)

    def clear(self) -> None:
        """Forget what waits and what was posted."""
        for lane in self._lanes:
            lane.clear()
        self._held = _Held()
        self.posted.clear()
        self.tally = Tally()

    def stop(self) -> None:
        """End the lanes; a post that the box does not answer is not waited for."""
        for lane in self._lanes:
            lane.stop()
        self._release.stop()
        for lane in self._lanes:
            lane.join(STOP_S / LANES)

    def _add(self, key: str, change: Json, after_s: float = 0.0) -> None:
        self._lanes[hash(key) % len(self._lanes)].add(Parcel([change]), after_s)

    # -- bad days

    def _mishandle(self, key: str, change: Json) -> bool:
        faults = self._state.faults
        if faults.for_webhook(FaultKind.WEBHOOK_LOSE):
            self.tally.lost += 1
            return True
        if fault := faults.for_webhook(FaultKind.WEBHOOK_DUPLICATE):
            for _ in range(fault.count + 1):
                self._add(key, change)
            return True
        if fault := faults.for_webhook(FaultKind.WEBHOOK_DELAY):
            self._add(key, change, fault.delay_s)
            return True
        if fault := faults.for_webhook(FaultKind.WEBHOOK_REORDER):
            self._hold(key, change, until=max(2, fault.count), batched=False)
            return True
        if fault := faults.for_webhook(FaultKind.WEBHOOK_REBATCH):
            self._hold(key, change, until=max(2, fault.count), batched=True)
            return True
        return False

    def _hold(self, key: str, change: Json, *, until: int, batched: bool) -> None:
        with self._lock:
            self._held.changes.append((key, change))
            full = len(self._held.changes) >= until
            first = len(self._held.changes) == 1
        if full:
            self._let_go(batched=batched)
        elif first:
            # Nothing may be kept for ever only because no second one comes.
            self._release.add(batched, HOLD_S)

    def _release_held(self, batched: list[bool]) -> None:
        self._let_go(batched=batched[0])

    def _let_go(self, *, batched: bool) -> None:
        with self._lock:
            held, self._held = self._held, _Held()
        if batched and held.changes:
            self._lanes[0].add(Parcel([change for _, change in held.changes]))
            return
        # One lane and one post each, last first: that is what "out of order" means.
        for _, change in reversed(held.changes):
            self._lanes[0].add(Parcel([change], body=self._seal([change])))

    # -- posting

    def _batch(self) -> int:
        return self._state.settings.max_batch

    def _carry(self, parcels: list[Parcel]) -> None:
        url = self._state.number.callback
        if url is None:
            return
        fresh = [change for parcel in parcels if parcel.body is None for change in parcel.changes]
        sealed = [parcel for parcel in parcels if parcel.body is not None]
        if fresh:
            self._try(url, Parcel(fresh, self._seal(fresh)))
        for parcel in sealed:
            self._try(url, parcel)

    def _seal(self, changes: list[Json]) -> bytes:
        entry: Json = {"id": self._state.account.waba_id, "changes": changes}
        if any("metadata" not in change["value"] for change in changes):
            entry["time"] = int(now().timestamp())
        return encode({"object": "whatsapp_business_account", "entry": [entry]})

    def _try(self, url: str, parcel: Parcel) -> None:
        assert parcel.body is not None
        parcel.attempts += 1
        headers = {
            "content-type": "application/json",
            "user-agent": "facebookexternalua",
            "x-hub-signature-256": signature(parcel.body, self._state.account.app_secret),
        }
        status = self._post(url, headers, parcel.body)
        self.posted.append(Posted(now(), url, parcel.body, status, parcel.attempts))
        self.tally.posts += 1
        if status == 200:
            self.tally.changes += len(parcel.changes)
            self._tell_taken(parcel)
            return
        self.tally.refused += 1
        gaps = self._state.settings.retry_gaps_s
        if parcel.attempts > len(gaps):
            self.tally.given_up += 1
            logger.warning("webhook given up", extra={"status": status, "attempts": parcel.attempts})
            return
        self._lanes[0].add(parcel, gaps[parcel.attempts - 1])

    def _tell_taken(self, parcel: Parcel) -> None:
        for change in parcel.changes:
            for message in change["value"].get("messages", ()):
                self.on_taken(message["id"])

    def wait_until_idle(self, timeout_s: float = 5.0) -> bool:
        """Whether everything was answered with 200 within that time."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if not self.waiting():
                return True
            time.sleep(0.005)
        return False
