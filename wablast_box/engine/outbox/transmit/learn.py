"""Meta's answer names the recipient by WhatsApp's own id. Learn it, so that the customer's reply finds this contact.

The two differ in some countries (Brazil, Mexico, Argentina): the number as it is dialled is not the id.
"""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.outbox.transmit.outcome import Decision
from wablast_box.lib import sql
from wablast_box.lib.db import transaction


def learn_addresses(decisions: Sequence[Decision]) -> None:
    """Take over ids that are new to a contact and belong to nobody else."""
    for column in ("wa_id", "user_id"):
        news = [
            (named, d.due.contact_id)
            for d in decisions
            if d.accepted is not None and (named := getattr(d.accepted, column)) and named != getattr(d.due, column)
        ]
        if news:
            with transaction():
                for named, contact_id in sorted(set(news)):
                    _learn(column, named, contact_id)


def _learn(column: str, named: str, contact_id: int) -> None:
    if not sql.run(f"SELECT 1 FROM contact WHERE {column} = ?", (named,)):
        sql.run(f"UPDATE contact SET {column} = ? WHERE id = ?", (named, contact_id))
