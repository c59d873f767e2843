"""Messages, files, numbers, checks and templates: the calls behind the door."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from wablast_box.engine.meta import checks, media, messages, number, templates, uploads
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.meta.errors import Unclear
from wablast_box.lib.clock import now
from wablast_box.lib.errors import Upstream

FILE = b"\x89PNG picture"
DIGEST = hashlib.sha256(FILE)
ADDRESS = {"url": "https://lookaside.fbsbx.com/x", "mime_type": "image/png", "file_size": str(len(FILE)), "id": "77"}


def test_a_message_goes_to_a_phone_a_user_id_or_a_group() -> None:
    text = {"body": "hi"}

    phone = messages.build_body(kind="text", content=text, to="919810000001", reply_to="wamid.1", callback_data="m7")
    user = messages.build_body(kind="text", content=text, recipient="IN.1")
    both = messages.build_body(kind="text", content=text, to="919810000001", recipient="IN.1")
    group = messages.build_body(kind="text", content=text, group_id="g")

    assert phone == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "919810000001",
        "type": "text",
        "text": {"body": "hi"},
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "m7",
    }
    assert (user["recipient"], "to" in user) == ("IN.1", False)
    assert (both["to"], "recipient" in both) == ("919810000001", False)
    assert (group["to"], group["recipient_type"]) == ("g", "group")


def test_contact_cards_are_a_list_at_meta_and_a_reaction_quotes_nothing() -> None:
    cards = [{"name": {"formatted_name": "Asha"}}]

    contacts = messages.build_body(kind="contacts", content={"contacts": cards}, to="1")
    reaction = messages.build_body(kind="reaction", content={"message_id": "wamid.1", "emoji": "👍"}, to="1", reply_to="wamid.2")

    assert contacts["contacts"] == cards
    assert "context" not in reaction


def test_metas_answer_names_the_message_and_the_customer() -> None:
    answer = {
        "contacts": [{"input": "1", "user_id": "IN.1"}],
        "messages": [{"id": "wamid.9", "message_status": "held_for_quality_assessment"}],
    }

    assert messages.parse_accepted(answer) == messages.Accepted("wamid.9", None, "IN.1", True)


@pytest.mark.parametrize("answer", [{}, {"messages": []}, {"messages": [{}]}, {"messages": "x"}, {"messages": [{"id": 5}]}])
def test_an_answer_that_names_no_message_is_unclear(answer: dict[str, Any]) -> None:
    with pytest.raises(Unclear):
        messages.parse_accepted(answer)


def test_typing_is_shown_by_the_call_that_marks_as_read(client: GraphClient, graph: Any) -> None:
    graph.says({"success": True})

    messages.mark_read(client, "5", "wamid.1")
    messages.show_typing(client, "5", "wamid.1")

    first, second = (json.loads(request.content) for request in graph.requests)
    assert first == {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert second == first | {"typing_indicator": {"type": "text"}}


def test_a_file_is_handed_over_as_a_form(client: GraphClient, graph: Any) -> None:
    graph.says({"id": "900"})

    media_id = media.upload(client, "5", file=io.BytesIO(FILE), mime_type="image/png", filename="a\r\nb.png")

    assert media_id == "900"
    form = graph.requests[0].content
    assert FILE in form
    assert b"a\r\nb.png" not in form
    assert b'name="messaging_product"\r\n\r\nwhatsapp' in form


@pytest.mark.feature("IN-39")
@pytest.mark.parametrize("written", [DIGEST.hexdigest(), base64.b64encode(DIGEST.digest()).decode(), "not-a-hash", None])
def test_a_file_is_fetched_and_its_hash_compared(client: GraphClient, graph: Any, written: str | None) -> None:
    graph.will(httpx.Response(200, json=ADDRESS | {"sha256": written}), httpx.Response(200, content=FILE))
    into = io.BytesIO()

    got = media.fetch(client, "77", into, phone_number_id="5")

    assert (into.getvalue(), got.size, got.mime_type, got.sha256) == (FILE, len(FILE), "image/png", DIGEST.hexdigest())


def test_a_file_whose_hash_or_size_differs_is_fetched_again_later(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.Response(200, json=ADDRESS | {"sha256": DIGEST.hexdigest()}), httpx.Response(200, content=FILE[::-1]))

    with pytest.raises(Upstream) as caught:
        media.fetch(client, "77", io.BytesIO())

    assert caught.value.code == "damaged"
    assert not caught.value.permanent


@pytest.mark.parametrize("status", [401, 404])
def test_an_address_that_went_stale_is_asked_for_once_more(client: GraphClient, graph: Any, status: int) -> None:
    graph.will(
        httpx.Response(200, json=ADDRESS),
        httpx.Response(status, text="gone"),
        httpx.Response(200, json=ADDRESS),
        httpx.Response(200, content=FILE),
    )
    into = io.BytesIO(b"leftover of a failed try")

    media.fetch(client, "77", into)

    assert into.getvalue() == FILE


def test_the_number_tells_its_facts(client: GraphClient, graph: Any) -> None:
    graph.says({"id": "5", "display_phone_number": "+91 98765 00000", "verified_name": "Asha's Shop", "throughput": {"level": "STANDARD"}})

    facts = number.fetch_number(client, "5")

    assert (facts.verified_name, facts.throughput, facts.quality_rating) == ("Asha's Shop", "STANDARD", None)


@pytest.mark.feature("CN-06")
@pytest.mark.parametrize("shape", [{"about": "Silk"}, {"business_profile": {"about": "Silk"}}], ids=["flat", "nested"])
def test_a_profile_is_read_in_either_shape_that_meta_shows(client: GraphClient, graph: Any, shape: dict[str, Any]) -> None:
    graph.says({"data": [shape]})

    assert number.fetch_profile(client, "106") == {"about": "Silk"}


def test_a_large_upload_is_taken_up_where_meta_says_it_stopped(client: GraphClient, graph: Any) -> None:
    graph.says(
        {"data": {"app_id": "77"}}, {"id": "upload:MTph?sig=AR+Z/1"}, {"error": {"code": 2, "message": "down"}}, {"file_offset": "4"}, {"h": "4::aW"}
    )

    handle = uploads.upload_for_handle(client, b"0123456789", filename="a.png", mime_type="image/png")

    asked = [(request.method, request.url.path, request.headers["authorization"].split()[0], request.content) for request in graph.requests[1:]]
    assert handle == "4::aW"
    assert asked == [
        ("POST", "/v24.0/77/uploads", "Bearer", b"{}"), ("POST", "/v24.0/upload:MTph", "OAuth", b"0123456789"),
        ("GET", "/v24.0/upload:MTph", "OAuth", b""), ("POST", "/v24.0/upload:MTph", "OAuth", b"456789"),
    ]  # fmt: skip
    assert graph.requests[1].url.params["file_length"] == "10"
    assert graph.requests[4].headers["file_offset"] == "4" and "sig=" in str(graph.requests[4].url)


def test_subscribing_names_our_own_address(client: GraphClient, graph: Any) -> None:
    graph.says({"success": True})

    number.subscribe(client, "9", callback_url="https://shop.test/hooks/meta", verify_token="v")

    assert json.loads(graph.requests[0].content) == {"override_callback_uri": "https://shop.test/hooks/meta", "verify_token": "v"}


def test_the_nearest_address_of_a_subscription_wins(client: GraphClient, graph: Any) -> None:
    graph.says(
        {"data": [{"whatsapp_business_api_data": {"id": "1"}}]},
        {"webhook_configuration": {"application": "https://a", "phone_number": "https://p"}},
    )

    assert number.fetch_subscription(client, "9", "5") == number.Subscription(True, "https://p")


@pytest.mark.feature("CN-01")
def test_a_good_token_passes_and_one_that_ends_soon_says_so(client: GraphClient, graph: Any) -> None:
    scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
    soon = int((now() + timedelta(days=2, hours=1)).timestamp())
    graph.says(
        {"data": {"is_valid": True, "scopes": scopes, "expires_at": 0}}, {"data": {"is_valid": True, "scopes": scopes, "expires_at": soon}}
    )

    forever, ending = checks.check_token(client), checks.check_token(client)

    assert forever.ok
    assert ending.ok
    assert "2 more days" in ending.title


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"data": {"is_valid": False}}, "not valid"),
        ({"data": {"is_valid": True, "scopes": ["whatsapp_business_messaging"]}}, "lacks whatsapp_business_management"),
        ({"error": {"code": 190, "message": "expired"}}, "does not accept"),
    ],
)
def test_a_bad_token_is_named_with_its_reason(client: GraphClient, graph: Any, answer: Any, words: str) -> None:
    graph.says(answer)

    check = checks.check_token(client)

    assert check.ok is False
    assert words in check.title
    assert check.help


def test_each_wrong_id_or_secret_is_named(client: GraphClient, graph: Any) -> None:
    graph.refuses(100, message="(#100) Invalid appsecret_proof provided in the API argument")

    assert checks.check_number(client, "5").ok is False
    assert checks.check_waba(client, "9", "5").ok is False
    assert checks.check_app_secret(client, "5", app_secret="wrong", token="t").ok is False


def test_a_number_of_another_account_is_found_out(client: GraphClient, graph: Any) -> None:
    graph.says({"data": [{"id": "6"}]})

    assert checks.check_waba(client, "9", "6").ok is True
    assert checks.check_waba(client, "9", "5").ok is False


def test_when_meta_is_away_a_check_says_that_it_does_not_know(client: GraphClient, graph: Any) -> None:
    graph.will(httpx.ConnectError("no network"))

    found = [
        checks.check_token(client),
        checks.check_number(client, "5"),
        checks.check_waba(client, "9", "5"),
        checks.check_app_secret(client, "5", app_secret="s", token="t"),
        checks.check_subscription(client, "9", "5", webhook_url=None),
    ]

    assert [check.ok for check in found] == [None] * 5
    assert all("cannot be reached" in check.title for check in found)


@pytest.mark.feature("CN-06")
@pytest.mark.parametrize(
    ("apps", "places", "ok"),
    [
        ([], {}, False),
        ([{"override_callback_uri": "https://shop.test/hooks/meta"}], {}, True),
        ([{"override_callback_uri": "https://other.test/"}], {}, False),
        ([{}], {"webhook_configuration": {"application": "https://shop.test/hooks/meta/"}}, True),
        ([{}], {}, None),
    ],
)
def test_a_subscription_is_right_when_it_leads_here(client: GraphClient, graph: Any, apps: Any, places: Any, ok: bool | None) -> None:
    graph.says({"data": apps}, places)

    assert checks.check_subscription(client, "9", "5", webhook_url="https://shop.test/hooks/meta").ok is ok


def test_all_pages_of_templates_are_read(client: GraphClient, graph: Any) -> None:
    graph.says(
        {"data": [{"name": "a"}, "junk"], "paging": {"cursors": {"after": "c1"}, "next": "https://…"}},
        {"data": [{"name": "b"}], "paging": {"cursors": {"after": "c2"}}},
    )

    assert [row["name"] for row in templates.list_templates(client, "9")] == ["a", "b"]
    assert graph.requests[1].url.params["after"] == "c1"


def test_a_cursor_that_expired_means_from_the_beginning(client: GraphClient, graph: Any) -> None:
    graph.will(
        httpx.Response(200, json={"data": [{"name": "a"}], "paging": {"cursors": {"after": "c1"}, "next": "x"}}),
        httpx.Response(400, json={"error": {"code": 131059, "message": "cursor"}}),
        httpx.Response(200, json={"data": [{"name": "a"}, {"name": "b"}]}),
    )

    assert [row["name"] for row in templates.list_templates(client, "9")] == ["a", "b"]


def test_a_cursor_that_repeats_ends_the_list(client: GraphClient, graph: Any) -> None:
    graph.says({"data": [{"name": "a"}], "paging": {"cursors": {"after": "same"}, "next": "x"}})

    assert len(templates.list_templates(client, "9")) == 2
