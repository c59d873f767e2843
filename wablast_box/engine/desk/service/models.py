"""ServiceTarget: how soon, for one team or for the whole box. ServiceBreach: a target that was missed, once for each wait."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, ForeignKeyField, IntegerField, TextField, fn

from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.team.models import Team
from wablast_box.lib.db import BaseModel, IdField, MomentField


class Promise(StrEnum):
    ANSWER = "answer"  # a customer who waits hears from a person
    RESOLVE = "resolve"  # what was opened is resolved


class ServiceTarget(BaseModel):
    """The row without a team is the whole box's; a team's own goes before it. No seconds: no promise."""

    id = IdField()
    team_id: int | None
    team = ForeignKeyField(Team, null=True, on_delete="CASCADE", index=False)
    answer_within_s = IntegerField(null=True)
    resolve_within_s = IntegerField(null=True)
    set_at = MomentField()  # what was late before was promised to nobody


ServiceTarget.add_index(ServiceTarget.index(ServiceTarget.team, unique=True, name="service_target_team"))
# NULLs differ from each other: the one row of the whole box needs an index of its own.
ServiceTarget.add_index(
    ServiceTarget.index(fn.COALESCE(ServiceTarget.team, SQL("0")), unique=True, name="service_target_box", where=SQL("team_id IS NULL"))
)


class ServiceBreach(BaseModel):
    """`since_at`: when the wait began. The same wait is late once."""

    id = IdField()
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    kind = TextField(choices=Promise)
    since_at = MomentField()
    due_at = MomentField()
    assignee_id = BigIntegerField(null=True)  # who had it then
    created_at = MomentField()

    class Meta:
        indexes = ((("conversation", "kind", "since_at"), True),)
