"""Hand the box over: somebody else becomes OWNER in the same instant."""

from __future__ import annotations

from wablast_box.engine.audit.record import record
from wablast_box.engine.events.publish import publish
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.events import UserChanged
from wablast_box.engine.team.mfa import factors
from wablast_box.engine.team.models import User
from wablast_box.engine.team.recognise import forget_remembered
from wablast_box.engine.team.roles import Role
from wablast_box.engine.team.sessions import end_sessions_of
from wablast_box.engine.team.users import can_come_in, get_managed, one_at_a_time
from wablast_box.lib.db import after_commit, transaction
from wablast_box.lib.errors import Conflict, Denied, NotFound


def transfer_ownership(user_id: int, *, by: Actor) -> User:
    """Make somebody else OWNER and oneself ADMIN, both or neither. Both sign in again."""
    with one_at_a_time(), transaction():
        me, heir = User.get_by_id(by.id), User.get_or_none(User.id == user_id)
        if by.kind != "user" or me.role != Role.OWNER or me.disabled_at is not None:
            raise Denied("Only an OWNER can hand the box over.", help="Ask an OWNER.")
        if heir is None or heir.id == me.id:
            raise NotFound("There is no such colleague.")
        if not can_come_in(heir):
            raise Conflict(
                f"{heir.name} has never signed in, or is disabled.", help="Choose somebody who works here already.", field="user_id"
            )
        User.update(role=Role.OWNER, custom_role=None).where(User.id == heir.id).execute()
        User.update(role=Role.ADMIN, custom_role=None).where(User.id == me.id).execute()
        publish(UserChanged(heir.id, ("role",)), actor=by.ref)
        publish(UserChanged(me.id, ("role",)), actor=by.ref)
        record("owner.transferred", by=by, subject=f"user:{heir.id}", subject_name=heir.name)
        for user in (heir, me):
            end_sessions_of(user.id, by=by, why="the role was changed")
        after_commit(forget_remembered)
    return User.get_by_id(heir.id)


def reset_second_factor(user_id: int, *, by: Actor) -> None:
    """Take away somebody's second factor: an OWNER's deed, and never for oneself. A letter or a link cannot do it."""
    user = get_managed(user_id, by=by)
    if by.kind != "user" or by.role is not Role.OWNER:
        raise Denied("Only an OWNER can take away a second factor.", help="Ask an OWNER, or run wablast-box user reset-mfa.")
    if user.id == by.id:
        raise Denied(
            "Nobody takes away their own second factor here.",
            help="Remove it under My account, ask another OWNER, or run wablast-box user reset-mfa on the machine.",
        )
    factors.take_away(user, by=by)
