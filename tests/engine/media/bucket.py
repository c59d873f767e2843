"""A real S3 server in this process: moto's, spoken to over HTTP. It can fall silent, lie, or fail after so many requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from wablast_box.engine.media import store
from wablast_box.engine.media.bucket import account
from wablast_box.engine.ops.storage import account as settings

BUCKET = "asha-files"


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        """Say nothing."""


@dataclass
class S3:
    port: int
    seen: list[tuple[str, str]] = field(default_factory=list)
    # Looks at method and path; an answer of its own in place of the server's, or None.
    instead: Callable[[str, str], int | None] = lambda method, path: None
    meanwhile: Callable[[str, str], None] = lambda method, path: None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def client(self) -> Any:
        return self.of("s3")

    def of(self, service: str) -> Any:
        """Amazon's own client of one of its services."""
        keys = {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": "secret"}
        return boto3.client(service, endpoint_url=self.endpoint, region_name="us-east-1", **keys)

    def names(self) -> list[str]:
        return sorted(one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", []))

    def settings(self, **more: Any) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint, "region": "us-east-1", "bucket": BUCKET, "prefix": "box", "key_id": "AKIAEXAMPLE",
            "secret_key": "secret-of-the-bucket", "path_style": True, "near": True,
        } | more  # fmt: skip


@contextmanager
def running() -> Iterator[S3]:
    """A server with one empty bucket."""
    inner = DomainDispatcherApplication(create_backend_app)
    found = S3(0)

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if environ.get("HTTP_USER_AGENT", "").startswith("wablast-box"):
            found.seen.append((method, path))
            status = found.instead(method, path)
            if status is not None:
                start(f"{status} Instead", [("Content-Length", "0"), ("Connection", "close")])
                return []
        answer = inner(environ, start)
        found.meanwhile(method, path)
        return answer

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    found.port = server.server_port
    try:
        found.client.create_bucket(Bucket=BUCKET)
        yield found
    finally:
        found.client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in found.names()] or [{"Key": "none"}]})
        found.client.delete_bucket(Bucket=BUCKET)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", name="bucket_server")
def a_server() -> Iterator[S3]:
    with running() as started:
        yield started


@pytest.fixture(name="bucket")
def a_bucket(bucket_server: S3, box: Path) -> Iterator[S3]:
    """An empty bucket that nobody has told the box of; files are kept on the disk."""
    store.use_folder(box / "media")
    account.use_accounts(settings.keeping)
    bucket_server.seen.clear()
    yield bucket_server
    bucket_server.instead, bucket_server.meanwhile = (lambda method, path: None), (lambda method, path: None)
    for name in bucket_server.names():
        bucket_server.client.delete_object(Bucket=BUCKET, Key=name)
    account._find.clear()
