"""The inbox's work on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.inbox import attachment_fetch, receipts
from wablast_box.lib.worker import task


@task(retries=3, retry_delay=10)
def tell_read(conversation_id: int) -> None:
    receipts.tell_read(conversation_id)


@task()
def tell_typing(conversation_id: int) -> None:
    receipts.tell_typing(conversation_id)


@task()
def fetch_attachments() -> None:
    attachment_fetch.fetch_due()
