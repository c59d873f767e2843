"""Boxes that have lived: filled once by the product's own command, copied for every measurement."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..storm.box import BoxProcess

# Messages → conversations; each grows out of the one before.
SIZES = {10_000: 1_000, 100_000: 10_000, 1_000_000: 50_000, 3_000_000: 150_000}
# What the issue of speed is about: a shop after some years.
PROMISED = 1_000_000
PASSWORD, EMAIL = "marigold on the 7th stair", "asha@example.com"
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Lived:
    """A filled data folder, and how fast it was filled."""

    folder: Path
    per_second: float

    def copy(self, to: Path) -> BoxProcess:
        """A box of one's own with the same past."""
        shutil.copytree(self.folder, to)
        return BoxProcess(to, graph_url=NOWHERE)


@cache
def lived(size: int) -> Lived:
    """The folder with so many messages; kept until the end of the run."""
    home = Path(tempfile.mkdtemp(prefix="wablast-lived-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    box, smaller = BoxProcess(home / "data", graph_url=NOWHERE), [known for known in SIZES if known < size]
    if smaller:
        shutil.copytree(lived(smaller[-1]).folder, box.folder)
    else:
        box.prepare()
        for name in ("Ravi", "Sunita", "Imran"):
            box.command("user", "add", "--name", name, "--email", f"{name.lower()}@example.com", "--role", "AGENT")
    said = box.command("seed", "--conversations", str(SIZES[size]), "--messages", str(size), within_s=3600)
    rate = re.search(r"([\d,]+) messages a second", said)
    assert rate is not None, said
    return Lived(box.folder, float(rate[1].replace(",", "")))
