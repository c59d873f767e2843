"""Who asks, and what they may see of the inbox."""

from __future__ import annotations

from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.engine.team.actors import Actor
from wablast_box.engine.team.roles import Scope
from wablast_box.web.auth import current_actor


def me() -> Actor:
    """The actor of this request."""
    return current_actor()


def my_user_id() -> int | None:
    """Who is meant by "me"; None for a machine, who answers for nothing."""
    actor = current_actor()
    return actor.id if actor.kind == "user" else None


def my_viewer() -> Viewer:
    """The inbox through the eyes of this request's actor."""
    return viewer_of(current_actor())


def viewer_of(actor: Actor) -> Viewer:
    """By the actor's scope: everything, what is theirs or nobody's, or what is theirs. A machine owns no conversation."""
    if actor.sees_all_conversations or (actor.grants is None and not actor.may("inbox.read")):
        return Viewer(hides_numbers=actor.hides_numbers)
    mine = (actor.id or 0) if actor.kind == "user" else 0
    return Viewer(mine, sees_free=actor.scope is not Scope.OWN, hides_numbers=actor.hides_numbers)
