"""What becomes of a message: its way to the phone, the statuses on the way back, and the webhooks that tell of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from wablast_box.lib.clock import now
from wablast_box.simulator.agenda import Agenda
from wablast_box.simulator.courier import Courier
from wablast_box.simulator.errors import GraphError
from wablast_box.simulator.news import News
from wablast_box.simulator.records import RANK, Customer, Message, Progress
from wablast_box.simulator.state import State, unix
from wablast_box.simulator.wire import Json

STOP_S = 0.5
TYPING_LASTS = timedelta(seconds=25)


class Delivery:
    """Moves messages along and reports each step. Every public method expects `state.lock` to be held."""

    def __init__(self, state: State, courier: Courier, news: News, *, threaded: bool):
        self._state = state
        self._courier = courier
        self._news = news
        self._timeline: Agenda[Callable[[], None]] = Agenda(self._do, name="timeline", batch=lambda: 200, threaded=threaded)

    # -- messages of the business

    def carry(self, message: Message, failure: GraphError | None) -> None:
        """Take an accepted message to the phone, or let it fail on the way."""
        if failure is not None:
            self.later(self._state.settings.sent_after_s, lambda: self.fail(message, failure))
            return
        self.later(self._state.settings.sent_after_s, lambda: self._sent(message))

    def fail(self, message: Message, failure: GraphError) -> None:
        """The message does not arrive; its status says why."""
        message.progress = Progress.FAILED
        message.errors.append(failure.in_webhook())
        self._report(message, Progress.FAILED)

    def read(self, customer: Customer) -> None:
        """The customer looks at the chat: everything there is read, if receipts are on."""
        customer.unread = 0
        self._news.tell(customer.id)
        for message in list(customer.thread):
            if message.from_customer or RANK[message.progress] >= RANK[Progress.READ] or message.type == "reaction":
                continue
            if customer.read_receipts:
                self._advance(message, Progress.READ)

    def played(self, message: Message) -> None:
        """The customer listens to a voice message."""
        if message.progress is not Progress.FAILED and message.customer.read_receipts:
            self._advance(message, Progress.PLAYED)

    def come_online(self, customer: Customer) -> None:
        """What waited at Meta arrives, oldest first."""
        customer.online = True
        while customer.waiting:
            self._arrive(customer.waiting.popleft())
        self._news.tell(customer.id)

    def show_typing(self, customer: Customer) -> None:
        """The business is typing, for at most 25 seconds."""
        customer.typing_until = now() + TYPING_LASTS
        self._news.tell(customer.id)

    def seen_by_business(self, message: Message) -> None:
        """Blue ticks for the customer: on this message and all before it."""
        for each in message.customer.thread:
            if each.from_customer and not each.read_by_business:
                each.read_by_business = True
                self._news.tell(message.customer.id, each)
            if each is message:
                break

    # -- messages of the customer

    def receive(self, message: Message, raw: Json, *, hidden: bool = False) -> None:
        """Put the customer's message into the chat and tell the box; `raw` is Meta's form of it."""
        customer = message.customer
        if not hidden:
            customer.thread.append(message)
        if customer.blocked:
            # One tick for ever: the business hears nothing of it.
            self._news.tell(customer.id, message)
            return
        customer.wrote_at = message.at
        self._state.remember(message)
        value = self._value(customer, contacts=message.type != "system")
        value["messages"] = [raw]
        self.change("messages", value, key=customer.id)
        self._news.tell(customer.id, message)

    def taken(self, wamid: str) -> None:
        """The box has the customer's message: two ticks."""
        message = self._state.messages.get(wamid)
        if message is not None:
            message.progress = Progress.DELIVERED
            self._news.tell(message.customer.id, message)

    def change(self, field: str, value: Json, *, key: str = "account") -> None:
        """Any webhook at all."""
        self._courier.accept(key, {"value": value, "field": field})

    def tell(self, customer: Customer, message: Message | None = None) -> None:
        """Let open phone pages draw this customer anew."""
        self._news.tell(customer.id, message)

    # -- time

    def later(self, after_s: float, act: Callable[[], None]) -> None:
        """Do it after a while; at once when there is nothing to wait for."""
        if after_s <= 0:
            act()
        else:
            self._timeline.add(act, after_s)

    def drain(self, *, hurry: bool = False) -> int:
        """Do in this thread what is due."""
        return self._timeline.drain(hurry=hurry)

    def waiting(self) -> int:
        """How many steps are planned."""
        return len(self._timeline)

    def clear(self) -> None:
        """Forget what is planned."""
        self._timeline.clear()

    def stop(self) -> None:
        """End the thread."""
        self._timeline.stop()
        self._timeline.join(STOP_S)

    def _do(self, acts: list[Callable[[], None]]) -> None:
        for act in acts:
            with self._state.lock:
                act()

    # -- steps

    def _sent(self, message: Message) -> None:
        self._advance(message, Progress.SENT)
        if message.customer.online:
            self.later(self._state.settings.delivered_after_s, lambda: self._arrive(message))
        else:
            message.customer.waiting.append(message)

    def _arrive(self, message: Message) -> None:
        customer = message.customer
        if not customer.online:
            customer.waiting.append(message)
            return
        self._show(message)
        self._advance(message, Progress.DELIVERED)
        wants_read = self._state.settings.auto_read if customer.auto_read is None else customer.auto_read
        if wants_read:
            self.later(self._state.settings.read_after_s, lambda: self.read(customer))

    def _show(self, message: Message) -> None:
        customer = message.customer
        if message.type == "reaction":
            self._react(message)
            return
        customer.typing_until = None
        customer.unread += 1
        _put_in_order(customer, message)
        self._news.tell(customer.id, message)

    def _react(self, message: Message) -> None:
        assert isinstance(message.content, dict)
        target = self._state.messages.get(message.content["message_id"])
        if target is None:
            return
        emoji = message.content.get("emoji")
        if emoji:
            target.reactions["business"] = emoji
        else:
            target.reactions.pop("business", None)
        self._news.tell(message.customer.id, target)

    def _advance(self, message: Message, to: Progress) -> None:
        if RANK[message.progress] >= RANK[to]:
            return
        # A phone that shows a message has it: Meta reports both, in this order.
        if to in (Progress.READ, Progress.PLAYED) and RANK[message.progress] < RANK[Progress.DELIVERED]:
            self._advance(message, Progress.DELIVERED)
        message.progress = to
        self._report(message, to)

    def _report(self, message: Message, progress: Progress) -> None:
        if not self._state.settings.statuses:
            return
        customer = message.customer
        status: Json = {"id": message.wamid, "status": progress.value, "timestamp": unix()}
        if customer.phone:
            status["recipient_id"] = customer.phone
        if self._state.settings.user_ids or not customer.phone:
            status["recipient_user_id"] = customer.user_id
        if progress in (Progress.SENT, Progress.DELIVERED) and message.pricing is not None:
            status["pricing"] = message.pricing
            if message.conversation is not None:
                status["conversation"] = message.conversation
        if progress is Progress.FAILED:
            status["errors"] = message.errors
        if message.callback_data is not None:
            status["biz_opaque_callback_data"] = message.callback_data
        value = self._value(customer, contacts=progress is not Progress.FAILED)
        value["statuses"] = [status]
        self.change("messages", value, key=customer.id)
        self._news.tell(customer.id, message)

    def _value(self, customer: Customer, *, contacts: bool) -> Json:
        account = self._state.account
        value: Json = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": account.digits, "phone_number_id": account.phone_number_id},
        }
        if contacts:
            value["contacts"] = [customer.contact(user_ids=self._state.settings.user_ids)]
        return value


def _put_in_order(customer: Customer, message: Message) -> None:
    """A chat is sorted by when Meta took each message, so an answer never slips behind the next question."""
    later = []
    while customer.thread and customer.thread[-1].at > message.at:
        later.append(customer.thread.pop())
    customer.thread.append(message)
    customer.thread.extend(reversed(later))
