"""The people of the business, how they are signed in, and the machines that act for them."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField, fn

from wablast_box.engine.team.roles import Role, Scope
from wablast_box.lib.db import BaseModel, IdField, JsonField, MomentField


class CustomRole(BaseModel):
    """A role of the business's own making: what one of ours may do, less or more of it."""

    id = IdField()
    name = TextField()
    base = TextField(choices=Role)
    permissions_json = JsonField()
    scope = TextField(choices=Scope)  # which conversations
    hides_numbers = BooleanField()
    created_at = MomentField()
    updated_at = MomentField()


# Two roles that differ in letter case only are one role spelled twice.
CustomRole.add_index(CustomRole.index(fn.LOWER(CustomRole.name), unique=True, name="custom_role_name"))


class User(BaseModel):
    custom_role_id: int | None
    id = IdField()
    email = TextField(unique=True)  # lower case
    name = TextField()
    role = TextField(choices=Role)
    password_hash = TextField(null=True)  # null until the first password link is used
    created_at = MomentField()
    disabled_at = MomentField(null=True)
    last_seen_at = MomentField(null=True)
    custom_role = ForeignKeyField(CustomRole, null=True, on_delete="RESTRICT")  # `role` is then what it is based on
    second_factor_due_at = MomentField(null=True)  # from then on nothing opens without one


class LoginSession(BaseModel):
    """A signed-in browser. Only the hash of its cookie is kept."""

    id = IdField()
    token_hash = TextField(unique=True)
    user = ForeignKeyField(User, on_delete="CASCADE")
    created_at = MomentField()
    last_seen_at = MomentField()
    expires_at = MomentField()
    ended_at = MomentField(null=True)
    confirmed_at = MomentField()  # when a password was last typed: dangerous actions want a fresh one
    address = TextField(null=True)
    agent = TextField(null=True)
    second_factor_at = MomentField(null=True)  # when more than a password was proved


class ApiKey(BaseModel):
    """A machine that acts with a role of its own. Only the hash of the key is kept."""

    custom_role_id: int | None
    id = IdField()
    name = TextField()
    role = TextField(choices=Role)
    key_hash = TextField(unique=True)
    prefix = TextField()  # the first characters, to tell keys apart
    created_by_id = BigIntegerField(null=True)
    created_at = MomentField()
    last_used_at = MomentField(null=True)
    revoked_at = MomentField(null=True)
    custom_role = ForeignKeyField(CustomRole, null=True, on_delete="RESTRICT")  # `role` is then what it is based on


class OneTimeLink(BaseModel):
    """A link that works once: first password, forgotten password, first set-up."""

    id = IdField()
    token_hash = TextField(unique=True)
    purpose = TextField()  # setup, password
    user = ForeignKeyField(User, null=True, on_delete="CASCADE")
    created_at = MomentField()
    expires_at = MomentField()
    used_at = MomentField(null=True)


class SocketTicket(BaseModel):
    """Sixty seconds and one use to open a socket for a session."""

    token_hash = TextField(primary_key=True)
    session = ForeignKeyField(LoginSession, on_delete="CASCADE")
    expires_at = MomentField()


class Throttle(BaseModel):
    """How often something secret was guessed wrong: kept in the database, so a restart forgives nothing."""

    key = TextField(primary_key=True)  # account:…, address:…, box
    failures = IntegerField(default=0)
    window_began_at = MomentField()
    blocked_until = MomentField(null=True)


class Team(BaseModel):
    """People who answer together: sales, service, the night shift."""

    id = IdField()
    name = TextField()
    created_at = MomentField()


# Two teams that differ in letter case only are one team spelled twice.
Team.add_index(Team.index(fn.LOWER(Team.name), unique=True, name="team_name"))


class TeamMember(BaseModel):
    team_id: int
    user_id: int
    team = ForeignKeyField(Team, on_delete="CASCADE", index=False)
    user = ForeignKeyField(User, on_delete="CASCADE")
    created_at = MomentField()

    class Meta:
        primary_key = CompositeKey("team", "user")
