"""The block list of the number: who may not write to the business, as Meta keeps it."""

from __future__ import annotations

from wablast_box.lib.clock import now
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.errors import GraphError, missing
from wablast_box.simulator.records import Customer
from wablast_box.simulator.sending import parsed
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json, Request, Response, answer

MOST_AT_ONCE = 1000


class Blocking:
    """GET, POST and DELETE of /<phone>/block_users."""

    def __init__(self, state: State, delivery: Delivery):
        self._state, self._delivery = state, delivery

    def listed(self, _: Request) -> Response:
        """Everybody who is blocked."""
        blocked = [{"messaging_product": "whatsapp", **_named(each)} for each in self._state.customers.values() if each.blocked]
        return answer({"data": blocked, "paging": {}})

    def block(self, request: Request) -> Response:
        """Only those who wrote within the last 24 hours; each person is answered alone."""
        return self._change(request, blocked=True)

    def unblock(self, request: Request) -> Response:
        """The way back."""
        return self._change(request, blocked=False)

    def _change(self, request: Request, *, blocked: bool) -> Response:
        done: list[Json] = []
        failed: list[Json] = []
        with self._state.lock:
            for user in _users(request):
                customer = self._state.at_address(user)
                refused = _refusal(customer) if blocked else None
                if customer is None or refused is not None:
                    errors = [(refused or GraphError(131009, "User is not on WhatsApp.")).in_webhook()]
                    failed.append({"input": user, **(_named(customer) if customer else {}), "errors": errors})
                    continue
                customer.blocked = blocked
                self._delivery.tell(customer)
                done.append({"input": user, **_named(customer)})
        found: Json = {("added_users" if blocked else "removed_users"): done}
        body: Json = {"messaging_product": "whatsapp", "block_users": found}
        if not failed:
            return answer(body)
        found["failed_users"] = failed
        whole = GraphError(
            139100,
            "Failed to block some users, see the block_users response list for details",
            message="(#139100) Failed to block/unblock users",
        )
        return answer({**body, **whole.body()}, 400)


def _users(request: Request) -> list[str]:
    body = parsed(request.body)
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    listed = body.get("block_users")
    if not isinstance(listed, list) or not listed or len(listed) > MOST_AT_ONCE:
        raise missing("block_users")
    users = [str(one.get("user") or "") if isinstance(one, dict) else "" for one in listed]
    if not all(users):
        raise missing("block_users[0]['user']")
    return users


def _refusal(customer: Customer | None) -> GraphError | None:
    if customer is None or customer.window_is_open(now()):
        return None
    return GraphError(131047, "User has not messaged in the last 24 hours")


def _named(customer: Customer) -> Json:
    return {"wa_id": customer.phone} if customer.phone else {"user_id": customer.user_id}
