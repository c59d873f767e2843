"""The shapes of second factors, roles and invitations on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from wablast_box.engine.notifications.invitations import MadeInvitation
from wablast_box.engine.settings import store
from wablast_box.engine.team import models as tables
from wablast_box.engine.team.custom_roles import RoleDraft
from wablast_box.engine.team.invites.models import Invitation as InvitationRow
from wablast_box.engine.team.mfa.models import Passkey as PasskeyRow
from wablast_box.engine.team.mfa.own import Security
from wablast_box.engine.team.roles import ALWAYS, GRANTABLE, PERMISSIONS, Role, Scope
from wablast_box.lib.clock import iso
from wablast_box.web.schemas import ApiModel, IdStr, JsonObject, Moment

Secret = Annotated[str, Field(max_length=1024)]
Line = Annotated[str, Field(max_length=320)]
Base = Literal[Role.ADMIN, Role.AGENT, Role.ANALYST]


class SecondFactorProof(ApiModel):
    """One of the three."""

    code: Line | None = None
    recovery_code: Line | None = None
    passkey: JsonObject | None = None


class PasskeyOptions(ApiModel):
    """For `navigator.credentials`, in WebAuthn's own JSON."""

    options: JsonObject


class PasskeyAnswer(ApiModel):
    credential: JsonObject


class NewPasskey(PasskeyAnswer):
    name: Line


class Passkey(ApiModel):
    id: str
    name: str
    host: str
    synced: bool
    created_at: str
    last_used_at: str | None


class PasskeyAdded(ApiModel):
    """`recovery_codes` come with the first factor, shown this once."""

    passkey: Passkey
    recovery_codes: list[str] | None


class FactorAdded(ApiModel):
    recovery_codes: list[str] | None


class RecoveryCodes(ApiModel):
    codes: list[str]


class NewTotp(ApiModel):
    """Shown this once. `squares`: the QR code, a row of 0 and 1 for each line of it."""

    secret: str
    uri: str
    squares: list[str]


class Code(ApiModel):
    code: Line


class OwnName(ApiModel):
    name: Line


class OwnSecurity(ApiModel):
    """`due_at`: by when a second factor is needed."""

    has_password: bool
    totp_since: str | None
    passkeys: list[Passkey]
    passkeys_work_here: bool
    recovery_codes_left: int
    is_needed: bool
    due_at: str | None
    google_email: str | None


class GoogleStart(ApiModel):
    next: Annotated[str, Field(max_length=500)] = "/inbox"


class GoogleAddress(ApiModel):
    url: str


class GoogleSecret(ApiModel):
    set: bool
    last4: str | None
    updated_at: Moment | None


class GoogleClient(ApiModel):
    """`redirect_uri` is what Google's console must allow, letter by letter."""

    client_id: str | None
    client_secret: GoogleSecret
    redirect_uri: str


class GoogleClientChange(ApiModel):
    client_id: Line | None = None
    client_secret: Secret | None = None


class InvitationToken(ApiModel):
    token: Line


class InvitationAnswer(InvitationToken):
    password: Secret
    name: Line | None = None


class InvitationCard(ApiModel):
    name: str
    email: str
    role: Role
    role_name: str | None
    invited_by: str
    business: str
    expires_at: str


class Invitation(ApiModel):
    id: str
    name: str
    email: str
    role: Role
    role_id: str | None
    role_name: str | None
    invited_by: str
    sent_at: str
    mailed_at: str | None
    expires_at: str


class InvitationList(ApiModel):
    """`can_mail`: is a way to send letters set up?"""

    items: list[Invitation]
    next_cursor: str | None
    can_mail: bool


class NewInvitation(ApiModel):
    name: Line
    email: Line
    role: Role
    role_id: IdStr | None = None
    by_mail: bool = False


class Resend(ApiModel):
    by_mail: bool = False


class InvitationWithLink(ApiModel):
    """The link is shown this once."""

    invitation: Invitation
    url: str
    expires_at: str
    mailed: bool


class RoleBody(ApiModel):
    """`scope`: which conversations. `hides_numbers`: customers' numbers are masked in everything."""

    name: Line
    base: Base
    permissions: Annotated[list[Line], Field(max_length=200)]
    scope: Scope
    hides_numbers: bool


class CustomRole(RoleBody):
    id: str
    people: int
    updated_at: str


class OurRole(ApiModel):
    """One of the four. `grantable`: what a role based on it may hold; none for OWNER."""

    role: Role
    permissions: list[str]
    grantable: list[str]
    always: list[str]


class RoleList(ApiModel):
    items: list[CustomRole]
    ours: list[OurRole]
    next_cursor: str | None


OUR_ROLES: list[dict[str, Any]] = [
    {"role": role, "permissions": sorted(PERMISSIONS[role]), "grantable": sorted(GRANTABLE.get(role, ())), "always": sorted(ALWAYS)}
    for role in Role
]


def draft(body: RoleBody) -> RoleDraft:
    return RoleDraft(body.name, Role(body.base), frozenset(body.permissions), body.scope, body.hides_numbers)


def custom_role(row: tables.CustomRole, people: int) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "base": row.base,
        "permissions": row.permissions_json,
        "scope": row.scope,
        "hides_numbers": row.hides_numbers,
        "people": people,
        "updated_at": iso(row.updated_at),
    }


def passkey(row: PasskeyRow) -> dict[str, Any]:
    shown = {"id": str(row.id), "name": row.name, "host": row.host, "synced": row.is_synced}
    return {**shown, "created_at": iso(row.created_at), "last_used_at": iso(row.last_used_at)}


def own_security(found: Security, *, has_site: bool) -> dict[str, Any]:
    return {
        "has_password": found.has_password,
        "totp_since": iso(found.totp_since),
        "passkeys": [passkey(row) for row in found.passkeys],
        "passkeys_work_here": has_site,
        "recovery_codes_left": found.recovery_codes_left,
        "is_needed": found.is_needed,
        "due_at": iso(found.due_at),
        "google_email": found.google_email,
    }


def card(row: InvitationRow) -> dict[str, Any]:
    return {**_invited(row), "business": store.get("business_name"), "expires_at": iso(row.expires_at)}


def invitation(row: InvitationRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        **_invited(row),
        "role_id": None if row.custom_role is None else str(row.custom_role.id),
        "sent_at": iso(row.sent_at),
        "mailed_at": iso(row.mailed_at),
        "expires_at": iso(row.expires_at),
    }


def invitation_with_link(made: MadeInvitation) -> dict[str, Any]:
    return {"invitation": invitation(made.row), "url": made.url, "expires_at": iso(made.row.expires_at), "mailed": made.mailed}


def _invited(row: InvitationRow) -> dict[str, Any]:
    role_name = row.custom_role.name if row.custom_role else None
    return {"name": row.name, "email": row.email, "role": row.role, "role_name": role_name, "invited_by": row.invited_by_name}


class InsideAddresses(ApiModel):
    """`given` by the environment of the box, `added` by an owner: HOST:PORT each."""

    given: list[str]
    added: list[str]


class InsideAddressesChange(ApiModel):
    added: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=100)]
