"""The shapes of people, sign-ins and keys on the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from wablast_box.engine.team import models as tables
from wablast_box.engine.team.roles import Role
from wablast_box.lib.clock import iso
from wablast_box.web.schemas import ApiModel

Secret = Annotated[str, Field(max_length=1024)]
Line = Annotated[str, Field(max_length=320)]


class SessionUser(ApiModel):
    id: str
    name: str
    email: str
    role: Role
    permissions: list[str]


class SessionBusiness(ApiModel):
    name: str
    time_zone: str


class SessionNumber(ApiModel):
    display_phone_number: str | None
    verified_name: str | None
    quality_rating: str | None


class SessionDemo(ApiModel):
    phone_url: str


class Session(ApiModel):
    signed_in: bool
    setup_needed: bool
    csrf_token: str | None
    user: SessionUser | None
    business: SessionBusiness | None
    number: SessionNumber | None
    demo: SessionDemo | None
    version: str


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


class UserChange(ApiModel):
    name: Line | None = None
    role: Role | None = None
    disabled: bool | None = None


class Link(ApiModel):
    url: str
    expires_at: str


class InvitedUser(ApiModel):
    user: User
    link: Link


class NewApiKey(ApiModel):
    name: Line
    role: Role


class ApiKey(ApiModel):
    id: str
    name: str
    role: Role
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
        "disabled_at": iso(row.disabled_at),
        "last_seen_at": iso(row.last_seen_at),
    }


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
        "prefix": row.prefix,
        "created_at": iso(row.created_at),
        "last_used_at": iso(row.last_used_at),
    }
