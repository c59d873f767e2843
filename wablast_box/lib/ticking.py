"""The scheduler is only a clock: it calls the verbs of SCHEDULE on a few threads and remembers nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from typing import Any, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from wablast_box.lib.clock import now
from wablast_box.lib.errors import BoxError

logger = logging.getLogger(__name__)

# A box that is started every morning must get to its hourly work too.
FIRST_WITHIN_S = 60.0
# One for each verb that may have to wait for the network, and one that never has to.
THREADS = 3


class DueVerb(Protocol):
    """A line of the schedule."""

    @property
    def name(self) -> str: ...
    @property
    def every_s(self) -> float: ...
    @property
    def verb(self) -> Callable[[], Any]: ...
    @property
    def brief(self) -> bool:
        """It looks at our own tables and waits for nobody."""


class Clock:
    """Start it with a schedule; stop it."""

    def __init__(self, schedule: Sequence[DueVerb]):
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(THREADS)})
        # All begin on the same beat: verbs that are due together wake the scheduler once.
        beat = now().replace(microsecond=0)
        for together in _rounds(schedule):
            every_s = together[0].every_s
            self._scheduler.add_job(
                _run_round,
                "interval",
                args=(together,),
                seconds=every_s,
                next_run_time=beat + timedelta(seconds=min(every_s, FIRST_WITHIN_S)),
                id=together[0].name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """No further tick; a verb that runs may end by itself."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def is_alive(self) -> bool:
        return bool(self._scheduler.running)


def _rounds(schedule: Sequence[DueVerb]) -> list[list[DueVerb]]:
    """Brief verbs of one rhythm take turns on one thread: handing over to a thread costs more than most of them."""
    rounds: dict[object, list[DueVerb]] = {}
    for due in schedule:
        rounds.setdefault(due.every_s if due.brief else due.name, []).append(due)
    return list(rounds.values())


def _run_round(together: Sequence[DueVerb]) -> None:
    for due in together:
        _run(due)


def _run(due: DueVerb) -> None:
    try:
        due.verb()
    except BoxError as refused:
        logger.warning("a scheduled verb has to wait", extra={"verb": due.name, "why": refused.code})
    except Exception:
        logger.exception("a scheduled verb failed", extra={"verb": due.name})
