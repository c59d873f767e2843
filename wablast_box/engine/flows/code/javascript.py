"""Run an owner's JavaScript: its input as JSON in, its result as JSON out; its requests are made here, through the guard."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wablast_box.engine.flows.code.asking import Mistake, Reader, answer_of, mistake_in, said
from wablast_box.engine.flows.code.spent import spent
from wablast_box.engine.flows.node.step import HttpAnswer
from wablast_box.lib.child.workers import Workers
from wablast_box.lib.errors import BoxError, Conflict, Invalid

LONGEST_CODE = 20_000
LARGEST = 1024 * 1024
MOST_LINES, LONGEST_LINE = 100, 1000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TIMEOUT_S = 10.0
workers = Workers("wablast_box.engine.flows.code.programs.javascript")
_reader = Reader(workers)

# Makes one request: method, url, headers, content.
Http = Callable[[str, str, dict[str, str], bytes], HttpAnswer]


@dataclass(frozen=True, slots=True)
class Ran:
    """What code gave back and what it logged; `mistake` when it failed."""

    result: Any
    log: list[str]
    mistake: str | None


def run(code: str, given: Mapping[str, Any], *, flow: str, session: str, http: Http) -> Ran:
    """Raises Invalid when it had to be stopped, and Conflict when a flow runs too much."""
    _require_engine()
    handed = json.dumps(given, default=str)
    if len(handed) > LARGEST:
        raise Invalid("What goes into the code is larger than 1 MB. Name the values that it needs.", code="too_large")

    def call(name: str, asked: Any) -> Any:
        return _request(asked, http) if name == "http" else {"refused": f"There is no {name}."}

    with spent.counted(flow, session):
        answer = answer_of(workers, {"do": "run", "code": code, "input": handed}, call)
    mistake = mistake_in(answer)
    log = [str(line)[:LONGEST_LINE] for line in answer.get("log") or []][:MOST_LINES]
    return Ran(None if mistake else _read(answer.get("result")), log, said(mistake) if mistake else None)


def mistake(code: str) -> Mistake | None:
    """What hinders the code from being read, without running it."""
    return _reader.mistake(code) if has_engine() else None


def has_engine() -> bool:
    """Is there an engine for this machine?"""
    return importlib.util.find_spec("jsbox") is not None


def _require_engine() -> None:
    if not has_engine():
        raise Conflict("This machine has no engine for JavaScript.", code="no_engine", help="Put the package jsbox beside the box.")


def _read(result: Any) -> Any:
    """The result, read again here: whatever the process says, it is data."""
    if not isinstance(result, str) or len(result) > LARGEST:
        raise Invalid("The code gives back something that cannot be kept.", code="bad_result")
    try:
        return json.loads(result)
    except (ValueError, RecursionError):
        raise Invalid("The code gives back something that cannot be kept.", code="bad_result") from None


def _request(asked: Any, http: Http) -> dict[str, Any]:
    """One request for the code; what is refused is an error that it can catch."""
    try:
        answer = http(*_checked(asked))
    except BoxError as refused:
        return {"refused": refused.message}
    body = answer.body
    if len(json.dumps(body, default=str)) > LARGEST:
        return {"refused": "The answer is larger than 1 MB."}
    return {"status": answer.status, "headers": dict(answer.headers), "body": body}


def _checked(asked: Any) -> tuple[str, str, dict[str, str], bytes]:
    given = asked if isinstance(asked, dict) else {}
    method, url, headers, body = str(given.get("method") or "GET").upper(), given.get("url"), given.get("headers") or {}, given.get("body")
    if method not in METHODS:
        raise Invalid(f"http knows {', '.join(METHODS)}.")
    if not isinstance(url, str) or not isinstance(headers, dict) or not (body is None or isinstance(body, str)):
        raise Invalid("http takes an address and { method, headers, body }.")
    kept = {str(name): _one_line(text) for name, text in headers.items()}
    if body is not None and not any(name.lower() == "content-type" for name in kept):
        kept["Content-Type"] = "application/json"
    return method, url, kept, (body or "").encode(errors="replace")


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())
