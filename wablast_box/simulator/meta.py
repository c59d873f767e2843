"""The whole fake Meta in one object: what tests hold, and what the app serves."""

from __future__ import annotations

from wablast_box.lib.errors import NotFound
from wablast_box.simulator.accounts import Verify
from wablast_box.simulator.courier import Courier, Post
from wablast_box.simulator.delivery import Delivery
from wablast_box.simulator.faults import Faults
from wablast_box.simulator.graph import FakeGraph
from wablast_box.simulator.http_post import post as post_over_http
from wablast_box.simulator.http_post import verify_callback
from wablast_box.simulator.news import News
from wablast_box.simulator.phone import Phone
from wablast_box.simulator.records import Account, Customer, Settings
from wablast_box.simulator.seeds import plant
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Json

GRAPH_URL = "https://graph.facebook.com"


class FakeMeta:
    """`threaded` sends webhooks by itself, soon; otherwise `pump` sends them, in the caller's thread and in order."""

    def __init__(
        self,
        state: State | None = None,
        *,
        account: Account | None = None,
        settings: Settings | None = None,
        callback_url: str | None = None,
        graph_url: str = GRAPH_URL,
        post: Post = post_over_http,
        verify: Verify = verify_callback,
        threaded: bool = False,
    ):
        self.state = state or State(account=account, settings=settings)
        if not self.state.customers:
            plant(self.state)
        if callback_url is not None:
            self.state.number.app_callback = callback_url
            self.state.number.subscribed = True
        self.news = News()
        self.courier = Courier(self.state, post, threaded=threaded)
        self.delivery = Delivery(self.state, self.courier, self.news, threaded=threaded)
        self.courier.on_taken = self.delivery.taken
        self.graph = FakeGraph(self.state, self.delivery, graph_url=graph_url, verify=verify)

    @property
    def faults(self) -> Faults:
        """Bad days on demand."""
        return self.state.faults

    def phone(self, who: str | Customer) -> Phone:
        """The phone of a customer: by id ("kabir"), name, phone number or user id."""
        customer = who if isinstance(who, Customer) else self.customer(who)
        return Phone(self.state, self.delivery, customer, graph_url=self.graph.graph_url)

    def customer(self, who: str) -> Customer:
        """A customer by whatever names them."""
        found = self.state.customers.get(who.lower()) or self.state.at_address(who)
        named = (c for c in self.state.customers.values() if who in (c.name, c.name.split()[0], c.username))
        found = found or next(named, None)
        if found is None:
            raise NotFound(f"The simulator knows no customer called {who!r}.", help="Add one first.")
        return found

    def change(self, field: str, value: Json) -> None:
        """Send any webhook, for example an account event."""
        self.delivery.change(field, value)

    def pump(self, *, hurry: bool = False) -> None:
        """Do all that is due, and all that follows from it; with `hurry` also repeats and what is planned for later."""
        while self.delivery.drain(hurry=hurry) + self.courier.drain(hurry=hurry):
            pass

    def clear(self) -> None:
        """Forget messages, plans and what was carried."""
        with self.state.lock:
            self.delivery.clear()
            self.courier.clear()
            self.state.clear()
        for customer in self.state.customers.values():
            self.news.tell(customer.id)

    def stop(self) -> None:
        """End the threads and the open pages."""
        self.news.close()
        self.delivery.stop()
        self.courier.stop()
