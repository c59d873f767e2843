"""The log: JSON lines in the data folder, five files of five megabytes, and short lines for people on the console.

A disk that takes no log stops nothing.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import orjson

from wablast_box.lib import redact
from wablast_box.lib.clock import from_ms, iso

FILE_BYTES, FILES_KEPT = 5 * 1024 * 1024, 4
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
# These tell their story to developers of themselves.
_CHATTY = ("apscheduler", "huey", "hypercorn", "httpx", "httpcore", "engineio", "socketio", "aiohttp", "asyncio", "peewee")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": iso(from_ms(int(record.created * 1000))),
            "level": record.levelname.lower(),
            "from": record.name.removeprefix("wablast_box."),
            "message": redact.clean(record.getMessage()),
        }
        line.update((name, redact.field_value(name, value)) for name, value in _extras(record).items())
        if record.exc_info:
            line["traceback"] = redact.clean_tail("".join(traceback.format_exception(*record.exc_info)))
        return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


class ShortLines(logging.Formatter):
    """For people: what happened, no traceback."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [redact.clean(record.getMessage())]
        parts += [f"{name}={redact.field_value(name, value)}" for name, value in _extras(record).items()]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(redact.clean(f"({type(record.exc_info[1]).__name__}: {record.exc_info[1]}; more in logs/box.log)"))
        return f"{record.levelname.lower()}: {' '.join(parts)}" if record.levelno >= logging.WARNING else " ".join(parts)


class BoundedFile(RotatingFileHandler):
    """A rotating file that begins anew after a failure instead of complaining."""

    was_cut = False

    def _open(self) -> Any:
        stream = super()._open()
        if self.was_cut:
            # Half a line may stand there: the next one must not be glued to it.
            stream.write("\n")
            self.was_cut = False
        return stream

    def handleError(self, record: logging.LogRecord) -> None:
        stream, self.stream = self.stream, None  # type: ignore[assignment]
        self.was_cut = True
        if stream is not None:
            with contextlib.suppress(Exception):
                stream.close()


def open_logs(folder: Path, level: str) -> None:
    """Log to `folder`/box.log and shortly to the console from now on."""
    root = logging.getLogger()
    close_logs()
    file = BoundedFile(
        folder / "box.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", errors="backslashreplace", delay=True
    )
    file.setFormatter(JsonLines())
    console = logging.StreamHandler(sys.stderr)
    console.setFormatter(ShortLines())
    console.setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    for handler in (file, console):
        root.addHandler(handler)
        _ours.append(handler)
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def close_logs() -> None:
    """Take our handlers away again."""
    while _ours:
        handler = _ours.pop()
        logging.getLogger().removeHandler(handler)
        with contextlib.suppress(Exception):
            handler.close()


_ours: list[logging.Handler] = []


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in record.__dict__.items() if name not in _STANDARD}
