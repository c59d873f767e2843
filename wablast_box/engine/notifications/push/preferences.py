"""What a person wants to hear of, and when they want to be left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wablast_box.engine.notifications.push.models import AlertPreference
from wablast_box.engine.settings import store
from wablast_box.engine.team.actors import Actor
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid

FIELDS = ("hears_mine", "hears_mentions", "hears_unassigned", "shows_text", "quiet_from_min", "quiet_until_min", "digest_after_min")
DAY_MIN = 24 * 60
LEAST_DIGEST_MIN, MOST_DIGEST_MIN = 5, 7 * DAY_MIN


def preference_of(user_id: int) -> AlertPreference:
    """What this person wants; the defaults when they have never said."""
    return preferences_of([user_id])[user_id]


def preferences_of(user_ids: Sequence[int]) -> dict[int, AlertPreference]:
    """The same for several."""
    known = {row.user_id: row for row in AlertPreference.select().where(AlertPreference.user.in_(list(user_ids)))} if user_ids else {}
    return {user_id: known.get(user_id) or AlertPreference(user=user_id) for user_id in user_ids}


def change_preference(by: Actor, changes: Mapping[str, Any]) -> AlertPreference:
    """Change what is given, keep the rest."""
    assert by.id is not None
    wanted = {**{name: getattr(preference_of(by.id), name) for name in FIELDS}, **{k: v for k, v in changes.items() if k in FIELDS}}
    _check(wanted)
    with transaction():
        AlertPreference.insert(user=by.id, **wanted).on_conflict(
            conflict_target=[AlertPreference.user], update={getattr(AlertPreference, name): value for name, value in wanted.items()}
        ).execute()
    return preference_of(by.id)


def is_quiet(preference: AlertPreference, moment: datetime) -> bool:
    """Do this person's quiet hours hold now, by the clock of the business? They may pass midnight."""
    begin, end = preference.quiet_from_min, preference.quiet_until_min
    if begin is None or end is None or begin == end:
        return False
    local = moment.astimezone(ZoneInfo(store.get("time_zone")))
    minute = local.hour * 60 + local.minute
    return bool(begin <= minute < end) if begin < end else bool(minute >= begin or minute < end)


def _check(wanted: Mapping[str, Any]) -> None:
    for name in ("quiet_from_min", "quiet_until_min"):
        if wanted[name] is not None and not 0 <= wanted[name] < DAY_MIN:
            raise Invalid("This is not a time of the day.", field=name)
    if (wanted["quiet_from_min"] is None) != (wanted["quiet_until_min"] is None):
        raise Invalid("Quiet hours need a beginning and an end.", field="quiet_until_min")
    after = wanted["digest_after_min"]
    if after is not None and not LEAST_DIGEST_MIN <= after <= MOST_DIGEST_MIN:
        raise Invalid(f"A digest comes after {LEAST_DIGEST_MIN} minutes at the earliest.", field="digest_after_min")
