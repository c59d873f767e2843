"""The bell of flows' webhooks: whoever queues one rings, and a worker of Huey's sends what is due."""

from __future__ import annotations

from wablast_box.lib.worker import task


@task()
def ring_calls() -> None:
    # Late: what is rung for rings too.
    from wablast_box.engine.flows.acting import calls

    calls.send_due()
