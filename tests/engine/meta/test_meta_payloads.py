"""What the typed items hold, beyond their line in the tables of tests/contract/meta."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wablast_box.engine.meta.payloads.account_events import CallEvent, GroupChanged, TemplateCategoryChanged, UserAction
from wablast_box.engine.meta.payloads.envelope import parse_body
from wablast_box.engine.meta.payloads.items import InboundMessage, StatusUpdate, Unreadable, ValueErrors

KABIR = "919810000001"


def read(value: Any, field: str = "messages") -> tuple[Any, ...]:
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]}
    return parse_body(json.dumps(body).encode()).items


def message(**extra: Any) -> InboundMessage:
    one = {"from": KABIR, "id": "wamid.1", "timestamp": "1760000000", "type": "text", "text": {"body": "hi"}} | extra
    (item,) = read({"metadata": {"phone_number_id": "5", "display_phone_number": "91 5"}, "messages": [one]})
    assert isinstance(item, InboundMessage)
    return item


def test_a_text_knows_its_time_its_number_and_its_account() -> None:
    item = message()

    assert item.sent_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)
    assert (item.phone_number_id, item.display_phone_number, item.waba_id) == ("5", "91 5", "1")
    assert item.content == {"body": "hi"}


@pytest.mark.parametrize("timestamp", ["1760000000", 1760000000, "1760000000000", 1760000000000])
def test_times_come_as_text_or_number_in_seconds_or_milliseconds(timestamp: object) -> None:
    assert message(timestamp=timestamp).sent_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)


@pytest.mark.parametrize("timestamp", ["<TIMESTAMP>", "", None, 0, -5, "12", True, 1.5, [], 10**30, "9" * 400, "١٢٣٤٥٦٧٨٩٠"])
def test_a_time_that_is_none_is_left_to_the_receiver(timestamp: object) -> None:
    assert message(timestamp=timestamp).sent_at is None


@pytest.mark.parametrize(
    "body", [" ", "\n", "é", "e\u0301", "\u202eabc", "👨‍👩‍👧‍👦", "\ufeffx", "{{name}}", "<script>", "a" * 65536, "\x1f\x7f"]
)
def test_a_customers_words_pass_unchanged(body: str) -> None:
    assert message(text={"body": body}).text == body


def test_the_whole_typed_object_is_kept() -> None:
    order = {"catalog_id": "1", "text": "soon please", "product_items": [{"quantity": "2"}, {"quantity": 1}]}

    item = message(type="order", order=order)

    assert item.content == order
    assert item.text == "soon please"


def test_what_is_unknown_keeps_its_name_and_its_object() -> None:
    item = message(type="hologram", hologram={"size": 3}, text=None)

    assert (item.type, item.original_type) == ("unsupported", "hologram")
    assert item.content["hologram"] == {"size": 3}


def test_a_phone_number_learned_from_the_contact_completes_a_user_id() -> None:
    one = {"from_user_id": "IN.1", "id": "wamid.1", "type": "text", "text": {"body": "hi"}}

    (item,) = read({"contacts": [{"wa_id": KABIR, "user_id": "IN.1"}], "messages": [one]})

    assert (item.wa_id, item.user_id) == (KABIR, "IN.1")


def test_ids_of_somebody_else_beside_the_message_are_not_taken() -> None:
    one = {"from": KABIR, "id": "wamid.1", "type": "text", "text": {"body": "hi"}}

    (item,) = read({"contacts": [{"profile": {"name": "Zoya"}, "wa_id": "919820000002", "user_id": "IN.2"}], "messages": [one]})

    assert (item.wa_id, item.user_id) == (KABIR, None)


def test_an_id_too_long_for_a_key_is_kept_aside() -> None:
    (item,) = read({"messages": [{"from": KABIR, "id": "w" * 600, "type": "text", "text": {"body": "hi"}}]})

    assert isinstance(item, Unreadable)
    assert "longer than 512" in item.reason


def test_what_cannot_be_read_keeps_its_json() -> None:
    (item,) = read({"messages": [{"type": "text", "text": {"body": "नमस्ते"}}]})

    assert isinstance(item, Unreadable)
    assert item.path == "entry[0].changes[0].value.messages[0]"
    assert json.loads(item.raw)["text"]["body"] == "नमस्ते"


def test_a_replaced_nul_marks_the_body() -> None:
    body = parse_body(
        b'{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"messages":[{"id":"w","from":"1","type":"text","text":{"body":"a\\u0000b"}}]}}]}]}'
    )

    assert body.mended
    assert body.items[0].text == "a\ufffdb"  # type: ignore[union-attr]


def test_an_error_beside_a_message_belongs_to_the_message() -> None:
    one = {"from": KABIR, "id": "wamid.1", "type": "interactive"}

    (item,) = read({"messages": [one], "errors": [{"code": 131000, "title": "Something went wrong"}]})

    assert isinstance(item, InboundMessage)
    assert item.errors[0].code == 131000


def test_an_error_beside_a_status_belongs_to_the_number() -> None:
    status = {"id": "wamid.1", "status": "sent"}

    first, second = read({"statuses": [status], "errors": [{"code": 130429}]})

    assert isinstance(first, StatusUpdate)
    assert isinstance(second, ValueErrors)


@pytest.mark.parametrize("code", [10**12, "x", None, 1.5, {}, True])
def test_an_error_code_that_is_no_code_is_none(code: object) -> None:
    (item,) = read({"statuses": [{"id": "w", "status": "failed", "errors": [{"code": code, "title": "t"}]}]})

    assert item.errors[0].code is None
    assert item.errors[0].title == "t"


def test_an_announced_category_change_says_when() -> None:
    value = {"message_template_id": 1, "new_category": "UTILITY", "correct_category": "MARKETING", "category_update_timestamp": 1760000000}

    (item,) = read(value, "template_category_update")

    assert isinstance(item, TemplateCategoryChanged)
    assert item.changes_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)


def test_group_members_given_as_numbers_are_ids_all_the_same() -> None:
    (item,) = read(
        {"groups": [{"group_id": "g", "removed_participants": [{"wa_id": 919810000001}, {"input": "x"}]}]}, "group_participants_update"
    )

    assert isinstance(item, GroupChanged)
    assert item.removed == ("919810000001", "x")


def test_a_call_the_customer_made_names_the_customer() -> None:
    (item,) = read({"calls": [{"id": "wacid.1", "from": KABIR, "to": "5", "direction": "USER_INITIATED", "event": "connect"}]}, "calls")

    assert isinstance(item, CallEvent)
    assert item.wa_id == KABIR


def test_a_tap_on_a_tracked_link_is_an_item_of_its_own() -> None:
    (item,) = read({"user_actions": [{"action_type": "marketing_messages_link_click", "timestamp": "1760000000"}]})

    assert isinstance(item, UserAction)
    assert item.at is not None


def test_a_summary_of_the_agents_talk_comes_with_the_message() -> None:
    one = {"from": KABIR, "id": "wamid.1", "type": "text", "text": {"body": "hi"}}

    (item,) = read({"messages": [one], "conversation_context": {"type": "summary", "summary": {"text": "wants a cake"}}})

    assert item.extras["conversation_context"]["summary"]["text"] == "wants a cake"
