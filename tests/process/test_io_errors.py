"""A disk that answers with errors: what could not be kept is not acknowledged, and what was acknowledged is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.process.conftest import fetch, inbound, until
from tests.storm.box import APP_SECRET, BoxProcess
from tests.storm.verdict import of_the_file
from wablast_box.engine.meta.signature import sign

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace makes the disk fail"),
]
NOWHERE = "http://127.0.0.1:9"
Failing = Callable[..., BoxProcess]


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Failing]:
    """A box of which each thread meets `error` at so many of its own calls."""
    boxes: list[BoxProcess] = []

    def start(calls: str, error: str, when: str) -> BoxProcess:
        inject = f"inject={calls}:error={error}:when={when}"
        box = BoxProcess(tmp_path / "data", graph_url=NOWHERE)
        box.prepare()
        box.wrapper = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject)
        boxes.append(box)
        box.start()
        return box

    yield start
    for box in boxes:
        box.end()


def posts(box: BoxProcess, numbers: range) -> dict[int, int]:
    """One webhook after the other, each a commit of its own; what the box answered."""
    answers = {}
    for number in numbers:
        body = inbound("is it on the disk?", number)
        answers[number] = fetch(f"{box.url}/hooks/meta", body, {"X-Hub-Signature-256": sign(body, APP_SECRET.encode())}).status
    return answers


def is_kept(box: BoxProcess, answers: dict[int, int]) -> None:
    """Killed and started on a sound disk, the box holds every message that it answered 200 for."""
    box.kill()
    box.wrapper = ()
    box.start()
    key = box.api_key()

    def stored() -> set[str]:
        found = fetch(f"{box.url}/api/v1/messages?direction=in&limit=200", headers={"Authorization": f"Bearer {key}"}).json()
        return {message["wamid"] for message in found["items"]}

    acknowledged = {f"wamid.process.{number}" for number, status in answers.items() if status == 200}
    until(lambda: acknowledged <= stored(), within_s=10)
    box.stop()
    assert of_the_file(box.folder / "box.db") == []


@pytest.mark.feature("OP-08")
def test_nothing_is_acknowledged_once_the_disk_cannot_be_told_to_keep_it(failing: Failing) -> None:
    box = failing("fdatasync,fsync", "EIO", "30+")

    answers = posts(box, range(80))

    first = next(number for number, status in answers.items() if status != 200)
    assert set(answers.values()) == {200, 503}
    assert all(status == 503 for number, status in answers.items() if number > first), answers
    is_kept(box, answers)


@pytest.mark.feature("OP-08")
@pytest.mark.parametrize(("calls", "error"), [("fdatasync,fsync", "EIO"), ("pwrite64", "ENOSPC"), ("pwrite64", "EIO")])
def test_a_disk_that_fails_for_a_while_costs_answers_and_no_message(failing: Failing, calls: str, error: str) -> None:
    box = failing(calls, error, "150..190" if calls == "pwrite64" else "30..40")

    answers = posts(box, range(120))

    assert set(answers.values()) == {200, 503}
    assert answers[119] == 200, "the box has not recovered"
    is_kept(box, answers)
