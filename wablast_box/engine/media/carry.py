"""Carry files from the disk to the bucket and back. Each step leaves a whole file somewhere and a row that says where.

Copy, check, point the rows at the copy, and only an hour later delete what is left over. Before anything is put into the bucket
its name is written down as something that may be left over: a box that is killed at any moment loses nothing and litters nothing.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from wablast_box.engine.media import store
from wablast_box.engine.media.bucket import client, shelf
from wablast_box.engine.media.bucket.account import Account, keeping
from wablast_box.engine.media.models import CarryState, MediaCarry, MediaFile, MediaLeftover, Place
from wablast_box.lib import sql
from wablast_box.lib.claims import claim
from wablast_box.lib.clock import now, now_ms
from wablast_box.lib.crypto import new_token
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Unavailable, Upstream
from wablast_box.lib.ids import new_id

logger = logging.getLogger(__name__)

AT_ONCE, MAX_ATTEMPTS, HELD_S = 4, 5, 60.0
STALE_AFTER = timedelta(hours=1)
# Whoever opened a file before it was carried has read it by then.
LEFT_FOR = timedelta(hours=1)
AT_MOST_S = 20.0
# A picture that was drawn anew on its way in is its own large one, and a small one may serve as both.
_DRAWN = (
    "SELECT f.place, count(*) FROM media_file f WHERE f.id IN (SELECT p.thumbnail_id FROM media_picture p WHERE p.thumbnail_id IS NOT NULL"
    " UNION SELECT p.view_id FROM media_picture p WHERE p.view_id <> p.id) GROUP BY f.place"
)
_busy = threading.Lock()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files lie where, and what is still to be carried or could not be.

    Files are those that customers or staff sent. What was `drawn` of them for screens is counted apart, wherever it lies; it is
    carried too, and is among what waits or is stuck.
    """

    on_disk: int
    in_bucket: int
    drawn: int
    waiting: int
    stuck: int
    bytes_waiting: int
    problem: str | None


def progress() -> Progress:
    """As it is now."""
    places, drawn = dict(sql.run("SELECT place, count(*) FROM media_file GROUP BY place")), dict(sql.run(_DRAWN))
    states = {state: (count, size) for state, count, size in sql.run(
        "SELECT c.state, count(*), COALESCE(sum(f.size), 0) FROM media_carry c JOIN media_file f ON f.id = c.id GROUP BY c.state"
    )}  # fmt: skip
    waiting = [states.get(state, (0, 0)) for state in (CarryState.WAITING, CarryState.CARRYING)]
    return Progress(
        on_disk=places.get(Place.DISK, 0) - drawn.get(Place.DISK, 0),
        in_bucket=places.get(Place.BUCKET, 0) - drawn.get(Place.BUCKET, 0),
        drawn=sum(drawn.values()),
        waiting=sum(count for count, _ in waiting),
        stuck=states.get(CarryState.STUCK, (0, 0))[0],
        bytes_waiting=int(sum(size for _, size in waiting)),
        problem=problem(),
    )


def problem() -> str | None:
    """Why the newest of those that wait does; None when nothing went wrong."""
    found = sql.run("SELECT error FROM media_carry WHERE error IS NOT NULL ORDER BY id DESC LIMIT 1")
    return found[0][0] if found else None


def want(target: Place) -> int:
    """Have every file carried that does not lie there; how many that are. In the caller's transaction."""
    sql.run("DELETE FROM media_carry WHERE target <> ? OR state = ?", (target, CarryState.STUCK))
    sql.run(
        "INSERT INTO media_carry (id, target, state, attempts, next_attempt_at)"
        " SELECT f.id, ?, ?, 0, ? FROM media_file f WHERE f.place <> ?"
        " AND NOT EXISTS (SELECT 1 FROM media_carry c WHERE c.id = f.id)",
        (target, CarryState.WAITING, now_ms(), target),
    )
    # Also what somebody was carrying who was killed. Should they live, the same file is carried twice, and one copy is left over.
    sql.run("UPDATE media_carry SET state = ?, claimed_at = NULL, next_attempt_at = ?", (CarryState.WAITING, now_ms()))
    return int(sql.run("SELECT count(*) FROM media_carry")[0][0])


def is_anything_due() -> bool:
    """Is there a file to carry?"""
    return bool(sql.run("SELECT 1 FROM media_carry WHERE state <> ? AND next_attempt_at <= ? LIMIT 1", (CarryState.STUCK, now_ms())))


def carry_due(at_most_s: float = AT_MOST_S) -> int:
    """Carry what is due, for so long; how many files were tried. Two callers of one process do not carry at once."""
    tried, until = 0, time.monotonic() + at_most_s
    if not _busy.acquire(blocking=False):
        return tried
    try:
        while time.monotonic() < until and (numbers := _claim()):
            tried += len(numbers)
            if not all([_carry(number) for number in numbers]):
                # The bucket is away: the others would only wait for it one after the other.
                _hold_all()
                break
    finally:
        _busy.release()
    return tried


def _claim() -> list[int]:
    return claim(MediaCarry, pending=CarryState.WAITING, working=CarryState.CARRYING, limit=AT_ONCE, stale_after=STALE_AFTER)


def _carry(number: int) -> bool:
    """False when it is not this file that is to blame."""
    carrying = MediaCarry.get_or_none(MediaCarry.file == number)
    if carrying is None:
        return True  # it went along with another row of the same bytes
    try:
        row = store.media_file(number)
        if row.place == carrying.target:
            _done([number])
        elif carrying.target == Place.BUCKET:
            _to_bucket(row, _account())
        else:
            _to_disk(row)
    except BoxError as refused:
        return _not_now(number, carrying.attempts, refused)
    except Exception as bug:
        logger.exception("a file could not be carried", extra={"media_id": number})
        why = f"Something went wrong in the box ({type(bug).__name__}); the log says what."
        return _not_now(number, carrying.attempts, Unavailable(why))
    return True


def _hold_all() -> None:
    with transaction():
        sql.run("UPDATE media_carry SET next_attempt_at = ? WHERE state = ?", (now_ms() + round(HELD_S * 1000), CarryState.WAITING))


def _account() -> Account:
    account = keeping().account
    if account is None:
        raise Unavailable("No bucket is set up.", help="Enter it under Settings → Storage.")
    return account


def _to_bucket(row: MediaFile, account: Account) -> None:
    _, path = store.open_file(row.id)
    # A name of its own each time: what is deleted later is never what somebody has just put there.
    name = f"{row.path}.{new_token()[:8]}"
    leftover = _note_leftover(Place.BUCKET, name)
    if _digest_of(path) != row.sha256:
        raise Upstream("The file on the disk is damaged: its bytes are not those that were stored.", permanent=True, code="damaged")
    with path.open("rb") as file:
        client.put(account, name, file, size=row.size, sha256=row.sha256)
    if client.size_of(account, name) != row.size:
        raise Upstream("The bucket does not hold what was put into it.")
    shelf.put_by(store.folder(), name, path)
    _switch(row, Place.BUCKET, name, leftover)


def _to_disk(row: MediaFile) -> None:
    """The copy on the shelf was checked against the digest when it came."""
    with store.incoming() as file:
        with shelf.copy_of(store.folder(), row).open("rb") as source:
            while chunk := source.read(store.CHUNK):
                file.write(chunk)
        if file.sha256 != row.sha256:
            raise Upstream("What came from the bucket is damaged.", code="damaged")
        path = store.keep(file)
    _switch(row, Place.DISK, path, None)


def _switch(row: MediaFile, place: Place, path: str, leftover: int | None) -> None:
    """From here on the file lies there, for every row of these bytes; what is left over goes when nobody can be reading it."""
    with transaction():
        moved = sql.run(
            "UPDATE media_file SET place = ?, path = ? WHERE path = ? AND place = ? RETURNING id", (place, path, row.path, row.place)
        )
        if not moved:
            return
        MediaLeftover.delete().where(MediaLeftover.id == leftover).execute()
        _note_leftover(Place(row.place), row.path)
        _done([number for (number,) in moved])


def _done(numbers: list[int]) -> None:
    with transaction():
        where, params = sql.among("id", numbers)
        sql.run(f"DELETE FROM media_carry WHERE {where}", params)  # noqa: S608


def _note_leftover(place: Place, path: str) -> int:
    number = new_id()
    with transaction():
        MediaLeftover.insert(id=number, place=place, path=path, due_at=now() + LEFT_FOR).execute()
    return number


def _not_now(number: int, tried: int, refused: BoxError) -> bool:
    reason = " ".join(filter(None, (refused.message, refused.help)))[:500]
    logger.warning("a file stays where it is for now", extra={"media_id": number, "why": refused.message})
    is_damaged = refused.code == "damaged" or refused.kind == "not_found"
    # A bucket that is away or wrongly set up is not the file's fault: it waits for a person without counting.
    attempts = tried if is_damaged else tried - 1
    state = CarryState.STUCK if is_damaged and attempts >= MAX_ATTEMPTS else CarryState.WAITING
    with transaction():
        MediaCarry.update(
            state=state, attempts=attempts, error=reason, claimed_at=None, next_attempt_at=now() + timedelta(seconds=HELD_S)
        ).where(MediaCarry.file == number).execute()
    return is_damaged


def _digest_of(path: object) -> str:
    digest = hashlib.sha256()
    with open(str(path), "rb") as file:  # noqa: PTH123
        while chunk := file.read(store.CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
