"""Files in a bucket: carried there and back with nothing lost, and read through the box."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.media.bucket import BUCKET, S3
from tests.engine.media.carrying import an_hour_later, bytes_of, kept, moved, on_disk, place_of
from tests.pictures import a_picture
from wablast_box.engine.media import carry, leftovers, pictures, store
from wablast_box.engine.media.bucket import client, shelf
from wablast_box.engine.media.models import CarryState, MediaCarry, MediaFile, MediaLeftover, Place
from wablast_box.engine.ops.storage import account as settings
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, NotFound, Unavailable

pytestmark = pytest.mark.feature("IN-39")


def test_everything_goes_to_the_bucket_and_back_and_is_read_all_the_while(s3: S3, box: Path) -> None:
    rows = [kept(f"bill {number}".encode()) for number in range(5)] + [store.save_upload(a_picture(), "a.jpg", None)]
    before = {row.id: bytes_of(row) for row in rows}

    moved(Place.BUCKET)
    in_bucket = {row.id: (place_of(row), bytes_of(row)) for row in rows}
    names = s3.names()
    moved(Place.DISK)

    assert {place for place, _ in in_bucket.values()} == {"s3"}
    assert {number: data for number, (_, data) in in_bucket.items()} == before
    assert len(names) == 6 and all(name.startswith("box/") for name in names)
    assert {place_of(row) for row in rows} == {"disk"}
    assert {row.id: bytes_of(row) for row in rows} == before


@pytest.mark.usefixtures("media_folder")
def test_files_are_counted_without_what_was_drawn_of_them(s3: S3) -> None:
    kept()
    store.save_upload(a_picture(size=(900, 700)), "a.jpg", None)
    with transaction():
        for size, name in (((900, 700), "large.png"), ((60, 40), "small.png")):
            with store.incoming() as file:
                file.write(a_picture("PNG", size))
                path = store.keep(file)
            store.note_picture(store.register(path, sha256=file.sha256, size=file.size, mime_type="image/png", filename=name))
    pictures.draw_due()
    before = carry.progress()
    with transaction():
        carry.want(Place.BUCKET)
    waiting = carry.progress()
    carry.carry_due()
    after = carry.progress()

    assert MediaFile.select().count() == 4 + 4
    assert [(one.on_disk, one.in_bucket, one.drawn, one.waiting) for one in (before, waiting, after)] == [
        (4, 0, 4, 0), (4, 0, 4, 8), (0, 4, 4, 0),
    ]  # fmt: skip


def test_what_is_left_over_goes_an_hour_later_and_not_before(s3: S3, box: Path) -> None:
    row = kept()
    moved(Place.BUCKET)
    leftovers.sweep()
    assert len(on_disk(box)) == 1

    with an_hour_later():
        leftovers.sweep()

    assert on_disk(box) == []
    assert bytes_of(row) == b"a bill"
    moved(Place.DISK)
    with an_hour_later():
        leftovers.sweep()
    assert s3.names() == []
    assert bytes_of(row) == b"a bill"
    assert MediaLeftover.select().count() == 0


def test_the_same_bytes_brought_again_just_before_the_old_copy_goes_are_not_lost(
    s3: S3, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    moved(Place.BUCKET)
    settings.change_storage({"place": "disk"}, by=SYSTEM)
    looked = leftovers._is_needed
    again: list[MediaFile] = []

    def then_somebody_brings_it(leftover: MediaLeftover) -> bool:
        needed = looked(leftover)
        again.append(kept())
        return needed

    monkeypatch.setattr(leftovers, "_is_needed", then_somebody_brings_it)
    with an_hour_later():
        leftovers.sweep()

    assert again and bytes_of(again[0]) == b"a bill"
    assert place_of(again[0]) == "disk"


def test_new_files_are_taken_in_while_the_bucket_is_away_and_carried_when_it_is_back(s3: S3) -> None:
    settings.change_storage({"place": "s3"}, by=SYSTEM)
    s3.instead = lambda method, path: 503

    row = kept()
    carry.carry_due()
    away = (place_of(row), bytes_of(row), carry.progress())
    s3.instead = lambda method, path: None
    with frozen_at(now() + timedelta(minutes=2)):
        carry.carry_due()

    assert away[:2] == ("disk", b"a bill")
    assert away[2].waiting == 1 and "503" in (away[2].problem or "")
    assert (place_of(row), bytes_of(row)) == ("s3", b"a bill")
    assert carry.progress().waiting == 0


def test_a_bucket_that_is_away_is_not_asked_once_for_each_file(s3: S3) -> None:
    for number in range(20):
        kept(f"bill {number}".encode())
    s3.instead = lambda method, path: 503

    moved(Place.BUCKET)

    assert len(s3.seen) <= carry.AT_ONCE
    assert MediaCarry.select().where(MediaCarry.state == CarryState.WAITING).count() == 20


def test_bytes_that_were_changed_in_the_bucket_are_never_shown(s3: S3, box: Path) -> None:
    row = kept()
    moved(Place.BUCKET)
    [name] = s3.names()
    s3.client.put_object(Bucket=BUCKET, Key=name, Body=b"a BILL")
    for path in (box / "media" / "shelf").iterdir():
        path.unlink()

    with pytest.raises(BoxError) as refused:
        store.open_file(row.id)
    moved(Place.DISK)

    assert refused.value.code == "damaged"
    assert place_of(row) == "s3", "a damaged copy takes nobody's place"


def test_a_damaged_file_on_the_disk_is_not_carried_and_says_so(s3: S3) -> None:
    row = kept()
    store.open_file(row.id)[1].write_bytes(b"a BILL")

    moved(Place.BUCKET)

    assert place_of(row) == "disk"
    assert "damaged" in (carry.progress().problem or "")


def test_rows_of_the_same_bytes_move_together(s3: S3) -> None:
    rows = [kept(), kept()]

    moved(Place.BUCKET)

    assert [place_of(row) for row in rows] == ["s3", "s3"]
    assert len(s3.names()) == 1
    assert MediaCarry.select().count() == 0


def test_two_who_carry_at_once_lose_nothing_and_leave_nothing_behind(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept()
    put, others = client.put, [1]

    def put_then_another_carries(*args: Any, **more: Any) -> None:
        put(*args, **more)
        while others:
            others.clear()
            carry._to_bucket(MediaFile.get_by_id(row.id), carry._account())

    monkeypatch.setattr(client, "put", put_then_another_carries)
    moved(Place.BUCKET)
    assert len(s3.names()) == 2

    with an_hour_later():
        leftovers.sweep()

    assert len(s3.names()) == 1
    assert bytes_of(row) == b"a bill"


def test_the_shelf_gives_copies_without_asking_again_and_stays_within_its_bounds(
    s3: S3, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [kept(bytes([65 + number]) * 1000) for number in range(4)]
    moved(Place.BUCKET)
    for path in (box / "media" / "shelf").iterdir():
        path.unlink()
    s3.seen.clear()

    for row in rows * 3:
        bytes_of(row)
    asked = [method for method, _ in s3.seen]
    monkeypatch.setattr(shelf, "MOST_BYTES", 2000)
    monkeypatch.setattr(shelf, "IN_USE_S", -1)
    shelf.trim(box / "media")

    assert asked == ["GET"] * 4
    assert len(list((box / "media" / "shelf").iterdir())) == 2


def test_a_file_that_the_bucket_has_lost_is_told(s3: S3, box: Path) -> None:
    row = kept()
    moved(Place.BUCKET)
    s3.client.delete_object(Bucket=BUCKET, Key=s3.names()[0])
    for path in (box / "media" / "shelf").iterdir():
        path.unlink()

    with pytest.raises(NotFound) as lost:
        store.open_file(row.id)

    assert "bucket" in lost.value.message


def test_without_the_bucket_its_files_say_what_to_do(s3: S3, box: Path) -> None:
    row = kept()
    moved(Place.BUCKET)
    secrets.forget_secret(settings.SECRET)
    for path in (box / "media" / "shelf").iterdir():
        path.unlink()

    with pytest.raises(Unavailable) as refused:
        store.open_file(row.id)

    assert "Settings" in (refused.value.help or "")
