"""The plugins that come with the box use the same doors as anybody's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.plugins.conftest import load
from wablast_box.engine.events.deliver import deliver_due
from wablast_box.engine.events.publish import publish
from wablast_box.engine.flows.events import FlowChanged, FlowFailed
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.lib.db import transaction
from wablast_box.plugins.bundled.handy.nodes import Gst, PickLine, UpiLink
from wablast_box.plugins.testing import play_node

pytestmark = pytest.mark.feature("AP-10")

BILLS = {
    "added": ({"amount": "1000"}, {"taxable": 1000, "tax": 180, "cgst": 90, "sgst": 90, "igst": 0, "total": 1180}),
    "taken out": ({"amount": "₹1,180.00", "mode": "inclusive"}, {"taxable": 1000, "tax": 180, "cgst": 90, "sgst": 90, "igst": 0, "total": 1180}),
    "another state": ({"amount": "1000", "place": "other"}, {"taxable": 1000, "tax": 180, "cgst": 0, "sgst": 0, "igst": 180, "total": 1180}),
    "half a paisa": ({"amount": "99.99", "rate": 5}, {"taxable": 99.99, "tax": 5, "cgst": 2.5, "sgst": 2.5, "igst": 0, "total": 104.99}),
    "gold": ({"amount": "10", "rate": 0.25}, {"taxable": 10, "tax": 0.03, "cgst": 0.02, "sgst": 0.01, "igst": 0, "total": 10.03}),
    "nothing": ({"amount": "0"}, {"taxable": 0, "tax": 0, "cgst": 0, "sgst": 0, "igst": 0, "total": 0}),
}


@pytest.mark.parametrize(("given", "bill"), BILLS.values(), ids=BILLS)
def test_gst_is_worked_out_to_the_paisa(given: dict[str, Any], bill: dict[str, float]) -> None:
    played = play_node(Gst, given)

    assert (played.output, played.variables["gst"]) == ("next", bill)


@pytest.mark.parametrize("amount", ["0.01", "1", "33.33", "999.95", "1234567.89"])
@pytest.mark.parametrize("rate", [0, 3, 5, 12, 18, 28, 40])
@pytest.mark.parametrize("mode", ["exclusive", "inclusive"])
def test_the_parts_of_a_bill_always_make_the_whole(amount: str, rate: int, mode: str) -> None:
    bill = {name: Decimal(str(part)) for name, part in play_node(Gst, {"amount": amount, "rate": rate, "mode": mode}).variables["gst"].items()}

    assert bill["cgst"] + bill["sgst"] + bill["igst"] == bill["tax"]
    assert bill["taxable"] + bill["tax"] == bill["total"]
    assert bill["total" if mode == "inclusive" else "taxable"] == Decimal(amount)


@pytest.mark.parametrize("amount", ["a lot", "-5", "1e400", "{{nothing}}"])
def test_what_is_no_amount_goes_by_error(amount: str) -> None:
    played = play_node(Gst, {"amount": amount})

    assert (played.output, played.state) == ("error", "failed")
    assert "is no amount" in (played.reason or "")


def test_a_upi_link_carries_what_the_customer_said_as_a_value_only() -> None:
    data = {"upi_id": "ashasilks@okaxis", "payee": "Asha Silks", "amount": "{{total}}", "note": "Order {{order}}"}

    played = play_node(UpiLink, data, variables={"total": 1180, "order": "7&am=1&pa=thief@bank"})
    link = urlsplit(played.variables["upi_link"])

    assert (link.scheme, link.netloc) == ("upi", "pay")
    assert parse_qs(link.query) == {
        "pa": ["ashasilks@okaxis"], "pn": ["Asha Silks"], "am": ["1180.00"], "tn": ["Order 7&am=1&pa=thief@bank"], "cu": ["INR"],
    }  # fmt: skip
    assert play_node(UpiLink, {**data, "upi_id": "asha"}).problems


def test_a_line_is_drawn_by_lot_and_stays_when_it_is_played_again() -> None:
    lines = "Chai\n\n  Kaapi  \nNimbu paani for {{contact.first_name}}"

    drawn = {play_node(PickLine, {"lines": lines}, contact={"name": "Kabir"}).variables["line"] for _ in range(3)}

    assert len(drawn) == 1
    assert drawn <= {"Chai", "Kaapi", "Nimbu paani for Kabir"}


def test_a_flow_that_fails_is_an_alarm_until_it_is_published_again(box: Path, data: Path) -> None:
    load(data)
    with transaction():
        publish(FlowFailed(1, 42, 7, "The server did not answer."))
        publish(FlowFailed(2, 42, 8, "The server did not answer."))
    deliver_due()
    raised = [(one.key, one.action_url) for one in open_alarms(limit=9)]
    with transaction():
        publish(FlowChanged(42, "drawn"))
    deliver_due()
    still = len(open_alarms(limit=9))
    with transaction():
        publish(FlowChanged(42, "published"))
    deliver_due()

    assert raised == [("plugin:flow_watch:42", "/flows/42")]
    assert still == 1
    assert not open_alarms(limit=9)
