"""A bucket that the box knows, and files in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.media.bucket import BUCKET, S3, running
from wablast_box.engine.media import store
from wablast_box.engine.media.bucket import account
from wablast_box.engine.ops.storage import account as settings
from wablast_box.engine.team.actors import SYSTEM


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
