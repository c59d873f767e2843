"""What happens in the team: read later as the audit of who let whom in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class UserSignedIn:
    name: ClassVar[str] = "user.signed_in"
    subject_id: int
    address: str | None


@dataclass(frozen=True, slots=True)
class UserSignedOut:
    """A browser was signed out, by its user or by a change that ends sessions."""

    name: ClassVar[str] = "user.signed_out"
    subject_id: int
    why: str


@dataclass(frozen=True, slots=True)
class UserRefused:
    """Somebody typed a wrong password. The account is named only when it exists."""

    name: ClassVar[str] = "user.refused"
    subject_id: int | None
    address: str | None


@dataclass(frozen=True, slots=True)
class UserAdded:
    name: ClassVar[str] = "user.added"
    subject_id: int
    role: str


@dataclass(frozen=True, slots=True)
class UserChanged:
    """`fields` names what changed, never the values."""

    name: ClassVar[str] = "user.changed"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    name: ClassVar[str] = "user.password_changed"
    subject_id: int


@dataclass(frozen=True, slots=True)
class ApiKeyCreated:
    name: ClassVar[str] = "api_key.created"
    subject_id: int
    role: str


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked:
    name: ClassVar[str] = "api_key.revoked"
    subject_id: int


@dataclass(frozen=True, slots=True)
class RoleCreated:
    name: ClassVar[str] = "role.created"
    subject_id: int


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """`fields` names what changed, never the values. It holds at once for everybody who has the role."""

    name: ClassVar[str] = "role.changed"
    subject_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleDeleted:
    name: ClassVar[str] = "role.deleted"
    subject_id: int


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """Somebody was invited, or got a new link. The link stands nowhere."""

    name: ClassVar[str] = "invitation.made"
    subject_id: int


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    name: ClassVar[str] = "invitation.revoked"
    subject_id: int


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    name: ClassVar[str] = "invitation.accepted"
    subject_id: int
