"""AiProvider: whom we ask and with which key. AiUsage: the ledger, one row for each call, written before it leaves."""

from __future__ import annotations

from enum import StrEnum

from peewee import SQL, BigIntegerField, BlobField, BooleanField, ForeignKeyField, IntegerField, TextField

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Kind(StrEnum):
    OPENAI_COMPATIBLE = "openai_compatible"
    ANYTHINGLLM = "anythingllm"


class CallState(StrEnum):
    ASKED = "asked"  # on its way; tokens and cost are the most that it can come to
    DONE = "done"
    FAILED = "failed"  # the provider did nothing for us
    UNCONFIRMED = "unconfirmed"  # nobody knows what the provider did: counted at the most it can come to


class AiProvider(BaseModel):
    id = IdField()
    name = TextField(unique=True)
    kind = TextField(choices=Kind)
    base_url = TextField()
    model = TextField()  # for AnythingLLM the slug of what it calls a workspace
    sealed_key = BlobField(null=True)
    key_last4 = TextField(null=True)
    allows_private = BooleanField(default=False)  # the owner says that this one address is in their own network
    price_in_paise = IntegerField(default=0)  # for a million tokens; 0: not known, or nothing
    price_out_paise = IntegerField(default=0)
    is_default = BooleanField(default=False)
    created_at = MomentField()
    updated_at = MomentField()


AiProvider.add_index(AiProvider.index(AiProvider.is_default, unique=True, name="ai_provider_default", where=SQL("is_default")))


class AiUsage(BaseModel):
    """Cost in millionths of a paisa: tokens times the price of a million, so that nothing is ever rounded."""

    provider_id: int | None
    id = IdField()
    provider = ForeignKeyField(AiProvider, on_delete="SET NULL", null=True, index=False, column_name="provider_id")
    provider_name = TextField()
    model = TextField()
    purpose = TextField()  # answer, classify, extract, agent, translate, test
    asked_by = TextField()  # flow:ID, user:ID: the head of `ref`
    ref = TextField()  # flow:ID/session:ID:STEP
    once_key = TextField(null=True)  # who comes again with it, as after a crash, hears the same answer
    state = TextField(choices=CallState)
    is_priced = BooleanField()
    tokens_in = IntegerField()
    tokens_out = IntegerField()
    cost_micro_paise = BigIntegerField()
    duration_ms = IntegerField(null=True)
    error = TextField(null=True)
    answer_json = JsonField(null=True)  # for a day, where there is a once_key
    created_at = MomentField()

    class Meta:
        indexes = ((("created_at",), False),)


AiUsage.add_index(AiUsage.index(AiUsage.once_key, name="ai_usage_once", where=SQL("once_key IS NOT NULL")))
AiUsage.add_index(AiUsage.index(AiUsage.created_at, name="ai_usage_asked", where=SQL("state = 'asked'")))
