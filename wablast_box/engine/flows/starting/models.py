"""Plans that wait for their time, rounds that go through many customers, and each start: once for what it is about."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.flows.models import Flow
from wablast_box.engine.inbox.models import Conversation
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class FlowPlan(BaseModel):
    """A trigger of a flow that is on, for which the box has to look at the clock."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    trigger_key = TextField()  # the trigger's own id: it stays when the flow is published again
    kind = TextField()
    trigger_json = JsonField()
    next_at = MomentField(null=True)  # none: never again
    cursor = BigIntegerField()  # of messages that are watched: how far they were looked at

    class Meta:
        indexes = ((("flow", "trigger_key"), True),)


FlowPlan.add_index(FlowPlan.index(FlowPlan.next_at, name="flow_plan_due", where=SQL("next_at IS NOT NULL")))


class RoundState(StrEnum):
    GOING = "going"
    DONE = "done"
    SKIPPED = "skipped"


class FlowRound(BaseModel):
    """One time that a plan was due: the customers it is for are begun with little by little."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    trigger_key = TextField()
    occurrence = TextField()  # the business's own day and time: 2026-12-24 10:00
    trigger_json = JsonField()
    due_at = MomentField()
    state = TextField(choices=RoundState)
    cursor = BigIntegerField()  # the last contact that was begun with
    newest_id = BigIntegerField()  # contacts after this one came later
    people = IntegerField()
    note = TextField(null=True)
    created_at = MomentField()
    ended_at = MomentField(null=True)

    class Meta:
        indexes = ((("flow", "trigger_key", "occurrence"), True),)


FlowRound.add_index(FlowRound.index(FlowRound.id, name="flow_round_going", where=SQL("state = 'going'")))


class StartState(StrEnum):
    WAITING = "waiting"  # for a moment when nobody else talks
    QUEUED = "queued"  # a turn has it
    BEGUN = "begun"
    SKIPPED = "skipped"


class FlowStart(BaseModel):
    """A flow that is to begin with a customer by itself. `ref` is what it is about: the same thing begins it once."""

    id = IdField()
    ref = TextField(unique=True)
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    conversation_id: int
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    round = ForeignKeyField(FlowRound, null=True, on_delete="CASCADE", index=False)
    kind = TextField()
    variables_json = JsonField()
    about_json = JsonField(null=True)  # the message it is about, and for how long that may stay unread
    depth = IntegerField()  # how many flows made each other begin until here
    state = TextField(choices=StartState)
    attempts = IntegerField()
    next_at = MomentField(null=True)
    expires_at = MomentField()
    note = TextField(null=True)  # why it was left out
    created_at = MomentField()

    class Meta:
        indexes = ((("conversation", "id"), False),)


FlowStart.add_index(FlowStart.index(FlowStart.next_at, name="flow_start_due", where=SQL("state = 'waiting'")))
FlowStart.add_index(FlowStart.index(FlowStart.round, name="flow_start_round", where=SQL("round_id IS NOT NULL")))


class AwayReply(BaseModel):
    """When a conversation last got the away message."""

    conversation = ForeignKeyField(Conversation, primary_key=True, on_delete="CASCADE")
    sent_at = MomentField()
