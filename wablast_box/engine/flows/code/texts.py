"""Make a text of an owner's template: conditions, loops, and the filters of a flow's texts."""

from __future__ import annotations

import base64
import functools
import importlib.resources
import json
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.flows.code.asking import Mistake, Reader, answer_of, mistake_in, said
from wablast_box.engine.flows.code.spent import Spent
from wablast_box.lib.child.workers import Workers
from wablast_box.lib.errors import Invalid

LONGEST_TEMPLATE = 20_000
LARGEST = 1024 * 1024
workers = Workers("wablast_box.engine.flows.code.programs.texts")
_reader = Reader(workers)
# Texts are quick, and a shop sends many.
spent = Spent(most_runs=20_000)


def make(template: str, values: Mapping[str, Any], *, zone: ZoneInfo, flow: str, session: str) -> str:
    """The text. Raises Invalid with the line of what is wrong, and Conflict when a flow makes too many."""
    handed = json.dumps(values, default=str)
    if len(handed) > LARGEST:
        raise Invalid("What the flow knows is larger than 1 MB.", code="too_large")
    with spent.counted(flow, session):
        answer = answer_of(workers, {"do": "run", "code": template, "input": handed, "zone": _described(zone.key)})
    wrong = mistake_in(answer)
    if wrong is not None:
        raise Invalid(said(wrong), code="bad_template")
    made = answer.get("result")
    if not isinstance(made, str) or len(made) > LARGEST:
        raise Invalid("The text cannot be kept.", code="bad_template")
    return made


def mistake(template: str) -> Mistake | None:
    """What hinders the template from being read."""
    return _reader.mistake(template)


@functools.lru_cache(maxsize=8)
def _described(key: str | None) -> dict[str, str]:
    """A zone as the process needs it, which can open no file."""
    name = key or "UTC"
    places = [Path(place, name) for place in zoneinfo.TZPATH]
    found = next((place for place in places if place.is_file()), None)
    data = found.read_bytes() if found else importlib.resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    return {"key": name, "data": base64.b64encode(data).decode()}
