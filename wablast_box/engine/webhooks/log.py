"""Look through the raw log: by state, time, kind, and by what stands in the bodies.

Bodies have no index, so a search reads them, newest first, and stops after a while: the page then says how far back it came
and where to go on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from wablast_box.engine.webhooks.models import WebhookEvent, WebhookState
from wablast_box.lib import ids, sql
from wablast_box.lib.db import is_postgres
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import PageRequest

WINDOW = 2000
WITHIN_S = 0.8
LONGEST_SEARCH = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; None and empty mean everything."""

    state: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    contains: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows newest first. `looked_back_to`: the search ended here for now; older ones come with the cursor."""

    rows: list[WebhookEvent]
    next_cursor: str | None
    looked_back_to: datetime | None


def look(asked: Asked, request: PageRequest) -> Found:
    """A page of the log."""
    base, base_params = _base(asked)
    inner, inner_params = _inner(asked)
    before = request.after if request.after is not None else (1 << 63) - 1
    numbers: list[int] = []
    started = time.monotonic()
    while True:
        last = _end_of_window(base, base_params, before) if inner else None
        wanted = request.limit + 1 - len(numbers)
        numbers += _matching(base + inner, [*base_params, *inner_params], before, last, wanted)
        if len(numbers) > request.limit or last is None:
            break
        before = last
        if time.monotonic() - started > WITHIN_S:
            return Found(_rows(numbers), str(before), ids.moment_of(before))
    more = len(numbers) > request.limit
    kept = numbers[: request.limit]
    return Found(_rows(kept), str(kept[-1]) if more else None, None)


def spellings(text: str) -> list[bytes]:
    """How a text may stand in a body: as it is, and with the escapes that Meta writes."""
    plain = orjson.dumps(text)[1:-1]
    escaped = _escaped(text)
    return list(dict.fromkeys((text.encode("utf-8", "replace"), plain, escaped, escaped.replace(b"/", rb"\/"))))


def _escaped(text: str) -> bytes:
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return b"".join(bytes([code]) if 32 <= code < 127 and code not in b'"\\' else b"\\u%04x" % code for code in codes)


def _base(asked: Asked) -> tuple[list[str], list[Any]]:
    """What the indexes know."""
    conditions, params = ["id < ?"], list[Any]()
    if asked.state:
        if asked.state not in list(WebhookState):
            raise Invalid(f"state can be {', '.join(WebhookState)}.", field="state")
        # Written out, so that the planner sees that the partial index fits.
        conditions.append(f"state = '{WebhookState(asked.state).value}'")
    if asked.since is not None:
        conditions.append("id >= ?")
        params.append(ids.first_id_at(asked.since))
    if asked.until is not None:
        conditions.append("id < ?")
        params.append(ids.first_id_at(asked.until))
    return conditions, params


def _inner(asked: Asked) -> tuple[list[str], list[Any]]:
    """What has to be read."""
    conditions, params = list[str](), list[Any]()
    if asked.kind:
        if len(asked.kind) > 64 or not asked.kind.replace("_", "").isalnum():
            raise Invalid("A kind has a name as Meta writes it, for example messages.", field="kind")
        conditions.append("' ' || summary LIKE ? ESCAPE '!'")
        params.append(f"% {asked.kind.replace('_', '!_')} %")
    if asked.contains:
        if len(asked.contains) > LONGEST_SEARCH:
            raise Invalid(f"Look for at most {LONGEST_SEARCH} characters.", field="contains")
        texts = spellings(asked.contains)
        one = "position(? in body) > 0" if is_postgres() else "instr(body, ?) > 0"
        conditions.append("(" + " OR ".join([one] * len(texts)) + ")")
        params += texts
    return conditions, params


def _end_of_window(base: Sequence[str], params: Sequence[Any], before: int) -> int | None:
    rows = sql.run(
        f"SELECT id FROM webhook_event WHERE {' AND '.join(base)} ORDER BY id DESC LIMIT 1 OFFSET {WINDOW - 1}",  # noqa: S608
        (before, *params),
    )
    return int(rows[0][0]) if rows else None


def _matching(conditions: Sequence[str], params: Sequence[Any], before: int, last: int | None, limit: int) -> list[int]:
    lower, more = (" AND id >= ?", [last]) if last is not None else ("", [])
    rows = sql.run(
        f"SELECT id FROM webhook_event WHERE {' AND '.join(conditions)}{lower} ORDER BY id DESC LIMIT ?",  # noqa: S608
        (before, *params, *more, limit),
    )
    return [int(row[0]) for row in rows]


def _rows(numbers: Sequence[int]) -> list[WebhookEvent]:
    return list(WebhookEvent.select().where(WebhookEvent.id.in_(list(numbers))).order_by(WebhookEvent.id.desc()))
