"""JSON that nobody should send."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.browser import Browser, code_of
from wablast_box.lib.errors import Invalid
from wablast_box.web.strict_json import read_json

SESSION = "/api/v1/session"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"nonsense", b"NaN", b'{"a": NaN}', b'{"a": Infinity}', b"\xff\xfe{\x00}\x00", b'{"email": "\xff"}', b'{"email": "\\ud800"}',
        b'{"email": "a\\u0000b"}', b'{"a\\u0000": 1}', b"[" * 65 + b"]" * 65, b"[" * 5_000 + b"]" * 5_000, b"[" * 100_000, b'{"a":' * 100_000,
        b"[" + b"1," * 100_001 + b"1]", b"1" * 5_000, b'{"a": 01}', b"{'a': 1}", b'\xef\xbb\xbf{"a": 1}',
    ],
)  # fmt: skip
def test_json_that_nobody_should_send_is_a_400_and_never_a_500(nobody: Browser, body: bytes) -> None:
    answer = nobody.ask("POST", SESSION, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 422)
    assert code_of(answer) in ("unreadable", "invalid")


def test_json_at_the_limits_is_read() -> None:
    deep: Any = "x"
    for _ in range(63):
        deep = [deep]

    assert read_json(json.dumps(deep).encode()) == deep
    assert read_json("“नमस्ते” 🦜".join(['"', '"']).encode()) == "“नमस्ते” 🦜"
    with pytest.raises(Invalid):
        read_json(json.dumps([[deep]]).encode())


def test_a_form_instead_of_json_is_refused(nobody: Browser) -> None:
    answer = nobody.ask("POST", SESSION, files={"email": ("x", b"x")})

    assert answer.status_code in (400, 415)


def test_who_has_nothing_to_say_needs_no_body(asha: Browser) -> None:
    number = asha.post("/api/v1/flows", {"name": "Plain"}).json()["id"]

    for headers in ({}, {"Content-Type": "application/json"}):
        checked = asha.ask("POST", f"/api/v1/flows/{number}/validate", headers=headers)
        assert (checked.status_code, checked.json()) == (200, {"problems": []})
        assert asha.ask("POST", f"/api/v1/flows/{number}/publish", headers=headers).json()["is_on"]
        missing = asha.ask("POST", f"/api/v1/flows/{number}/simulate", headers=headers)
        assert (missing.status_code, missing.json()["error"]["field"]) == (422, "messages")


def test_a_body_that_does_not_say_what_it_is_is_refused(asha: Browser) -> None:
    number = asha.post("/api/v1/flows", {"name": "Plain"}).json()["id"]
    answer = asha.ask("POST", f"/api/v1/flows/{number}/validate", content=b'{"graph": {}}')

    assert (answer.status_code, code_of(answer)) == (415, "unsupported_type")
