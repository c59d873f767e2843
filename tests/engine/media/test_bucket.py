"""Files in a bucket: carried there and back with nothing lost, read through the box, and told in words what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.media.bucket import BUCKET, S3, running
from tests.pictures import a_picture
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.media import carry, leftovers, store
from wablast_box.engine.media.bucket import account, client, shelf
from wablast_box.engine.media.models import CarryState, MediaCarry, MediaFile, MediaLeftover, Place
from wablast_box.engine.ops.storage import account as settings
from wablast_box.engine.ops.storage import work
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid, NotFound, Unavailable

pytestmark = pytest.mark.feature("IN-39")


@pytest.fixture(scope="module")
def server() -> Iterator[S3]:
    with running() as started:
        yield started


@pytest.fixture
def s3(server: S3, box: Path) -> Iterator[S3]:
    """An empty bucket that the box knows; files are still kept on the disk."""
    store.use_folder(box / "media")
    account.use_accounts(settings.keeping)
    settings.change_storage(server.settings(), by=SYSTEM)
    server.seen.clear()
    yield server
    server.instead, server.meanwhile = (lambda method, path: None), (lambda method, path: None)
    for name in server.names():
        server.client.delete_object(Bucket=BUCKET, Key=name)
    account._find.clear()


def kept(words: bytes = b"a bill", name: str = "bill.txt") -> MediaFile:
    return store.save_upload(words, name, None)


def bytes_of(row: MediaFile) -> bytes:
    return store.open_file(row.id)[1].read_bytes()


def place_of(row: MediaFile) -> str:
    return str(MediaFile.get_by_id(row.id).place)


def moved(target: Place) -> None:
    work.move_files(target, by=SYSTEM)
    carry.carry_due()


def on_disk(box: Path) -> list[Path]:
    return [path for path in (box / "media").rglob("*") if path.is_file() and path.parent.name not in ("shelf", "incoming")]


def an_hour_later() -> Any:
    return frozen_at(now() + timedelta(hours=1, minutes=5))


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


def test_what_is_left_over_goes_an_hour_later_and_not_before(s3: S3, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept()
    moved(Place.BUCKET)
    leftovers.sweep()
    assert len(on_disk(box)) == 1

    monkeypatch.setattr(leftovers, "YOUNG_S", -1)
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


def test_two_who_carry_at_once_lose_nothing_and_leave_nothing_behind(s3: S3, box: Path) -> None:
    row = kept()
    work_done: list[int] = []

    def another(method: str, path: str) -> None:
        if method == "PUT" and not work_done:
            work_done.append(1)
            settings_row = MediaFile.get_by_id(row.id)
            carry._to_bucket(settings_row, carry._account())

    # The server answers in threads of its own, which have no connection to the database: the second carrier runs between the steps.
    put = client.put

    def put_then_another(*args: Any, **more: Any) -> None:
        put(*args, **more)
        another("PUT", "")

    client.put = put_then_another  # type: ignore[assignment]
    try:
        moved(Place.BUCKET)
    finally:
        client.put = put  # type: ignore[assignment]
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


WRONG = {
    "no such bucket": ({"bucket": "somebody-elses"}, "bucket", "no such bucket"),
    "a name that is none": ({"bucket": "../etc"}, "bucket", "not the name"),
    "no address": ({"endpoint": "s3.example.com"}, "endpoint", "not the address"),
    "an address with a path": ({"endpoint": "http://127.0.0.1:1/x"}, "endpoint", "not the address"),
    "an address with a user": ({"endpoint": "http://a:b@127.0.0.1:1"}, "endpoint", "not the address"),
    "another kind of address": ({"endpoint": "file:///etc/passwd"}, "endpoint", "not the address"),
    "nobody there": ({"endpoint": "http://127.0.0.1:1"}, "endpoint", "could not be reached"),
    "a private address, unasked": ({"near": False, "endpoint": "https://127.0.0.1"}, "endpoint", "not reached from here"),
    "no TLS to a stranger": ({"near": False}, "endpoint", "Without https"),
    "where clouds keep their secrets": ({"endpoint": "http://169.254.169.254"}, "endpoint", "not reached from here"),
    "a folder that climbs": ({"prefix": "../../etc"}, "prefix", "folder"),
    "a region that is none": ({"region": "Mumbai!"}, "region", "not a region"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_with_a_bucket_is_said_at_its_field(s3: S3, fault: str) -> None:
    change, field, words = WRONG[fault]

    with pytest.raises(Invalid) as refused:
        settings.change_storage(s3.settings(place="s3") | change, by=SYSTEM)

    assert refused.value.field == field
    assert words in refused.value.message
    assert settings.storage().place == "disk" and settings.storage().bucket == BUCKET


@pytest.mark.parametrize("status,words", [(403, "may not do this"), (301, "another region"), (500, "500")])
def test_what_the_service_refuses_is_said_in_words(s3: S3, status: int, words: str) -> None:
    s3.instead = lambda method, path: status

    with pytest.raises(Invalid) as refused:
        settings.change_storage({"place": "s3"}, by=SYSTEM)

    assert words in refused.value.message


def test_a_check_leaves_nothing_in_the_bucket(s3: S3) -> None:
    settings.change_storage({"place": "s3"}, by=SYSTEM)

    assert s3.names() == []
    assert [method for method, _ in s3.seen] == ["PUT", "GET", "DELETE"]


def test_the_secret_key_goes_to_no_other_server_than_its_own(s3: S3) -> None:
    settings.change_storage({"endpoint": "https://other.example.com", "near": False}, by=SYSTEM)

    assert secrets.read_secret(settings.SECRET) is None
    with pytest.raises(Invalid) as refused:
        settings.change_storage({"place": "s3"}, by=SYSTEM)
    assert refused.value.field == "secret_key"


def test_a_bucket_that_holds_files_is_not_forgotten_but_one_that_has_them_too_may_follow(s3: S3) -> None:
    row = kept()
    moved(Place.BUCKET)

    with pytest.raises(Conflict):
        settings.change_storage({"prefix": "elsewhere"}, by=SYSTEM)
    [name] = s3.names()
    s3.client.copy_object(Bucket=BUCKET, Key=name.replace("box/", "elsewhere/"), CopySource={"Bucket": BUCKET, "Key": name})
    settings.change_storage({"prefix": "elsewhere"}, by=SYSTEM)

    assert settings.storage().prefix == "elsewhere/"
    assert bytes_of(row) == b"a bill"


def test_changes_are_written_down_by_name_and_the_secret_by_none(s3: S3) -> None:
    entries = [(entry.action, entry.fields_json) for entry in AuditEntry.select().order_by(AuditEntry.id)]

    assert ("secret.changed", [settings.SECRET]) in entries
    assert not any("secret-of-the-bucket" in str(entry.__data__) for entry in AuditEntry.select())
    assert "secret-of-the-bucket" not in str([row for row in secrets.Secret.select().dicts()])


def test_files_that_do_not_reach_the_bucket_become_an_alarm(s3: S3) -> None:
    from wablast_box.engine.notifications.alarms import open_alarms

    kept()
    s3.instead = lambda method, path: 503
    moved(Place.BUCKET)
    work.look_at_files()
    assert open_alarms(limit=10) == []

    with frozen_at(now() + timedelta(hours=1)):
        work.look_at_files()
    assert [alarm.key for alarm in open_alarms(limit=10)] == ["storage"]

    s3.instead = lambda method, path: None
    with frozen_at(now() + timedelta(hours=1, minutes=5)):
        carry.carry_due()
        work.look_at_files()
    assert open_alarms(limit=10) == []


def test_what_arrives_is_compared_with_its_digest_by_the_service(s3: S3) -> None:
    known = account.keeping().account
    assert known is not None
    data = b"words"

    import io

    client.put(known, "x", io.BytesIO(data), size=5, sha256=hashlib.sha256(data).hexdigest())

    assert client.size_of(known, "x") == 5
    assert client.size_of(known, "y") is None
    assert b"".join(client.get(known, "x", most=5)) == data
    with pytest.raises(BoxError):
        list(client.get(known, "x", most=4))
    with transaction(), pytest.raises(RuntimeError):
        client.size_of(known, "x")
