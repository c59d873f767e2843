"""Flows' webhooks on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.flows.acting import calling
from wablast_box.lib.worker import task


@task()
def send_calls() -> None:
    calling.send_due()
