"""The e-mail queue's work on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.notifications.email import deliver
from wablast_box.lib.worker import task


@task()
def send_emails() -> None:
    deliver.send_due()
