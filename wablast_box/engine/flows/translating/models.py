"""What is to be translated, and how far it is."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, ForeignKeyField, IntegerField, TextField

from wablast_box.engine.flows.models import Flow
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class TranslationState(StrEnum):
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class FlowTranslation(BaseModel):
    """An order: these texts of a flow's draft into one language. At most one of a flow is under way, the unique index says so."""

    id = IdField()
    flow_id: int
    flow = ForeignKeyField(Flow, on_delete="CASCADE", index=False)
    language = TextField()
    states = TextField()  # which translations it may write over: missing,stale
    left_json = JsonField()  # [node, path] of what was not asked for yet
    total = IntegerField()
    done = IntegerField(default=0)
    refused = IntegerField(default=0)  # what came back was no translation that could be sent
    state = TextField(choices=TranslationState)
    attempts = IntegerField(default=0)
    next_attempt_at = MomentField()
    claimed_at = MomentField(null=True)
    error = TextField(null=True)
    ordered_by = TextField()
    created_at = MomentField()

    class Meta:
        indexes = ((("flow", "id"), False),)


FlowTranslation.add_index(
    FlowTranslation.index(FlowTranslation.flow, unique=True, name="flow_translation_active", where=SQL("state IN ('waiting', 'working')"))
)
