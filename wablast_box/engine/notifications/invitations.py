"""Invite by link and by letter: the team makes the invitation, the notifications carry it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from wablast_box.engine.notifications.email.account import is_set_up
from wablast_box.engine.notifications.email.queue import queue_email
from wablast_box.engine.notifications.links import base_url
from wablast_box.engine.settings import store
from wablast_box.engine.team import custom_roles
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.invites import invitations
from wablast_box.engine.team.invites.models import Invitation
from wablast_box.engine.team.roles import Role
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Invalid


@dataclass(frozen=True, slots=True)
class MadeInvitation:
    """`url` is shown once and stands nowhere but, sealed, in the letter."""

    row: Invitation
    url: str
    mailed: bool


def can_mail() -> bool:
    """Is there a way to send letters?"""
    return is_set_up()


def invite(*, name: str, email: str, role: Role, role_id: int | None, by_mail: bool, by: Actor) -> MadeInvitation:
    """Invite somebody, by letter too if asked. `role_id` names a role of the business; its base is then the role."""
    custom = None if role_id is None else custom_roles.get_role(role_id)
    with transaction():
        made = invitations.invite(name=name, email=email, role=Role(custom.base) if custom else role, custom=custom, by=by)
        return _handed_over(made, by_mail)


def resend(invitation_id: int, *, by_mail: bool, by: Actor) -> MadeInvitation:
    """A new link, by letter too if asked."""
    with transaction():
        return _handed_over(invitations.resend(invitation_id, by=by), by_mail)


def _handed_over(made: invitations.NewInvitation, by_mail: bool) -> MadeInvitation:
    url = f"{base_url()}/invitation?token={made.token}"
    if by_mail:
        if not is_set_up():
            help = "Set up e-mail under Settings, or send the link yourself."
            raise Invalid("This box cannot send letters yet.", help=help, field="by_mail")
        business = store.get("business_name") or "wablast-box"
        queue_email(
            made.row.email,
            f"{made.row.invited_by_name} invites you to {business}",
            _text(made.row, url, business),
            _html(made.row, url, business),
            kind="invitation",
            life=invitations.LIFE,
        )
        invitations.note_mailed(made.row.id)
    return MadeInvitation(Invitation.get_by_id(made.row.id), url, by_mail)


def _words(row: Invitation, business: str) -> tuple[str, str, str]:
    return (
        f"Hello {row.name},",
        f"{row.invited_by_name} invites you to answer customers of {business} on wablast-box.",
        "The link works once, for three days. If you do not know who this is from, leave it alone: nothing happens.",
    )


def _text(row: Invitation, url: str, business: str) -> str:
    hello, what, how = _words(row, business)
    return f"{hello}\n\n{what}\n\nJoin here:\n{url}\n\n{how}\n"


def _html(row: Invitation, url: str, business: str) -> str:
    hello, what, how = (escape(words) for words in _words(row, business))
    return (
        '<div style="font:16px/1.5 system-ui,sans-serif;color:#1c1a17;max-width:30em">'
        f"<p>{hello}</p><p>{what}</p>"
        f'<p><a href="{escape(url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1f7659;color:#fff;'
        'text-decoration:none;font-weight:600">Join the team</a></p>'
        f'<p style="color:#6b655b;font-size:14px">{how}</p></div>'
    )
