"""Words that a customer may say anywhere: back to the menu, stop, a person please."""

from __future__ import annotations

from wablast_box.engine.flows.acting.acts import ACTS, Here
from wablast_box.engine.flows.keeping import hold
from wablast_box.engine.flows.keywords import says
from wablast_box.engine.flows.models import Cut, FlowSession, FlowTurn
from wablast_box.engine.flows.running import hearing
from wablast_box.engine.inbox.models import Conversation
from wablast_box.engine.settings import store


def obey(conversation: Conversation, session: FlowSession | None, turn: FlowTurn) -> bool:
    """True when the words were a command that no flow answers. “Menu” only ends what is played: a trigger answers it."""
    message = hearing.message_of(turn) if turn.kind == "message" and session is not None else None
    if message is None or session is None:
        return False
    said = hearing.text_of(message)
    if _is_one_of(said, "flow_words_agent"):
        hold.end_session(conversation.id, Cut.ASKED)
        ACTS["hand_off"](Here(conversation.id, f"flow:{session.flow_id}"), note="")
        return True
    if _is_one_of(said, "flow_words_stop"):
        hold.end_session(conversation.id, Cut.STOPPED)
        return True
    return False


def asks_for_menu(turn: FlowTurn) -> bool:
    """Does the customer want to begin anew?"""
    message = hearing.message_of(turn) if turn.kind == "message" else None
    return message is not None and _is_one_of(hearing.text_of(message), "flow_words_menu")


def _is_one_of(said: str, setting: str) -> bool:
    return any(says(said, word, "exact") for word in str(store.get(setting)).split(",") if word.strip())
