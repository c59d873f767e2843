"""One figure and the table of them."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """`at_most` and `at_least` figures have a limit; the others stand beside them for comparison."""

    name: str
    unit: str
    value: float | None
    limit: float | None = None
    is_limit: Literal["at most", "at least", "about"] = "at most"
    note: str = ""

    @property
    def ok(self) -> bool | None:
        """None when nothing was promised or nothing was measured."""
        if self.value is None or self.limit is None:
            return None
        if self.is_limit == "about":
            return abs(self.value / self.limit - 1) <= 0.02
        return self.value <= self.limit if self.is_limit == "at most" else self.value >= self.limit

    @property
    def ratio(self) -> float | None:
        """How much of the limit is used, or how far beyond it we are."""
        return None if self.value is None or not self.limit else self.value / self.limit


def skipped(name: str, why: str) -> Figure:
    """A figure that could not be measured here."""
    return Figure(name, "", None, note=why)


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def table(figures: Sequence[Figure]) -> str:
    """Everything in one table, as Markdown."""
    lines = ["| figure | unit | value | limit | ratio | ok |", "|---|---|---:|---:|---:|---|"]
    for f in figures:
        limit = "" if f.limit is None else f"{ {'at most': '≤', 'at least': '≥', 'about': '='}[f.is_limit] } {_number(f.limit)}"
        ok = {None: f.note, True: "ok", False: "**no**" + (f" {f.note}" if f.note else "")}[f.ok]
        lines.append(f"| {f.name} | {f.unit} | {_number(f.value)} | {limit} | {_number(f.ratio)} | {ok} |")
    return "\n".join(lines)


def write_json(figures: Sequence[Figure], path: Path, *, quick: bool) -> None:
    """The same for machines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(f), "ratio": f.ratio, "ok": f.ok} for f in figures]
    path.write_text(json.dumps({**_surroundings(), "quick": quick, "figures": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def record(figures: Sequence[Figure], page: Path, *, quick: bool) -> None:
    """Add this run to the page of figures."""
    where = _surroundings()
    head = f"\n## {where['at'][:10]} · {where['cores']} cores · Python {where['python']} · {where['system']}{' · quick run, figures are rough' if quick else ''}\n\n"
    with page.open("a", encoding="utf-8") as out:
        out.write(head + table(figures) + "\n")


def _surroundings() -> dict[str, str]:
    import os

    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
