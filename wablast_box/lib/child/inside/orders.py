"""Take orders, one line of JSON each, and give what comes of them. Bare reads and writes: nothing else is allowed by then."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from wablast_box.lib.child.inside.seal import seal

# Who has had so much time or memory in all does not take another order; the machine itself ends who goes on.
MOST_CPU_S, MOST_HELD = 40, 160 * 1024 * 1024
_kept = b""


def serve(work: Callable[[dict[str, Any]], Any], *, memory: int) -> None:
    """Say that everything is loaded, give up what is not needed any more, and work until the input ends."""
    seal(memory=memory, cpu_s=MOST_CPU_S + 20)
    _write({"ready": True})
    while (order := _read()) is not None:
        _write({"done": work(order), "last": time.process_time() > MOST_CPU_S or _most_held() > MOST_HELD})


def ask_box(name: str, given: Any) -> Any:
    """Have the box do something, and wait for it."""
    _write({"call": name, "given": given})
    answer = _read()
    if answer is None:
        os._exit(0)
    return answer["answer"]


def _most_held() -> int:
    """At its largest, in bytes; nothing where the machine does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def _write(line: dict[str, Any]) -> None:
    left = json.dumps(line).encode() + b"\n"
    while left:
        left = left[os.write(1, left) :]


def _read() -> dict[str, Any] | None:
    global _kept
    parts = [_kept]
    while b"\n" not in parts[-1]:
        more = os.read(0, 1 << 16)
        if not more:
            return None
        parts.append(more)
    line, _, _kept = b"".join(parts).partition(b"\n")
    order: dict[str, Any] = json.loads(line)
    return order
