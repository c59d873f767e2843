"""What the commands say on the terminal."""

from __future__ import annotations

import sys

from wablast_box.lib.errors import BoxError

WRONG_USE, FAILED = 2, 1


def say(text: str = "") -> None:
    """One line, at once: a program that reads it must not wait for a full buffer."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has gone; the box goes on.
        sys.stdout = sys.stderr


def complain(error: BoxError) -> None:
    """What happened and what to do, on one line."""
    sys.stderr.write(f"wablast-box: {error.message}{' ' + error.help if error.help else ''}\n")
    sys.stderr.flush()


def exit_code(error: BoxError) -> int:
    """2 when the command or its settings are wrong, 1 when it could not be done."""
    return WRONG_USE if error.kind == "invalid" else FAILED


def columns(rows: list[tuple[str, ...]]) -> None:
    """A table of text."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
