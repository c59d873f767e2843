"""From a claimed message to a request: who it goes to, our id that comes back with its statuses, its files at Meta."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import orjson

from wablast_box.engine.inbox.statuses import CALLBACK_PREFIX
from wablast_box.engine.media.models import MediaFile
from wablast_box.engine.media.store import open_file
from wablast_box.engine.meta import media
from wablast_box.engine.meta.client import appsecret_proof
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.errors import GraphError, Retry, TemporarilyDown, Unclear
from wablast_box.engine.meta.messages import build_body
from wablast_box.engine.outbox.outbound.media import with_meta_ids
from wablast_box.engine.outbox.transmit.queue import Due, File
from wablast_box.engine.settings import secrets, store
from wablast_box.lib.clock import now
from wablast_box.lib.db import disconnect_thread, transaction
from wablast_box.lib.errors import Invalid
from wablast_box.lib.sending_http import Job, Request

# Meta keeps an uploaded file for 30 days (Cloud API, Media); a day less and nobody meets the end.
META_KEEPS = timedelta(days=29)
_uploading: dict[int, threading.Lock] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """Our number's door at Meta, and the key to it."""

    url: str
    token: str
    phone_number_id: str

    def request(self, due: Due, at_meta: Mapping[int, str]) -> Request:
        """The whole request; Invalid when the message cannot be put into one."""
        if not (due.wa_id or due.user_id):
            raise Invalid("This contact has neither a phone number nor a user id.", help="Wait until the customer writes again.")
        body = build_body(
            kind=due.type,
            content=with_meta_ids(due.content, at_meta),
            to=due.wa_id,
            recipient=due.user_id,
            reply_to=due.reply_to_wamid,
            callback_data=f"{CALLBACK_PREFIX}{due.id}",
        )
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        return Request(self.url, headers, orjson.dumps(body))


def our_line(graph_url: str) -> Line | None:
    """The line as it is stored; None as long as no number is connected."""
    token, phone_number_id = secrets.read_secret("access_token"), store.get("phone_number_id")
    if not token or not phone_number_id:
        return None
    app_secret = secrets.read_secret("app_secret")
    proof = f"?appsecret_proof={appsecret_proof(app_secret, token)}" if app_secret else ""
    return Line(f"{graph_url.rstrip('/')}/{store.get('graph_version')}/{phone_number_id}/messages{proof}", token, phone_number_id)


def job_for(due: Due, line: Line) -> Job:
    """The request at once, or the work that has to come before it. What goes wrong is the job's result, like an answer."""

    def prepare() -> Request:
        try:
            return line.request(due, {file.id: _at_meta(file, line) for file in due.files})
        finally:
            disconnect_thread()

    if any(file.meta_media_id is None for file in due.files):
        return Job(due, prepare)
    try:
        return Job(due, line.request(due, {file.id: file.meta_media_id or "" for file in due.files}))
    except Exception:
        return Job(due, prepare)


def _at_meta(file: File, line: Line) -> str:
    """Meta's id of our file; handed over when there is none. One upload, however many messages wait for it."""
    if file.meta_media_id is not None:
        return file.meta_media_id
    with _uploading.setdefault(file.id, threading.Lock()):
        row, path = open_file(file.id)
        if row.meta_media_id and row.meta_media_expires_at > now():
            return str(row.meta_media_id)
        try:
            with path.open("rb") as source:
                meta_id = media.upload(
                    our_client(), line.phone_number_id, file=source, mime_type=row.mime_type, filename=row.filename or "file"
                )
        except Unclear as lost:
            # A second copy at Meta harms nobody, so this may be tried again.
            raise _again(lost) from None
        with transaction():
            MediaFile.update(meta_media_id=meta_id, meta_media_expires_at=now() + META_KEEPS).where(MediaFile.id == file.id).execute()
    _uploading.pop(file.id, None)
    return meta_id


def _again(lost: Unclear) -> GraphError:
    return TemporarilyDown(
        None, title="The file could not be handed to Meta", details=lost.details, http_status=lost.http_status, retry=Retry.BACKOFF
    )
