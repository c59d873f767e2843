"""The push queue's work on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.notifications.push import deliver
from wablast_box.lib.worker import task


@task()
def send_pushes() -> None:
    deliver.send_due()
