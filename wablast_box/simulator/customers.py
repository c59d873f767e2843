"""Make a customer and change what can be changed about one, from JSON."""

from __future__ import annotations

from datetime import timedelta

from wablast_box.lib.clock import now
from wablast_box.lib.errors import Invalid
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Customer
from wablast_box.simulator.wire import Json

SWITCHES = ("read_receipts", "reachable", "auto_read", "stopped_marketing", "shown")


def make_customer(meta: FakeMeta, wanted: Json) -> Customer:
    """A new person with a phone number, a username, or both."""
    name, phone, username = wanted.get("name"), wanted.get("phone"), wanted.get("username")
    if not name:
        raise Invalid("A customer needs a name.", field="name")
    if not phone and not username:
        raise Invalid("A customer needs a phone number or a username.", field="phone")
    customer = meta.state.add_customer(
        str(name),
        phone=phone,
        username=username,
        user_id=wanted.get("user_id"),
        id=wanted.get("id"),
        dialled=tuple(wanted.get("dialled", ())),
    )
    customer.own_number = wanted.get("own_number")
    change_customer(meta, customer, {key: value for key, value in wanted.items() if key in (*SWITCHES, "online")})
    return customer


def change_customer(meta: FakeMeta, customer: Customer, wanted: Json) -> None:
    """Switches, going offline and coming back, and how long ago they last wrote."""
    phone = meta.phone(customer)
    for key in SWITCHES:
        if key in wanted:
            setattr(customer, key, wanted[key])
    if "online" in wanted:
        if wanted["online"]:
            phone.comes_online()
        else:
            phone.goes_offline()
    if "wrote_hours_ago" in wanted:
        hours = wanted["wrote_hours_ago"]
        customer.wrote_at = None if hours is None else now() - timedelta(hours=float(hours))
    meta.delivery.tell(customer)
