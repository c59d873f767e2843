"""The log says what happened, and nothing that it must not."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from wablast_box.engine.ops import logs
from wablast_box.lib import redact

logger = logging.getLogger("wablast_box.engine.inbox.example")


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Path]:
    logs.open_logs(tmp_path, "info")
    yield tmp_path / "box.log"
    logs.close_logs()


def last_line(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text().splitlines()[-1])
    return found


def test_a_line_is_json_and_says_when_where_and_what(lines: Path) -> None:
    logger.info("campaign paused", extra={"campaign": 7, "why": "rate limit"})

    line = last_line(lines)

    assert (line["from"], line["level"], line["message"]) == ("engine.inbox.example", "info", "campaign paused")
    assert (line["campaign"], line["why"]) == (7, "rate limit")
    assert str(line["at"]).endswith("Z")


CANARIES = [
    ("Meta token", "EAAGm0PX4ZCpsBAKZBcanary123456"),
    ("API key", "wbx_canary_Zk3jPq0Lw8"),
    ("bearer", "Bearer canaryAbc123.def"),
    ("app secret", "c0ffee00c0ffee00c0ffee00c0ffee00"),
    ("session", "eyJhbGciOi.eyJzdWIi0.c2lnbmF0dXJl"),
    ("phone", "+91 98450 12345"),
    ("phone without plus", "919845012345"),
    ("message id", "wamid.HBgMOTE5ODQ1MDEyMzQ1FQIAEhgg"),
    ("in an address", "https://graph/x?access_token=canary-access-token&fields=id"),
    ("database", "postgresql://box:canarypassword@db/box"),
]


@pytest.mark.feature("CP-07")
@pytest.mark.parametrize(("what", "canary"), CANARIES, ids=[what for what, _ in CANARIES])
def test_a_canary_in_a_message_a_field_or_a_traceback_never_reaches_the_file(lines: Path, what: str, canary: str) -> None:
    secret_part = {"bearer": "canaryAbc123", "in an address": "canary-access-token", "database": "canarypassword"}.get(what, canary)
    try:
        raise ValueError(f"it was {canary} all along")
    except ValueError:
        logger.exception("about %s", canary, extra={"reason": canary})

    text = lines.read_text()

    assert secret_part not in text
    assert "ValueError" in text


@pytest.mark.feature("CP-07")
@pytest.mark.parametrize("name", ["access_token", "app_secret", "password", "text", "body", "caption", "cookie", "signature"])
def test_a_field_with_a_telling_name_is_removed_whatever_it_holds(lines: Path, name: str) -> None:
    logger.info("something", extra={name: "harmless looking canary"})

    assert "canary" not in lines.read_text()
    assert last_line(lines)[name] == redact.REMOVED


def test_a_phone_number_keeps_its_last_three_digits(lines: Path) -> None:
    logger.info("answered", extra={"wa_id": 919845012345})

    assert last_line(lines)["wa_id"] == "…345"


def test_our_ids_dates_and_counts_stay_readable(lines: Path) -> None:
    logger.info("message 4611686018427387904 of 2026-10-06 12:30 took 1234567 ms", extra={"conversation": 4611686018427387904})

    line = last_line(lines)

    assert line["message"] == "message 4611686018427387904 of 2026-10-06 12:30 took 1234567 ms"
    assert line["conversation"] == 4611686018427387904


def test_nobody_can_forge_a_line_or_colour_the_terminal(lines: Path) -> None:
    logger.info("name %s", 'Kabir\n{"level":"error"}\x1b[31m\u202e')

    assert len(lines.read_text().splitlines()) == 1
    assert last_line(lines)["message"] == 'name Kabir\\x0a{"level":"error"}\\x1b[31m\\x202e'


def test_a_field_is_at_most_two_kilobytes(lines: Path) -> None:
    logger.info("long", extra={"why": "x" * 100_000})

    assert len(str(last_line(lines)["why"])) <= redact.MAX_FIELD


def test_a_credential_of_no_known_shape_is_removed_by_its_value(lines: Path) -> None:
    redact.never_write("monsoon-verify")

    logger.info("verify with monsoon-verify please")

    assert "monsoon" not in lines.read_text()


@pytest.mark.feature("OP-09")
def test_the_logs_rotate_and_never_take_more_than_their_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 20_000)
    logs.open_logs(tmp_path, "info")
    for count in range(2000):
        logger.info("a line of the log", extra={"count": count, "why": "y" * 100})
    logs.close_logs()

    files = sorted(tmp_path.iterdir())

    assert len(files) == logs.FILES_KEPT + 1
    assert sum(file.stat().st_size for file in files) <= 20_000 * (logs.FILES_KEPT + 1)


def test_a_full_log_disk_stops_nothing_and_the_log_goes_on_afterwards(lines: Path) -> None:
    logger.info("before")
    handler = next(one for one in logging.getLogger().handlers if isinstance(one, logs.BoundedFile))
    handler.stream = _Full()  # type: ignore[assignment]
    logger.info("while it is full")
    logger.info("after")

    messages = [json.loads(line)["message"] for line in lines.read_text().splitlines() if line]
    assert messages == ["before", "after"]


class _Full:
    def seek(self, *_: int) -> int:
        return 0

    def tell(self) -> int:
        return 0

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        raise OSError(28, "No space left on device")
