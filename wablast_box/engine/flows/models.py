"""Flows, their versions and triggers; the sessions that play them, step by step; the turns that wait to be taken."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, BlobField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.inbox.models import Conversation
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField

# What stands in `started_by` before a trial's id.
TRIAL = "trial:"


class SessionState(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"
    ENDED = "ended"
    FAILED = "failed"


class Cut(StrEnum):
    """Why a session ended before its flow did: the words that stand in `reason`."""

    PERSON = "a person took over"
    ASKED = "the customer asked for a person"
    STOPPED = "the customer stopped it"
    ANOTHER = "another flow was started"
    BY_HAND = "stopped by hand"
    TRIAL = "the trial is over"


class TurnState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Flow(BaseModel):
    """A drawing. What answers customers is its published version, and only while it is on."""

    id = IdField()
    name = TextField()
    is_on = BooleanField(default=False)
    draft_json = JsonField()
    revision = IntegerField(default=1)  # counts the draft's saves: whoever saves says which one they saw
    published_number = IntegerField(null=True)
    has_changes = BooleanField(default=True)  # the draft differs from what is published
    created_at = MomentField()
    updated_at = MomentField()
    updated_by = TextField()  # user:ID, api_key:ID
    archived_at = MomentField(null=True)


class FlowVersion(BaseModel):
    """What was published. Never changed: sessions finish on the version they began with.

    Below zero it was never published: a draft as it was when somebody tried it on their own phone.
    """

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    number = IntegerField()
    graph_json = JsonField()
    note = TextField(null=True)
    published_by = TextField()
    published_at = MomentField()

    class Meta:
        indexes = ((("flow", "number"), True),)


class FlowTrigger(BaseModel):
    """What starts a flow: one row for each trigger of the published version of a flow that is on."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE")
    kind = TextField()
    priority = IntegerField()
    trigger_json = JsonField()


class FlowSession(BaseModel):
    """A version played with a customer. One that runs or waits at a time in a conversation: the unique index says so."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    version_id: int
    version = ForeignKeyField(FlowVersion, on_delete="CASCADE", index=False)
    conversation_id: int
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    state = TextField(choices=SessionState)
    node_id = TextField(null=True)  # where it stands
    variables_json = JsonField()
    memory_json = JsonField()  # what nodes remember, visits, the flows it will come back to
    wait_for = TextField(null=True)  # reply, time, webhook, address
    resume_at = MomentField(null=True)  # when waiting is over at the latest
    waits = IntegerField(default=0)  # how often it waited: names the wait that a timer ends
    steps = IntegerField(default=0)
    seen_message_id = BigIntegerField(default=0)  # a person's message after this one means that a person took over
    reason = TextField(null=True)  # why it ended or failed
    started_by = TextField()  # which trigger
    started_at = MomentField()
    ended_at = MomentField(null=True)

    class Meta:
        indexes = ((("flow", "id"), False), (("conversation", "id"), False), (("version", "started_at"), False))

    @property
    def is_trial(self) -> bool:
        """A draft, played with whoever drew it: in no statistics."""
        return self.started_by.startswith(TRIAL)


_ACTIVE = SQL("state IN ('running', 'waiting')")
FlowSession.add_index(FlowSession.index(FlowSession.conversation, unique=True, name="flow_session_active", where=_ACTIVE))
FlowSession.add_index(
    FlowSession.index(FlowSession.resume_at, name="flow_session_due", where=SQL("state = 'waiting' AND resume_at IS NOT NULL"))
)
FlowSession.add_index(FlowSession.index(FlowSession.version, name="flow_session_version", where=_ACTIVE))


class FlowStep(BaseModel):
    """One visit to one node: what went in, what came out. The audit trail of a session."""

    session = ForeignKeyField(FlowSession, on_delete="CASCADE", index=False)
    number = IntegerField()
    version_id = BigIntegerField()  # a called flow's steps are its own
    node_id = TextField()
    node_type = TextField()
    input_json = JsonField(null=True)
    output_json = JsonField(null=True)
    outcome = TextField()  # the output it left by, or wait, end
    error = TextField(null=True)
    started_at = MomentField()
    duration_us = IntegerField()

    class Meta:
        primary_key = CompositeKey("session", "number")


class FlowTrial(BaseModel):
    """A draft that answers one phone for an hour. Whose phone it is, the code says: it is shown in the editor and comes by WhatsApp."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE")
    made_by = TextField()  # user:ID, api_key:ID
    code = TextField(unique=True)
    conversation_id: int | None
    conversation = ForeignKeyField(Conversation, null=True, on_delete="CASCADE")  # from which the code came
    until_at = MomentField()
    created_at = MomentField()
    ended_at = MomentField(null=True)

    @property
    def ref(self) -> str:
        """What stands in `started_by` of its sessions."""
        return f"{TRIAL}{self.id}"


FlowTrial.add_index(FlowTrial.index(FlowTrial.until_at, name="flow_trial_open", where=SQL("ended_at IS NULL")))


class FlowTurn(BaseModel):
    """Something that a flow has to answer: a message, a moment, a webhook, a start. Taken in order, one at a time in a conversation.

    `ref` is what it is about; the same thing happens once.
    """

    id = IdField()
    conversation_id: int
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE", index=False)
    kind = TextField()  # message, time, webhook, address, start
    ref = TextField(unique=True)
    body_json = JsonField(null=True)
    state = TextField(choices=TurnState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    created_at = MomentField()


FlowTurn.add_index(FlowTurn.index(FlowTurn.conversation, unique=True, name="flow_turn_running", where=SQL("state = 'running'")))
FlowTurn.add_index(FlowTurn.index(FlowTurn.conversation, FlowTurn.id, name="flow_turn_waiting", where=SQL("state = 'waiting'")))
FlowTurn.add_index(FlowTurn.index(FlowTurn.next_attempt_at, name="flow_turn_due", where=SQL("state = 'waiting'")))


class FlowHold(BaseModel):
    """A person answers in this conversation: no flow does anything there until somebody lets it."""

    conversation = ForeignKeyField(Conversation, primary_key=True, on_delete="CASCADE")
    held_by = TextField()  # user:ID, api_key:ID, flow:ID
    note = TextField(null=True)
    held_at = MomentField()


class CallState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"


class FlowCall(BaseModel):
    """A webhook that a flow sends without waiting for the answer."""

    id = IdField()
    url = TextField()
    sealed_request = BlobField()  # headers and body: they may hold secrets and what customers said
    state = TextField(choices=CallState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    created_at = MomentField()


FlowCall.add_index(FlowCall.index(FlowCall.next_attempt_at, name="flow_call_due", where=SQL("state IN ('waiting', 'sending')")))


class FlowSecret(BaseModel):
    """A credential that flows name and never see. It goes to the hosts that its owner named, and nowhere else."""

    name = TextField(primary_key=True)
    sealed = BlobField()
    last4 = TextField(null=True)
    hosts_json = JsonField()  # host or host:port, at least one
    updated_at = MomentField()
    updated_by = TextField()  # user:ID


class FlowAddress(BaseModel):
    """Where another system calls to let one session go on: once, and only for as long as that session is played."""

    id = IdField()
    token_hash = TextField(unique=True)
    session_id: int
    session = ForeignKeyField(FlowSession, on_delete="CASCADE")
    expires_at = MomentField()
    called_at = MomentField(null=True)
    body_json = JsonField(null=True)
    created_at = MomentField()
