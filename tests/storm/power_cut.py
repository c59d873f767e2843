"""Power cuts, rebuilt from what the process really wrote: every crash image must be whole and hold what was acknowledged.

strace records each write and fsync of the database. An image is the disk at a random instant: what was fsynced is kept,
each later write is kept, lost, or torn at a sector.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cysqlite
import psutil

from .box import BoxProcess
from .meta import Meta
from .payloads import OUR_RECORDINGS, Said, invent, recordings
from .repack import messages_body

SECTOR = 512
WATCH = ("-f", "-y", "-ttt", "-xx", "-s", "10000000", "-e", "trace=pwrite64,fdatasync,fsync,ftruncate", "-e", "signal=none")
_CALL = re.compile(r"^\d+ +(?P<at>\d+\.\d+) (?P<name>\w+)\(\d+<(?P<path>[^>]+)>(?:, (?P<rest>.*))?\) += (?P<result>-?\d+)")
_UNFINISHED = re.compile(r"^(?P<pid>\d+) +(?P<head>.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(?P<pid>\d+) +[\d.]+ <\.\.\. \w+ resumed>(?P<tail>.*)$")
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a file of the database. No data: an fsync, which makes everything before it last."""

    at: float
    file: str
    offset: int = 0
    data: bytes | None = None
    size: int | None = None

    @property
    def is_sync(self) -> bool:
        return self.data is None and self.size is None


def is_possible() -> bool:
    return shutil.which("strace") is not None


def trial(folder: Path, seed: int, *, messages: int = 400, images: int = 300) -> list[str]:
    """Acknowledge messages under strace, then cut the power so many times; what was wrong."""
    rng, trace = random.Random(seed), folder.parent / "strace.txt"
    box = BoxProcess(folder, graph_url="http://127.0.0.1:9", wrapper=("strace", *WATCH, "-o", str(trace)))
    box.prepare()
    base = {name: (folder / name).read_bytes() for name in ("box.db", "box.db-wal") if (folder / name).exists()}
    said = invent(rng, messages, recordings(OUR_RECORDINGS), prefix="POWER", now_s=int(time.time()))
    acknowledged = _acknowledge(box, said, rng)
    steps = list(_steps(trace, folder))
    problems = [] if any(step.is_sync for step in steps) else ["the trace shows no fsync at all"]
    for number in range(images):
        at = rng.randrange(len(steps))
        promised = {wamid for wamid, moment in acknowledged.items() if moment < steps[at].at}
        wrong = _inspect(_image(rng, base, steps[: at + 1], folder.parent / "image"), promised)
        problems += [f"image {number}: {wrong}"] if wrong else []
    return problems


def _acknowledge(box: BoxProcess, said: list[Said], rng: random.Random) -> dict[str, float]:
    """wamid → when Meta had its 200."""
    acknowledged: dict[str, float] = {}

    async def one(meta: Meta, it: Said) -> None:
        await meta.deliver(messages_body(rng, [it]))
        acknowledged[it.wamid] = time.time()

    async def everything() -> None:
        async with Meta(box.url, rng, connections=8) as meta:
            await asyncio.gather(*(one(meta, it) for it in said))

    try:
        box.start()
        asyncio.run(everything())
        assert box.process is not None
        # strace ends when the box does, after the last checkpoint.
        for inner in psutil.Process(box.process.pid).children():
            inner.terminate()
        box.process.wait(20)
    finally:
        box.end()
    return acknowledged


def _steps(trace: Path, folder: Path) -> Iterator[Step]:
    """What happened to box.db and its log, in order."""
    waiting: dict[str, str] = {}
    for line in trace.read_text(errors="replace").splitlines():
        if (begun := _UNFINISHED.match(line)) is not None:
            waiting[begun["pid"]] = line[: -len(" <unfinished ...>")]
            continue
        if (resumed := _RESUMED.match(line)) is not None:
            line = waiting.pop(resumed["pid"], "") + resumed["tail"]
        found = _CALL.match(line)
        if found is None or int(found["result"]) < 0:
            continue
        path = Path(_text(found["path"]))
        if path.parent == folder and path.name in ("box.db", "box.db-wal"):
            yield _step(found, path.name)


def _step(found: re.Match[str], file: str) -> Step:
    at, rest = float(found["at"]), found["rest"] or ""
    if found["name"] == "pwrite64":
        written = _BYTES.search(rest)
        assert written is not None, rest[:200]
        return Step(at, file, offset=int(rest.rpartition(", ")[2]), data=_bytes(written[1]))
    if found["name"] == "ftruncate":
        return Step(at, file, size=int(rest))
    return Step(at, file)


def _image(rng: random.Random, base: dict[str, bytes], steps: list[Step], folder: Path) -> Path:
    """The disk after the cut."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in ("box.db", "box.db-wal"):
        content = bytearray(base.get(file, b""))
        mine = [step for step in steps if step.file == file]
        last_sync = max((number for number, step in enumerate(mine) if step.is_sync), default=-1)
        for number, step in enumerate(mine):
            _apply(content, step, _survives(rng, step) if number > last_sync else None)
        if content:
            (folder / file).write_bytes(content)
    return folder / "box.db"


def _survives(rng: random.Random, step: Step) -> set[int]:
    """Which sectors of an unsynced write reach the disk: all, none or some."""
    sectors = range((len(step.data or b"") + SECTOR - 1) // SECTOR)
    fate = rng.random()
    return set(sectors) if fate < 0.4 else set() if fate < 0.7 else {sector for sector in sectors if rng.random() < 0.5}


def _apply(content: bytearray, step: Step, sectors: set[int] | None) -> None:
    if step.size is not None:
        if sectors is None or sectors:
            del content[step.size :]
        return
    data = step.data or b""
    for sector in range((len(data) + SECTOR - 1) // SECTOR):
        if sectors is None or sector in sectors:
            at = step.offset + sector * SECTOR
            piece = data[sector * SECTOR : (sector + 1) * SECTOR]
            if len(content) < at + len(piece):
                content.extend(bytes(at + len(piece) - len(content)))
            content[at : at + len(piece)] = piece


def _inspect(database: Path, promised: set[str]) -> str | None:
    connection = cysqlite.connect(str(database))
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            return str(whole)
        bodies = [bytes(row[0]) for row in connection.execute("SELECT body FROM webhook_event").fetchall()]
    except cysqlite.DatabaseError as broken:
        return f"it cannot be opened: {broken}"
    finally:
        connection.close()
    lost = promised - {wamid for body in bodies for wamid in _wamids(body)}
    return f"{len(lost)} of {len(promised)} acknowledged messages are gone: {sorted(lost)[:3]}" if lost else None


def _wamids(body: bytes) -> Iterator[str]:
    for entry in json.loads(body)["entry"]:
        for change in entry["changes"]:
            yield from (message["id"] for message in change["value"]["messages"])


def _text(hexed: str) -> str:
    return _bytes(hexed).decode() if hexed.startswith("\\x") else hexed


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))
