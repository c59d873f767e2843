"""The inbox's work on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.inbox import attachment_fetch
from wablast_box.lib.worker import task


@task()
def fetch_attachments() -> None:
    attachment_fetch.fetch_due()
    attachment_fetch.draw_due()


@task()
def draw_pictures() -> None:
    attachment_fetch.draw_due()
