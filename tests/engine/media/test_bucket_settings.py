"""The bucket as people enter it: tried, said in words what is wrong, its secret kept, its files never forgotten."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import moto.settings
import pytest
from moto.core.responses import ActionAuthenticatorMixin

from tests.engine.media.bucket import BUCKET, S3
from tests.engine.media.carrying import bytes_of, kept, moved
from wablast_box.engine.audit.models import AuditEntry
from wablast_box.engine.media import carry
from wablast_box.engine.media.bucket import account, client
from wablast_box.engine.media.models import Place
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.ops.storage import account as settings
from wablast_box.engine.ops.storage import work
from wablast_box.engine.ops.storage.doctor import bucket_works
from wablast_box.engine.settings import secrets
from wablast_box.engine.team.actors import SYSTEM
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Conflict, Invalid

pytestmark = pytest.mark.feature("IN-39")


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


def test_the_doctor_tries_a_bucket_that_is_used_and_says_nothing_of_one_that_is_not(s3: S3) -> None:
    unused = list(bucket_works())
    settings.change_storage({"place": "s3"}, by=SYSTEM)
    [works] = bucket_works()
    s3.instead = lambda method, path: 403
    [refused] = bucket_works()

    assert unused == []
    assert works.ok is True
    assert refused.ok is False and "may not do this" in refused.title


def test_what_arrives_is_compared_with_its_digest_by_the_service(s3: S3) -> None:
    known = account.keeping().account
    assert known is not None
    data = b"words"

    client.put(known, "x", io.BytesIO(data), size=5, sha256=hashlib.sha256(data).hexdigest())

    assert client.size_of(known, "x") == 5
    assert client.size_of(known, "y") is None
    assert b"".join(client.get(known, "x", most=5)) == data
    with pytest.raises(BoxError):
        list(client.get(known, "x", most=4))
    with transaction(), pytest.raises(RuntimeError):
        client.size_of(known, "x")


def test_the_service_accepts_our_signature_and_nobody_elses(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    people = s3.of("iam")
    people.create_user(UserName="box")
    key = people.create_access_key(UserName="box")["AccessKey"]
    allow = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    people.put_user_policy(UserName="box", PolicyName="files", PolicyDocument=allow)
    right = {"key_id": key["AccessKeyId"], "secret_key": key["SecretAccessKey"], "place": "s3"}
    monkeypatch.setattr(moto.settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0)
    monkeypatch.setattr(ActionAuthenticatorMixin, "request_count", 1)

    settings.change_storage(right, by=SYSTEM)
    with pytest.raises(Invalid) as wrong_secret:
        settings.change_storage(right | {"secret_key": "another"}, by=SYSTEM)
    with pytest.raises(Invalid) as wrong_id:
        settings.change_storage(right | {"key_id": "AKIAUNKNOWN"}, by=SYSTEM)

    assert (wrong_secret.value.field, wrong_id.value.field) == ("secret_key", "key_id")
    monkeypatch.setattr(moto.settings, "INITIAL_NO_AUTH_ACTION_COUNT", float("inf"))
