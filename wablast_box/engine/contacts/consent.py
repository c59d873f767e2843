"""What customers decide about marketing messages. Meta tells us; we obey before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from wablast_box.engine.contacts import activity
from wablast_box.engine.contacts.upsert import Person, find_or_create_all
from wablast_box.engine.meta.arrivals import Arrival
from wablast_box.engine.meta.payloads.account_events import MarketingPreference
from wablast_box.lib import sql
from wablast_box.lib.clock import now_ms, to_ms


def apply_preferences(arrivals: Sequence[Arrival[MarketingPreference]]) -> None:
    """Keep "stop" and lift it on "resume" or "signup" (Cloud API, user_preferences webhook)."""
    known = [a.item for a in arrivals if a.item.wa_id or a.item.user_id]
    contacts = find_or_create_all([Person(p.wa_id, p.user_id) for p in known])
    for contact_id, preference in zip(contacts, known, strict=True):
        stopped_at = None
        if preference.choice == "stop":
            stopped_at = to_ms(preference.at) if preference.at else now_ms()
        stopped = sql.run("SELECT marketing_opted_out_at FROM contact WHERE id = ?", (contact_id,))[0][0] is not None
        sql.run("UPDATE contact SET marketing_opted_out_at = ? WHERE id = ?", (stopped_at, contact_id))
        if stopped != (stopped_at is not None):
            # Meta repeats itself; a person's history does not.
            activity.record(contact_id, "opted_out" if stopped_at else "opted_in", None)
