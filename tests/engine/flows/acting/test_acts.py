"""What a flow does besides writing to the customer, on a real box."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import orjson
import pytest

from tests.engine.flows.talk import Shop, conversation, graph, node
from tests.people import add_person
from wablast_box.engine.desk.triage import tags
from wablast_box.engine.flows.acting import calling
from wablast_box.engine.flows.models import FlowCall
from wablast_box.engine.inbox.thread.models import Note, NoteMention
from wablast_box.engine.notifications.email.account import change_account
from wablast_box.engine.notifications.email.models import Email
from wablast_box.engine.settings import store
from wablast_box.engine.team.roles import Role
from wablast_box.lib import outbound
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.errors import Invalid


class Hook(BaseHTTPRequestHandler):
    heard: ClassVar[list[dict[str, Any]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.heard.append(
            {"path": self.path, "body": orjson.loads(body), "call": self.headers["x-wablast-call"], "key": self.headers["x-key"]}
        )
        self.send_response(self.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def hook() -> Iterator[str]:
    Hook.heard.clear()
    Hook.status = 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    place = f"127.0.0.1:{server.server_address[1]}"
    outbound.allow_addresses([place])
    yield f"http://{place}/hook"
    outbound.allow_addresses([])
    server.shutdown()


def does(shop: Shop, kind: str, **data: Any) -> None:
    """A flow of this one node, and a customer who begins it."""
    shop.on(
        graph(
            node("n", kind, **data),
            node("ok", "send_message", text="done"),
            node("no", "send_message", text="failed"),
            edges="start>n n>ok n.error>no",
        )
    )
    shop.hears("hi")


@pytest.mark.feature("FN-31")
def test_tags_are_put_on(shop: Shop) -> None:
    tags.add_tag("VIP", "grape", by=shop.asha)
    does(shop, "add_tag", names="vip")
    assert shop.said() == ["done"]
    from wablast_box.engine.flows.keeping.surroundings import _tags

    assert _tags(conversation().id) == ["VIP"]


@pytest.mark.feature("FN-31")
def test_a_tag_that_nobody_made_takes_the_error_way(shop: Shop) -> None:
    does(shop, "add_tag", names="nobody made this")
    assert shop.said() == ["failed"]


@pytest.mark.feature("FN-33")
def test_it_goes_to_whose_turn_it_is_and_not_to_who_is_away(shop: Shop) -> None:
    from wablast_box.engine.desk.routing import attendance

    store.put("routing_only_present", False)
    ravi = add_person(Role.AGENT)
    attendance.go_away(shop.asha.id or 0, None, actor="system")
    does(shop, "assign", way="round_robin")
    assert shop.said() == ["done"]
    assert conversation().assignee.id == ravi.id


@pytest.mark.feature("FN-60")
def test_staff_are_called_by_a_note_that_mentions_them(shop: Shop) -> None:
    does(shop, "notify_staff", text="{{contact.first_name}} wants a quote")
    assert Note.get().text == "Kabir wants a quote"
    assert [row.user.id for row in NoteMention.select()] == [shop.asha.id]


@pytest.mark.feature("FN-15")
def test_a_letter_is_queued_or_the_error_way_taken_where_mail_is_not_set_up(shop: Shop) -> None:
    does(shop, "send_email", to="shop@example.com", subject="Order", text="From {{contact.name}}")
    assert shop.said() == ["failed"] and Email.select().count() == 0
    change_account({"provider": "smtp", "from_address": "shop@example.com", "host": "localhost", "security": "none"}, by=shop.asha)
    shop.hears("again")
    letter = Email.get()
    assert (shop.said()[-1], letter.to_address, letter.subject) == ("done", "shop@example.com", "Order")


@pytest.mark.feature("FN-27")
@pytest.mark.parametrize(
    ("moment", "way"),
    [("2026-11-23T05:00", "open"), ("2026-11-23T17:00", "closed"), ("2026-11-22T05:00", "closed"), ("2026-11-24T05:00", "closed")],
)
def test_opening_hours_are_those_of_the_shop_in_its_own_zone(shop: Shop, moment: str, way: str) -> None:
    store.put("opening_hours", "Mon-Sat 10:00-20:00")
    store.put("closed_on", "2026-11-24")
    shop.on(
        graph(
            node("n", "business_hours"),
            node("o", "send_message", text="open"),
            node("c", "send_message", text="closed"),
            edges="start>n n.open>o n.closed>c",
        )
    )
    with frozen_at(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        shop.hears("hi")
    assert shop.said() == [way]


def test_opening_hours_that_cannot_be_read_are_refused_with_the_way_to_write_them(box: Path) -> None:
    with pytest.raises(Invalid, match="cannot be read") as refused:
        store.put("opening_hours", "whenever")
    assert refused.value.field == "opening_hours" and "Mon-Sat" in (refused.value.help or "")


@pytest.mark.feature("FN-43")
def test_a_webhook_is_sent_once_the_step_is_kept_and_tried_again_when_the_server_is_away(shop: Shop, hook: str) -> None:
    Hook.status = 503
    does(shop, "webhook", url=hook, body='{"name": "{{contact.name}}"}', headers={"X-Key": "abc"})
    assert shop.said() == ["done"], "nobody waits for the answer"
    calling.send_due()
    assert FlowCall.get().state == "waiting"
    Hook.status = 200
    with frozen_at(now() + timedelta(minutes=1)):
        calling.send_due()
    assert FlowCall.get().state == "done"
    assert {one["call"] for one in Hook.heard} == {str(FlowCall.get().id)}
    assert Hook.heard[-1]["body"] == {"name": "Kabir"} and Hook.heard[-1]["key"] == "abc"


@pytest.mark.feature("FN-43")
def test_a_server_that_stays_away_is_tried_for_hours_with_growing_rests_and_then_given_up(shop: Shop, hook: str) -> None:
    Hook.status = 500
    does(shop, "webhook", url=hook, body="{}", headers={"X-Key": "abc"})
    began, tried = now(), []
    for minute in range(0, 12 * 60, 5):
        with frozen_at(began + timedelta(minutes=minute)):
            calling.send_due()
        tried += [minute] * (len(Hook.heard) - len(tried))
    assert (len(tried), FlowCall.get().state) == (7, "failed")
    rests = [later - before for before, later in pairwise(tried)]
    assert rests == sorted(rests) and tried[-1] >= 8 * 60


@pytest.mark.feature("FN-43")
def test_an_address_inside_the_shop_is_refused_by_the_guard(shop: Shop) -> None:
    does(shop, "webhook", url="http://169.254.169.254/latest/meta-data", body="{}")
    calling.send_due()
    assert FlowCall.get().state == "failed"


@pytest.mark.feature("FN-42")
def test_a_request_is_asked_through_the_guard_and_its_answer_mapped(shop: Shop, hook: str) -> None:
    Hook.status = 404
    does(shop, "http_request", method="POST", url=hook, body_kind="json", body='{"q": "{{message.text}}"}')
    assert shop.said() == ["failed"]
    assert [one["body"] for one in Hook.heard] == [{"q": "hi"}]
    Hook.status = 200
    shop.hears("again")
    assert shop.said()[-1] == "done"


@pytest.mark.feature("FN-48")
def test_a_flow_begins_for_somebody_else(shop: Shop) -> None:
    other = shop.on(
        graph(node("m", "ask_text", question="How was it?", save_as="x"), edges="start>m", trigger={"kind": "keyword", "words": "zzz"}),
        "Other",
    )
    shop.hears("x", who="919800000042")
    shop.on(
        graph(
            node("n", "start_flow_for", flow=str(other), to="+919800000042"), edges="start>n", trigger={"kind": "keyword", "words": "go"}
        ),
        "Start",
    )
    shop.hears("go")
    assert "How was it?" in shop.said(conversation("919800000042").id)
