"""Invite somebody: a link that works once, for 72 hours. They choose their password, or come with Google."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team import throttle, users
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.events import InvitationAccepted, InvitationMade, InvitationRevoked
from wablast_box.engine.team.invites.models import Invitation
from wablast_box.engine.team.login import Visitor, welcome
from wablast_box.engine.team.models import CustomRole, User
from wablast_box.engine.team.roles import Role, manages
from wablast_box.lib.clock import now
from wablast_box.lib.crypto import new_token, token_hash
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Denied, NotFound
from wablast_box.lib.ids import new_id

LIFE = timedelta(hours=72)
MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """The token is shown once and kept nowhere."""

    row: Invitation
    token: str


def invite(*, name: str, email: str, role: Role, by: Actor, custom: CustomRole | None = None) -> NewInvitation:
    """Invite somebody. An open invitation of the same e-mail is replaced: its link stops working."""
    users.require_may_give(by, role, custom)
    checked_name, checked_email = users.check_name(name), users.check_email(email)
    token, moment = new_token(), now()
    with transaction():
        if users.find_by_email(checked_email) is not None:
            raise Conflict("Somebody with this e-mail is in the team already.", field="email")
        if _open().count() >= MOST_OPEN:
            raise Conflict(f"{MOST_OPEN} invitations are open.", help="Take back those that nobody will accept.")
        _replace(checked_email, by=by)
        row = Invitation(
            id=new_id(), email=checked_email, name=checked_name, role=role, custom_role=custom, token_hash=token_hash(token),
            invited_by_id=by.id if by.kind == "user" else None, invited_by_name=by.name,
            created_at=moment, sent_at=moment, expires_at=moment + LIFE,
        )  # fmt: skip
        row.save(force_insert=True)
        publish(InvitationMade(row.id), actor=by.ref)
        detail = {"role": custom.name if custom else role.value}
        record("invitation.made", by=by, subject=f"invitation:{row.id}", subject_name=checked_email, detail=detail)
    return NewInvitation(row, token)


def resend(invitation_id: int, *, by: Actor) -> NewInvitation:
    """A new link for the same invitation; the one before stops working."""
    token, moment = new_token(), now()
    with transaction():
        row = _managed(invitation_id, by=by)
        Invitation.update(token_hash=token_hash(token), sent_at=moment, expires_at=moment + LIFE).where(Invitation.id == row.id).execute()
        publish(InvitationMade(row.id), actor=by.ref)
        record("invitation.resent", by=by, subject=f"invitation:{row.id}", subject_name=row.email)
    return NewInvitation(Invitation.get_by_id(row.id), token)


def revoke(invitation_id: int, *, by: Actor) -> None:
    """Take an invitation back: its link stops working now."""
    with transaction():
        row = _managed(invitation_id, by=by)
        Invitation.update(revoked_at=now()).where(Invitation.id == row.id).execute()
        publish(InvitationRevoked(row.id), actor=by.ref)
        record("invitation.revoked", by=by, subject=f"invitation:{row.id}", subject_name=row.email)


def list_open(*, by: Actor) -> list[Invitation]:
    """Invitations that nobody has accepted yet, newest first; those too old to accept among them, to be sent again."""
    return [row for row in _open().order_by(Invitation.id.desc()).limit(MOST_OPEN) if manages(by.role, Role(row.role))]


def note_mailed(invitation_id: int) -> None:
    """A letter with the link is on its way."""
    with transaction():
        Invitation.update(mailed_at=now()).where(Invitation.id == invitation_id).execute()


def look(token: str, *, visitor: Visitor) -> Invitation:
    """Whom this link invites; NotFound for one that does not work."""
    row: Invitation | None = _open().where(Invitation.token_hash == token_hash(token), Invitation.expires_at > now()).first()
    if row is None or users.find_by_email(row.email) is not None:
        throttle.count_wrong_token(visitor.address)
        raise NotFound(
            "This invitation does not work: it was used, taken back, or is older than three days.",
            help="Ask the person who invited you for a new one.",
            field="token",
        )
    return row


def accept(token: str, password: str, *, visitor: Visitor, name: str | None = None) -> tuple[str, Actor]:
    """Join with a password, and be signed in. A password that is refused leaves the link usable."""
    row = look(token, visitor=visitor)
    checked_name = users.check_name(name) if name else row.name
    hashed = users.choose_password(password, name=checked_name, email=row.email)
    return welcome(join(row, name=checked_name, password_hash=hashed), visitor=visitor, how="invitation")


def open_for(email: str) -> Invitation | None:
    """The invitation that this e-mail can still accept."""
    found: Invitation | None = _open().where(Invitation.email == email, Invitation.expires_at > now()).first()
    return found


def join(row: Invitation, *, name: str, password_hash: str | None) -> User:
    """Make the user. Of two who accept at once, one joins."""
    with users.one_at_a_time(), transaction():
        taken = Invitation.update(accepted_at=now()).where(*_is_open(), Invitation.id == row.id, Invitation.token_hash == row.token_hash)
        if not taken.execute():
            raise NotFound("This invitation was used a moment ago.", help="Ask for a new one.", field="token")
        inviter = _inviter(row)
        user = users.insert_user(name, row.email, Role(row.role), by=inviter, password_hash=password_hash, custom=row.custom_role)
        Invitation.update(user=user).where(Invitation.id == row.id).execute()
        publish(InvitationAccepted(row.id), actor=f"user:{user.id}")
        record("invitation.accepted", by=person(user), subject=f"invitation:{row.id}", subject_name=row.email)
    return user


def _inviter(row: Invitation) -> Actor:
    """Whoever invited must still be there and still be allowed to: a dismissed colleague's links let nobody in."""
    if row.invited_by_id is None:
        return Actor("system", None, row.invited_by_name, Role.OWNER)
    inviter = User.get_or_none(User.id == row.invited_by_id)
    if inviter is None or inviter.disabled_at is not None:
        raise NotFound("The person who invited you is no longer here.", help="Ask somebody else of the team for a new invitation.")
    actor = person(inviter)
    try:
        users.require_may_give(actor, Role(row.role), row.custom_role)
    except Denied as fallen:
        raise NotFound("This invitation does not count any more.", help="Ask for a new one.", field="token") from fallen
    return actor


def _managed(invitation_id: int, *, by: Actor) -> Invitation:
    row = _open().where(Invitation.id == invitation_id).first()
    if row is None:
        raise NotFound("There is no such open invitation.")
    users.require_may_give(by, Role(row.role), row.custom_role)
    return row


def _replace(email: str, *, by: Actor) -> None:
    for row in _open().where(Invitation.email == email):
        revoke(row.id, by=by)


def _is_open() -> tuple[Any, ...]:
    return Invitation.accepted_at.is_null(), Invitation.revoked_at.is_null()


def _open() -> Any:
    return Invitation.select().where(*_is_open())
