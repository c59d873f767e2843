"""The shapes of people, sign-ins and keys on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from wablast_box.engine.team import models as tables
from wablast_box.engine.team.mfa.factors import has_factor
from wablast_box.engine.team.roles import Role, Scope
from wablast_box.engine.team.users import can_come_in
from wablast_box.lib.clock import iso
from wablast_box.web.schemas import ApiModel, IdStr

Secret = Annotated[str, Field(max_length=1024)]
Line = Annotated[str, Field(max_length=320)]


class SessionUser(ApiModel):
    id: str
    name: str
    email: str
    role: Role
    role_name: str | None
    permissions: list[str]
    scope: Scope
    hides_numbers: bool
    second_factor_due_at: str | None


class SessionBusiness(ApiModel):
    name: str
    time_zone: str


class SessionNumber(ApiModel):
    display_phone_number: str | None
    verified_name: str | None
    quality_rating: str | None


class SessionDemo(ApiModel):
    phone_url: str


class SecondFactor(ApiModel):
    """The password was right: one of these is still to come."""

    methods: list[Literal["totp", "passkey", "recovery"]]


class Session(ApiModel):
    """`google`, `passkeys`: can one sign in so, here?"""

    signed_in: bool
    setup_needed: bool
    second_factor: SecondFactor | None
    google: bool
    passkeys: bool
    csrf_token: str | None
    user: SessionUser | None
    business: SessionBusiness | None
    number: SessionNumber | None
    demo: SessionDemo | None
    version: str
    # A window that loads everything now asks for what it missed after this event.
    seen_event_id: str | None


class SignIn(ApiModel):
    email: Line
    password: Secret


class SocketTicket(ApiModel):
    ticket: str


class OwnerSetup(ApiModel):
    token: Line
    name: Line
    email: Line
    password: Secret
    business_name: Line
    time_zone: Line


class PasswordByLink(ApiModel):
    token: Line
    password: Secret


class PasswordChange(ApiModel):
    current: Secret
    new: Secret


class Confirmation(ApiModel):
    password: Secret


class LoginSession(ApiModel):
    id: str
    created_at: str
    last_seen_at: str | None
    ip: str | None
    user_agent: str | None
    current: bool


class LoginSessionPage(ApiModel):
    items: list[LoginSession]
    next_cursor: str | None


class User(ApiModel):
    id: str
    name: str
    email: str
    role: Role
    role_id: str | None
    role_name: str | None
    has_second_factor: bool
    second_factor_due_at: str | None
    has_joined: bool
    disabled_at: str | None
    last_seen_at: str | None


class UserPage(ApiModel):
    items: list[User]
    next_cursor: str | None


class TeamMember(ApiModel):
    """Enough to assign a conversation."""

    id: str
    name: str


class TeamMemberPage(ApiModel):
    items: list[TeamMember]
    next_cursor: str | None


class NewUser(ApiModel):
    name: Line
    email: Line
    role: Role
    role_id: IdStr | None = None


class UserChange(ApiModel):
    """`role_id`: a role of the business; `role` alone is one of the four."""

    name: Line | None = None
    role: Role | None = None
    role_id: IdStr | None = None
    disabled: bool | None = None


class Link(ApiModel):
    url: str
    expires_at: str


class InvitedUser(ApiModel):
    user: User
    link: Link


class NewApiKey(ApiModel):
    """`role_id`: one of the shop's own roles; `role` is then what that is based on."""

    name: Line
    role: Role
    role_id: IdStr | None = None


class ApiKey(ApiModel):
    id: str
    name: str
    role: Role
    role_id: str | None
    role_name: str | None
    prefix: str
    created_at: str
    last_used_at: str | None


class CreatedApiKey(ApiKey):
    """`key` is shown this once."""

    key: str


class ApiKeyPage(ApiModel):
    items: list[ApiKey]
    next_cursor: str | None


def user(row: tables.User) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "email": row.email,
        "role": row.role,
        "role_id": None if row.custom_role is None else str(row.custom_role.id),
        "role_name": None if row.custom_role is None else row.custom_role.name,
        "has_second_factor": has_factor(row.id),
        "second_factor_due_at": iso(row.second_factor_due_at),
        "has_joined": can_come_in(row),
        "disabled_at": iso(row.disabled_at),
        "last_seen_at": iso(row.last_seen_at),
    }


def users(rows: Sequence[tables.User]) -> list[dict[str, Any]]:
    return [user(row) for row in rows]


def login_session(row: tables.LoginSession, *, current: bool) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "created_at": iso(row.created_at),
        "last_seen_at": iso(row.last_seen_at),
        "ip": row.address,
        "user_agent": row.agent,
        "current": current,
    }


def api_key(row: tables.ApiKey) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "role": row.role,
        "role_id": None if row.custom_role is None else str(row.custom_role.id),
        "role_name": None if row.custom_role is None else row.custom_role.name,
        "prefix": row.prefix,
        "created_at": iso(row.created_at),
        "last_used_at": iso(row.last_used_at),
    }
