"""The storage over HTTP: who may see it, who may change it, and that nobody is ever told the secret key."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.engine.media.bucket import S3, a_bucket, a_server  # noqa: F401 - fixtures
from tests.web.browser import Browser, code_of
from wablast_box.engine.media import carry

pytestmark = pytest.mark.feature("IN-39")


def test_files_are_on_the_disk_until_somebody_says_otherwise(asha: Browser, bucket: S3) -> None:
    shown = asha.get("/api/v1/storage").json()

    assert (shown["place"], shown["bucket"], shown["secret_key"]["set"]) == ("disk", "", False)
    assert asha.post("/api/v1/storage/check").json()["problem"] == "No bucket is set up."


def test_the_owner_enters_a_bucket_tries_it_and_moves_everything(asha: Browser, bucket: S3) -> None:
    file = asha.post("/api/v1/media", files={"file": ("bill.txt", b"a bill", "text/plain")}).json()

    entered = asha.put("/api/v1/storage", bucket.settings())
    checked = asha.post("/api/v1/storage/check").json()
    moving = asha.post("/api/v1/storage/move", {"to": "s3"})
    carry.carry_due()
    after = asha.get("/api/v1/storage").json()
    read = asha.get(asha.get(file["url"]).headers["location"])

    assert entered.status_code == 200, entered.text
    assert "secret-of-the-bucket" not in entered.text + asha.get("/api/v1/storage").text
    assert entered.json()["secret_key"]["last4"] == "cket"
    assert checked == {"ok": True, "problem": None, "help": None, "field": None}
    assert moving.status_code == 202
    assert (after["place"], after["files"]["in_bucket"], after["files"]["drawn"], after["files"]["waiting"]) == ("s3", 1, 0, 0)
    assert (read.status_code, read.content) == (200, b"a bill")
    assert read.headers["content-type"] == "application/octet-stream"


def test_what_is_wrong_is_shown_at_its_field_and_nothing_is_kept(asha: Browser, bucket: S3) -> None:
    answer = asha.put("/api/v1/storage", bucket.settings(bucket="nobodys", place="s3"))

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "bucket")
    assert asha.get("/api/v1/storage").json()["bucket"] == ""


def test_only_an_owner_changes_where_files_go(bela: Browser, ravi: Browser, bucket: S3) -> None:
    assert bela.get("/api/v1/storage").status_code == 200
    assert code_of(bela.put("/api/v1/storage", bucket.settings())) == "denied"
    assert code_of(bela.post("/api/v1/storage/move", {"to": "s3"})) == "denied"
    assert code_of(ravi.get("/api/v1/storage")) == "denied"


def test_a_bucket_that_does_not_answer_holds_up_nothing_else(asha: Browser, bucket: S3, runner: asyncio.Runner, box: Path) -> None:
    asha.put("/api/v1/storage", bucket.settings())
    files = [asha.post("/api/v1/media", files={"file": (f"{n}.txt", f"bill {n}".encode(), "text/plain")}).json() for n in range(6)]
    asha.post("/api/v1/storage/move", {"to": "s3"})
    carry.carry_due()
    for copy in (box / "media" / "shelf").iterdir():
        copy.unlink()
    links = [asha.get(file["url"]).headers["location"] for file in files]
    go = threading.Event()

    def silent(method: str, _: str) -> None:
        if method == "GET":
            go.wait(20)

    bucket.instead = silent

    async def all_at_once() -> tuple[float, list[httpx.Response]]:
        opening = [asyncio.create_task(asha.http.get(link)) for link in links]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        assert (await asha.http.get("/api/v1/conversations")).status_code == 200
        took = time.monotonic() - began
        go.set()
        return took, await asyncio.gather(*opening)

    took, answers = runner.run(all_at_once())

    assert took < 5
    assert [answer.content for answer in answers] == [f"bill {n}".encode() for n in range(6)]
