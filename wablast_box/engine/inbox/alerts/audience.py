"""Who hears of a piece of news: who answers the conversation, who is called, and for nobody's chats who wants to.

A late conversation whose holder cannot answer any more, because they left or lost the right, is nobody's as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wablast_box.engine.inbox.alerts.news import Chat, Item
from wablast_box.engine.notifications.push.models import AlertPreference
from wablast_box.engine.notifications.push.preferences import is_quiet, preferences_of
from wablast_box.engine.team.actors import Actor, person
from wablast_box.engine.team.models import TeamMember, User
from wablast_box.engine.team.users import can_answer
from wablast_box.lib.masking import mask_text


@dataclass(frozen=True, slots=True)
class Holders:
    """Who could have late conversations: the people of each team that has any, and who has one and cannot answer it any more."""

    teams: Mapping[int, frozenset[int]]
    gone: frozenset[int]

    def are_for(self, user_id: int, team_id: int | None) -> bool:
        """Nobody's conversation is for its team; for everybody when it has none, or one without people."""
        people = self.teams.get(team_id or 0)
        return people is None or user_id in people


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

    def hears(self, item: Item, holders: Holders) -> bool:
        """Is this piece of news for this person?"""
        if item.kind == "message":
            return self.answers(item.chat)
        if item.kind == "overdue":
            return self._hears_late(item.chat, holders)
        if item.only_user_id != self.id or not self.actor.may_see_conversation(item.chat.assignee_id):
            return False
        return self.wants.hears_mentions if item.kind == "mention" else self.wants.hears_mine

    def _hears_late(self, chat: Chat, holders: Holders) -> bool:
        is_nobodys = chat.assignee_id is None or chat.assignee_id in holders.gone
        if not is_nobodys or chat.assignee_id == self.id:
            return self.answers(chat)
        may_see = self.actor.may_see_conversation(chat.assignee_id)
        return may_see and self.wants.hears_unassigned and holders.are_for(self.id, chat.team_id)


def holders_of(items: Sequence[Item]) -> Holders:
    """Asked once for all late conversations among these."""
    late = [item.chat for item in items if item.kind == "overdue"]
    teams: dict[int, set[int]] = {}
    for row in TeamMember.select() if late else ():
        teams.setdefault(row.team_id, set()).add(row.user_id)
    having = {chat.assignee_id for chat in late if chat.assignee_id is not None}
    gone = [user.id for user in User.select().where(User.id.in_(having)) if not can_answer(user)] if having else []
    return Holders({number: frozenset(people) for number, people in teams.items()}, frozenset(gone))


def listeners(user_ids: Sequence[int], moment: datetime) -> Iterator[Listener]:
    """Those of these people who work here and are not left alone at this hour."""
    wants = preferences_of(user_ids)
    for user in User.select().where(User.id.in_(list(user_ids)), User.disabled_at.is_null()):
        if not is_quiet(wants[user.id], moment):
            yield Listener(person(user), wants[user.id])
