"""JSON bodies, read strictly: UTF-8 only, no NaN, no lone surrogates, no NUL, not too deep, not too many parts. Anything else is a 400."""

from __future__ import annotations

from typing import Any

import orjson
from quart import Request, g
from quart.formparser import FormDataParser

from wablast_box.lib.errors import Invalid
from wablast_box.web.masking import hides_numbers, unaliased
from wablast_box.web.uploads import room_on

MAX_DEPTH, MAX_PARTS = 64, 100_000


class StrictRequest(Request):
    """Quart's request with this reader in place of the lenient one, which answers 500 to several of these."""

    def make_form_data_parser(self) -> FormDataParser:
        """Quart's, with our say in where files go."""
        parser = super().make_form_data_parser()
        parser.stream_factory = room_on(self.path)
        return parser

    async def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The body as JSON, or Invalid `unreadable`."""
        kept = getattr(self, "_strict_json", None)
        if kept is None:
            if self.mimetype and not self.is_json:
                raise Invalid("Send application/json.", code="unsupported_type")
            body = await self.get_data(cache=cache, as_text=False, parse_form_data=False)
            if body and not self.is_json:
                raise Invalid("Send application/json.", code="unsupported_type")
            # Who has nothing to say may say it without a body: what is asked for nevertheless is said to be missing.
            value = read_json(body) if body else {}
            kept = self._strict_json = (unaliased(value) if hides_numbers(g.get("actor")) else value,)
        return kept[0]


def read_json(body: bytes) -> Any:
    """The value in a body, or Invalid that says what is wrong with it."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise _unreadable("This is not JSON in UTF-8.") from broken
    _check(value, may_hold_nul=b"\\u0000" in body)
    return value


def _check(value: Any, *, may_hold_nul: bool) -> None:
    """Level by level, so that no depth can exhaust the stack."""
    level, parts = [value], 0
    for _ in range(MAX_DEPTH + 1):
        parts += len(level)
        if parts > MAX_PARTS:
            raise _unreadable(f"This JSON has more than {MAX_PARTS} parts.")
        if may_hold_nul and any(isinstance(part, str) and "\x00" in part for part in level):
            raise _unreadable("A text in this JSON holds a NUL character.")
        level = [inner for part in level for inner in _inside(part, may_hold_nul)]
        if not level:
            return
    raise _unreadable(f"This JSON is nested deeper than {MAX_DEPTH} levels.")


def _inside(part: Any, with_keys: bool) -> list[Any]:
    if isinstance(part, dict):
        return [*part.keys(), *part.values()] if with_keys else list(part.values())
    return part if isinstance(part, list) else []


def _unreadable(why: str) -> Invalid:
    return Invalid(why, code="unreadable", help="Send one JSON value as application/json.")
