"""What Graph's refusals mean: `advice(code)` for people, exceptions for the code that called.

Decisions hang on Meta's code, never on the HTTP status: rate limits come as 400.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wablast_box.engine.meta.error_codes import CODES, RANGES, Row
from wablast_box.lib.errors import Upstream

DAY_S = 86_400.0
MAX_BACKOFF_S = 600.0
MAX_TEXT = 1000
TOKEN = re.compile(r"EA[A-Za-z0-9]{16,}|(?<=access token )\S{12,}")


class Retry(StrEnum):
    """What the box may do by itself after a refusal."""

    NEVER = "never"
    BACKOFF = "backoff"
    PAIR = "pair"  # only this customer waits
    DAY = "day"
    FIX = "fix"  # a person mends something first
    STOP_ALL = "stop_all"  # nothing can be sent until a person mends it


@dataclass(frozen=True, slots=True)
class MetaAdvice:
    """What happened and what to do now, in plain words."""

    code: int | None
    title: str
    advice: str
    retry: Retry
    alarm: bool


_UNKNOWN: Row = (
    "fix",
    False,
    "Meta refused this",
    "Read the details. If they do not help, search for the code in Meta's list of WhatsApp error codes.",
)


def advice(code: int | None) -> MetaAdvice:
    """Never fails: a code we do not know gets careful words and is not tried again by itself."""
    row = CODES.get(code) if code is not None else None
    if row is None and code is not None:
        row = next((found for first, last, found in RANGES if first <= code <= last), None)
    retry, alarm, title, text = row or _UNKNOWN
    return MetaAdvice(code, title, text, Retry(retry), alarm)


def wait_s(retry: Retry, attempt: int) -> float | None:
    """Seconds until attempt number `attempt` + 1 may go out (attempt counts from 1); None when it may not."""
    step = max(attempt - 1, 0)
    if retry is Retry.BACKOFF:
        return min(float(2 ** min(step + 1, 10)), MAX_BACKOFF_S)
    if retry is Retry.PAIR:
        return min(float(4 ** min(step, 5)), MAX_BACKOFF_S)
    if retry is Retry.DAY:
        # With growing gaps: a day, two days, four.
        return DAY_S * (1 << min(step, 3))
    return None


class GraphError(Upstream):
    """Meta answered no, or did not answer. `meta_code` is Meta's number, `retry` what may be done by itself."""

    def __init__(
        self,
        meta_code: int | None,
        *,
        title: str | None = None,
        details: str | None = None,
        http_status: int | None = None,
        subcode: int | None = None,
        fbtrace_id: str | None = None,
        retry: Retry | None = None,
        retry_after_s: float | None = None,
        help: str | None = None,
    ):
        known = advice(meta_code)
        self.meta_code = meta_code
        self.subcode = subcode
        self.title = title or known.title
        self.details = details
        self.http_status = http_status
        self.fbtrace_id = fbtrace_id
        self.retry = retry or known.retry
        self.alarm = known.alarm
        self.answer: Mapping[str, Any] = {}  # all that stood beside the error
        number = f" (Meta's code {meta_code})" if meta_code is not None else ""
        super().__init__(
            f"{self.title if known.title == _UNKNOWN[2] else known.title}.{number}" + (f" {details}" if details else ""),
            permanent=self.retry in (Retry.NEVER, Retry.FIX) and not isinstance(self, Unclear),
            retry_after_s=retry_after_s,
            code=f"meta_{meta_code}" if meta_code is not None else None,
            help=help or known.advice,
        )


class RateLimited(GraphError):
    """Too fast. Meta did not take the request; later it will."""


class TemporarilyDown(GraphError):
    """A fault at Meta that passes. Meta did not take the request."""


class TokenExpired(GraphError):
    """The access token is dead: nothing works until there is a new one."""


class Rejected(GraphError):
    """Meta said no, and would say no again to the same request."""


class Unclear(GraphError):
    """No answer we can read: the request may or may not have been carried out. Never repeat what sends a message."""

    def __init__(self, details: str, *, http_status: int | None = None):
        super().__init__(
            None,
            title="Meta's answer is missing or cannot be read",
            details=details,
            http_status=http_status,
            retry=Retry.NEVER,
            help="It is not known whether Meta took the request. Look whether it had its effect before you repeat it.",
        )


RATE_LIMITS = frozenset({4, 80007, 130429, 131048, 131049, 131056, 131208})
TOKEN_CODES = frozenset({0, 190})


def graph_error(error: Mapping[str, Any], http_status: int, *, retry_after_s: float | None = None) -> GraphError:
    """The exception for the `error` object of a Graph answer."""
    code = _number(error.get("code"))
    known = advice(code)
    retry = known.retry
    if retry is Retry.FIX and error.get("is_transient") is True and code not in CODES:
        retry = Retry.BACKOFF
    return _kind(code, retry)(
        code,
        title=_text(error.get("error_user_title")) or _text(error.get("message")),
        details=_details(error),
        http_status=http_status,
        subcode=_number(error.get("error_subcode")),
        fbtrace_id=_text(error.get("fbtrace_id")),
        retry=retry,
        retry_after_s=retry_after_s,
    )


def _kind(code: int | None, retry: Retry) -> type[GraphError]:
    if code in TOKEN_CODES:
        return TokenExpired
    if code in RATE_LIMITS:
        return RateLimited
    return TemporarilyDown if retry is Retry.BACKOFF else Rejected


def _details(error: Mapping[str, Any]) -> str | None:
    data = error.get("error_data")
    inner = data.get("details") if isinstance(data, Mapping) else None
    return _text(inner) or _text(error.get("error_user_msg")) or _text(error.get("message"))


def _text(value: object) -> str | None:
    """What Meta wrote, without the access token that some of its refusals repeat."""
    return TOKEN.sub("…", value)[:MAX_TEXT] if isinstance(value, str) and value else None


def _number(value: object) -> int | None:
    """Graph writes some numbers as strings."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else None
