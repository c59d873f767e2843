"""The files' work on Huey's threads."""

from __future__ import annotations

from wablast_box.engine.media import carry
from wablast_box.lib.worker import task


@task()
def carry_files() -> None:
    carry.carry_due()
