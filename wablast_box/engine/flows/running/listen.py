"""News that flows answer."""

from __future__ import annotations

from wablast_box.engine.desk.triage.events import ConversationStateChanged
from wablast_box.engine.flows.keeping import hold, sessions, trials, triggers, turns
from wablast_box.engine.flows.node.occasions import MESSAGES
from wablast_box.engine.flows.running import away
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.lib.db import transaction

# What needs no answer, as nobody would answer a heart.
_SILENT = frozenset({"reaction", "system", "edit", "revoke"})


def concerns_flows(event: MessageReceived) -> bool:
    """Only where flows are on, being played or tried out, or an away message is wanted, does a message cost a look."""
    if event.type in _SILENT:
        return False
    return bool(triggers.live_triggers()) or sessions.is_any_played() or trials.are_any() or away.is_on()


def may_answer() -> bool:
    """Could a flow answer what opens now? Then nobody else is looked for in that moment."""
    return any(one.kind in MESSAGES for one in triggers.live_triggers())


def hear(event: MessageReceived) -> None:
    """A customer wrote: a turn, once for each message."""
    with transaction():
        turns.add(event.conversation_id, "message", f"message:{event.subject_id}", {"message_id": str(event.subject_id)})


def is_resolved(event: ConversationStateChanged) -> bool:
    """The matter is done."""
    return event.state == "resolved"


def let_go(event: ConversationStateChanged) -> None:
    """With the matter done, flows may answer the next one."""
    with transaction():
        hold.release(event.conversation_id)
