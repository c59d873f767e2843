"""Another system calls a session's address: what it brings is kept, and the session goes on. Once, whatever happens between."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.flows.keeping import turns
from wablast_box.engine.flows.models import FlowAddress, FlowSession
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.step import LARGEST_VARIABLE
from wablast_box.lib import crypto
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import NotFound

_ACTIVE = ("running", "waiting")


def call_back(token: str, body: Any) -> bool:
    """True: the session goes on. False: it was called before, and nothing more happens. Raises NotFound, Invalid.

    What is kept and the turn are one transaction. A session that has not come to its wait yet finds it there.
    """
    brought, moment = values.plain(body, LARGEST_VARIABLE), now()
    with transaction():
        row = FlowAddress.get_or_none(FlowAddress.token_hash == crypto.token_hash(token))
        if row is None:
            raise NotFound("There is no such address.")
        if row.called_at is not None:
            return False
        session = FlowSession.get_by_id(row.session_id)
        if row.expires_at <= moment or session.state not in _ACTIVE:
            raise NotFound("Nobody waits at this address any more.", code="address_over")
        first = FlowAddress.update(called_at=moment, body_json=brought).where((FlowAddress.id == row.id) & FlowAddress.called_at.is_null())
        if not first.execute():
            return False  # another call was faster
        turns.add(session.conversation_id, "address", f"address:{row.id}", {"session_id": str(session.id)})
    return True
