"""A bucket that the box knows, and files in it."""

from __future__ import annotations

import pytest

from tests.engine.media.bucket import S3, a_bucket, a_server  # noqa: F401 - fixtures
from wablast_box.engine.ops.storage import account
from wablast_box.engine.team.actors import SYSTEM


@pytest.fixture
def s3(bucket: S3) -> S3:
    """An empty bucket that the box knows; files are still kept on the disk."""
    account.change_storage(bucket.settings(), by=SYSTEM)
    bucket.seen.clear()
    return bucket
