"""The outbox's small work on Huey's threads; messages themselves go out through the sender."""

from __future__ import annotations

from wablast_box.engine.outbox import receipts
from wablast_box.lib.worker import task


@task(retries=3, retry_delay=10)
def tell_read(conversation_id: int) -> None:
    receipts.tell_read(conversation_id)


@task()
def tell_typing(conversation_id: int) -> None:
    receipts.tell_typing(conversation_id)
