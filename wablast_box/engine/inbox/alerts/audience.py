"""Who hears of a piece of news: who answers the conversation, who is called, and for nobody's chats who wants to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wablast_box.engine.inbox.alerts.news import Chat, Item
from wablast_box.engine.notifications.push.models import AlertPreference
from wablast_box.engine.notifications.push.preferences import is_quiet, preferences_of
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.models import TeamMember, User
from wablast_box.lib.masking import mask_text

# The people of each team that has any.
Teams = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody of the staff with what they may see and want to hear."""

    actor: Actor
    wants: AlertPreference

    @property
    def id(self) -> int:
        assert self.actor.id is not None
        return self.actor.id

    def reads(self, text: str | None) -> str | None:
        """A text as this person may read it: without customers' numbers, where their role hides them."""
        return mask_text(text) if text and self.actor.hides_numbers else text

    def answers(self, chat: Chat) -> bool:
        """Is this conversation for this person to answer, by what they want and by what they may see?"""
        if not self.actor.may_see_conversation(chat.assignee_id):
            return False
        return self.wants.hears_mine if chat.assignee_id == self.id else chat.assignee_id is None and self.wants.hears_unassigned

    def hears(self, item: Item, teams: Teams) -> bool:
        """Is this piece of news for this person?"""
        if item.kind == "message":
            return self.answers(item.chat)
        if item.kind == "overdue":
            return self.answers(item.chat) and (item.chat.assignee_id is not None or is_for(self.id, item.chat.team_id, teams))
        if item.only_user_id != self.id or not self.actor.may_see_conversation(item.chat.assignee_id):
            return False
        return self.wants.hears_mentions if item.kind == "mention" else self.wants.hears_mine


def teams_of(items: Sequence[Item]) -> Teams:
    """Whom a late conversation of a team is for: asked once for all of them."""
    found: dict[int, set[int]] = {}
    if any(item.kind == "overdue" for item in items):
        for row in TeamMember.select():
            found.setdefault(row.team_id, set()).add(row.user_id)
    return {number: frozenset(people) for number, people in found.items()}


def is_for(user_id: int, team_id: int | None, teams: Teams) -> bool:
    """Nobody's conversation is for its team; for everybody when it has none, or one without people."""
    people = teams.get(team_id or 0)
    return people is None or user_id in people


def listeners(user_ids: Sequence[int], moment: datetime) -> Iterator[Listener]:
    """Those of these people who work here and are not left alone at this hour."""
    wants = preferences_of(user_ids)
    for user in User.select().where(User.id.in_(list(user_ids)), User.disabled_at.is_null()):
        if not is_quiet(wants[user.id], moment):
            yield Listener(person(user), wants[user.id])
