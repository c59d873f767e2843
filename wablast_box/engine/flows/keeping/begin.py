"""Let a published flow begin with a customer, whoever asked for it."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.contacts.upsert import find_or_create
from wablast_box.engine.flows.keeping import hold, sessions, turns
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE
from wablast_box.engine.inbox import conversations
from wablast_box.engine.outbox.address import parse_address
from wablast_box.lib import ids
from wablast_box.lib.errors import Conflict


def begin(flow_id: int, conversation_id: int, by: str, variables: dict[str, Any]) -> None:
    """In the caller's transaction. Raises NotFound (no such live flow), Conflict when a person answers there, Invalid."""
    sessions.live_version(flow_id)
    given = values.plain(variables, LARGEST_VARIABLE)
    if hold.is_held(conversation_id):
        raise Conflict("A person answers in this conversation.", code="held", help="Let the bot go on there first.")
    turns.add(conversation_id, "start", f"start:{ids.new_id()}", {"flow_id": str(flow_id), "by": by, "variables": given})


def start_for(flow_id: int, to: str, by: str, variables: dict[str, Any]) -> int:
    """The same for a phone number or a user id; the conversation. It is made when there is none."""
    address = parse_address(to)
    number = conversations.of_contacts([find_or_create(wa_id=address.wa_id, user_id=address.user_id)])[0]
    begin(flow_id, number, by, variables)
    return number
