"""docs/flows/code.md says what really happens."""

from __future__ import annotations

import json
import re

import pytest

from tests.architecture.sources import ROOT
from tests.engine.flows.code.conftest import returned
from wablast_box.engine.flows.code import asking, javascript, spent
from wablast_box.engine.flows.code.programs import javascript as program
from wablast_box.lib.child import workers

PAGE = (ROOT / "docs/flows/code.md").read_text(encoding="utf-8")
ORDER = json.loads(re.findall(r"`order` = (\{.*\}), and", PAGE)[0])
EXAMPLES = re.findall(r"```js\n(.+?)```\n\ngives `(.+?)`", PAGE, re.DOTALL)


@pytest.mark.feature("FN-55")
@pytest.mark.parametrize(("code", "gives"), EXAMPLES)
def test_each_example_gives_that(code: str, gives: str) -> None:
    assert returned(code.replace("input.contact.first_name", "'Kabir'"), variables={"order": ORDER}) == json.loads(gives)


def test_the_example_of_http_can_be_read() -> None:
    assert len(EXAMPLES) == 2
    assert all(javascript.mistake(code) is None for code in re.findall(r"```js\n(.+?)```", PAGE, re.DOTALL))


def test_every_limit_is_named() -> None:
    words = (
        f"{javascript.LONGEST_CODE:,} characters", f"{asking.WITHIN_S:.0f} seconds", f"{program.HEAP >> 20} MB", f"{spent.MOST_RUNS:,} runs",
        f"{spent.MOST_SECONDS:.0f} seconds an hour", f"{workers.MOST_WORKERS} at the same time and {workers.LONGEST_QUEUE} that wait",
        f"up to {program.MOST_LINES}",
    )  # fmt: skip
    assert [one for one in words if one not in PAGE] == []
    assert program.MOST_CALLS == 5
