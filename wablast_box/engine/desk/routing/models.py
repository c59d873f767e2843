"""TeamRouting: how a team's conversations find somebody. Attendance: who is there, and how much they can take."""

from __future__ import annotations

from enum import StrEnum

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.team.models import Team, User
from wablast_box.lib.db import BaseModel, MomentField


class Way(StrEnum):
    QUEUE = "queue"  # they wait until somebody takes the next one
    ROUND_ROBIN = "round_robin"  # to whoever has waited longest for one
    LEAST_BUSY = "least_busy"  # to whoever has fewest open


class TeamRouting(BaseModel):
    """A team without a row does as the whole box does (setting `routing`)."""

    team_id: int
    team = ForeignKeyField(Team, primary_key=True, on_delete="CASCADE")
    how = TextField(choices=Way)


class Attendance(BaseModel):
    """Somebody without a row is there, and takes as much as comes."""

    user_id: int
    user = ForeignKeyField(User, primary_key=True, on_delete="CASCADE")
    is_away = BooleanField(default=False)
    away_until = MomentField(null=True)
    capacity = IntegerField(null=True)  # open conversations at once; none: no end
    last_routed_at = MomentField(null=True)
