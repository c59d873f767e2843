"""Contact: a person who writes in. Known by WhatsApp's phone id, by the business-scoped user id, or both."""

from __future__ import annotations

from enum import StrEnum

from peewee import CompositeKey, DoubleField, ForeignKeyField, IntegerField, TextField, fn

from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class Contact(BaseModel):
    """Either `wa_id` or `user_id` is set; usernames hide phone numbers (Cloud API, Business-scoped user IDs)."""

    id = IdField()
    wa_id = TextField(null=True, unique=True)
    user_id = TextField(null=True, unique=True)
    phone = TextField(null=True)  # E.164
    name = TextField(null=True)  # what to call them: as the customer's profile says, until staff give a name
    username = TextField(null=True)
    marketing_opted_out_at = MomentField(null=True)
    created_at = MomentField()
    profile_name = TextField(null=True)  # as the profile says, once staff have given another
    named_at = MomentField(null=True)  # when staff gave the name; the profile does not change it any more
    language = TextField(null=True)  # BCP 47: en, hi, pt-BR
    language_by = TextField(null=True)  # staff or flow
    blocked_at = MomentField(null=True)  # at WhatsApp: they cannot write to us, nor we to them


# Who may be the same person is asked whenever one is opened.
Contact.add_index(Contact.index(fn.LOWER(Contact.name), name="contact_name"))
Contact.add_index(Contact.index(fn.LOWER(Contact.username), name="contact_username"))


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"


class ContactField(BaseModel):
    """Something that this business wants to know of people."""

    id = IdField()
    name = TextField()
    kind = TextField(choices=FieldKind)
    choices_json = JsonField(null=True)  # of a choice: what may be chosen
    place = IntegerField()  # order on the screens
    created_at = MomentField()


ContactField.add_index(ContactField.index(fn.LOWER(ContactField.name), unique=True, name="contact_field_name"))


class ContactValue(BaseModel):
    """What is known of one person in one field."""

    contact = ForeignKeyField(Contact, on_delete="CASCADE", index=False)
    field = ForeignKeyField(ContactField, on_delete="CASCADE", index=False)
    value = TextField()  # in its one spelling: 12.5, 2026-11-22, yes, +919812345678
    folded = TextField()  # to look for, without letter case
    number = DoubleField(null=True)  # to compare

    class Meta:
        primary_key = CompositeKey("contact", "field")
        indexes = ((("field", "folded"), False), (("field", "number"), False))


class ContactAccount(BaseModel):
    """Another number or user id of the same person: one they also write from, or one they have left."""

    id = IdField()
    contact = ForeignKeyField(Contact, on_delete="CASCADE")
    wa_id = TextField(null=True, index=True)
    user_id = TextField(null=True, index=True)
    left_at = MomentField(null=True)  # what was sent until then is theirs; the number may be somebody else's now
    created_at = MomentField()


class ContactActivity(BaseModel):
    """One thing that was done with a person: made, changed, merged, blocked."""

    id = IdField()
    contact = ForeignKeyField(Contact, on_delete="CASCADE", index=False)
    kind = TextField()
    actor = TextField(null=True)  # user:ID, api_key:ID, system; null: the customer or Meta
    detail_json = JsonField(null=True)
    created_at = MomentField()

    class Meta:
        indexes = ((("contact", "id"), False),)
