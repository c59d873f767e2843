"""Translations on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.flows.translating import work
from wablast_box.lib.worker import task


@task()
def translate() -> None:
    work.translate_due()
