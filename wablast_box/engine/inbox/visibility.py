"""Who sees which conversation. One rule, as a condition for lists and as rooms for open windows.

OWNER and ADMIN see all; AGENT sees what is assigned to them or to nobody, unless the settings or their role say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """Through whose eyes rows are loaded: None sees everything. `hides_numbers`: who sees no numbers may not search by them either."""

    only_user_id: int | None = None
    sees_free: bool = True  # what is assigned to nobody
    hides_numbers: bool = False

    def condition(self, conversation: str = "c") -> tuple[str, list[int]]:
        """A condition on the conversation's alias and its parameters."""
        if self.only_user_id is None:
            return "1 = 1", []
        if not self.sees_free:
            return f"{conversation}.assignee_id = ?", [self.only_user_id]
        return f"({conversation}.assignee_id IS NULL OR {conversation}.assignee_id = ?)", [self.only_user_id]

    def may_look_for(self, words: Iterable[str]) -> bool:
        """Who sees no numbers must not find them out digit by digit."""
        return not self.hides_numbers or not any(letter.isdigit() for word in words for letter in word)


EVERYTHING = Viewer()
NOTHING = Viewer(0, sees_free=False)


def rooms_of(conversation_id: int, assignee_id: int | None) -> tuple[str, ...]:
    """The rooms that hear news of a conversation."""
    scope = "inbox:unassigned" if assignee_id is None else f"inbox:user:{assignee_id}"
    return ("inbox:all", scope, f"conversation:{conversation_id}")


def rooms_of_viewer(viewer: Viewer) -> tuple[str, ...]:
    """The rooms a window of this viewer sits in from the start."""
    if viewer.only_user_id is None:
        return ("inbox:all",)
    mine = f"inbox:user:{viewer.only_user_id}"
    return ("inbox:unassigned", mine) if viewer.sees_free else (mine,)
