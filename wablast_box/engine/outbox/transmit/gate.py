"""Ask once more before a message is handed over: a queue may be hours long, and meanwhile customers decide.

The rules are the ones that were asked when it was queued (`window`); what they need comes with the queue's own rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.outbox import window
from wablast_box.engine.outbox.transmit.queue import Due
from wablast_box.engine.outbox.transmit.settle import refuse_all


def still_allowed(found: Sequence[Due]) -> list[Due]:
    """Those that may go; the others have failed, with the reason, before anything of them was marked or sent."""
    asked = [(due, window.refusal(due.type, due.last_inbound_at, due.category, due.opted_out_at, due.blocked_at)) for due in found]
    refused = [(due.id, why) for due, why in asked if why is not None]
    if refused:
        refuse_all(refused)
    return [due for due, why in asked if why is None]
