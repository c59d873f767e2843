"""One HTTP request and one answer, without any HTTP library: what `FakeGraph.handle` takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

Json = dict[str, Any]

JSON_HEADERS = {"content-type": "application/json; charset=UTF-8", "facebook-api-version": "v24.0"}


@dataclass(frozen=True, slots=True)
class Request:
    """Header names are lower case; `path` starts at the Graph's root (`/v24.0/…`)."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. Whoever carries it waits `delay_s` first and, if `cut`, drops the connection instead of answering."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: JSON_HEADERS)
    delay_s: float = 0.0
    cut: bool = False

    def json(self) -> Any:
        """The body, read as JSON."""
        return orjson.loads(self.body)


def answer(payload: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(status, orjson.dumps(payload))
