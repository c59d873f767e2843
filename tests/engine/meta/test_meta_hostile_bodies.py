"""Bodies nobody should send: whatever comes, `parse_body` answers with items and never with an exception."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wablast_box.engine.meta.payloads.envelope import parse_body
from wablast_box.engine.meta.payloads.fields import FIELDS
from wablast_box.engine.meta.payloads.items import INBOUND_TYPES, InboundMessage, Unreadable

KEYS = """messages statuses message_echoes contacts errors history threads standby metadata id from from_user_id to wa_id user_id timestamp
type text image body context interactive button_reply nfm_reply response_json order product_items reaction system profile name event
groups calls user_preferences value status recipient_id recipient_type user_actions state_sync contact alert_info threshold message_template_id
automatic_events conversation pricing restriction_info phone_number_settings display_phone_number edit message referral""".split()
STATUS_WORDS = ["text", "image", "", "sent", "wamid.1", "919810000001", "1760000000", "group", "\ud800", "\0", "poll"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(STATUS_WORDS)
)
keys = st.sampled_from(KEYS + sorted(INBOUND_TYPES))
anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6), max_leaves=25)
quick = settings(derandomize=True, max_examples=300, deadline=None, database=None)


def envelope(field: Any, value: Any) -> bytes:
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]}
    return json.dumps(body).encode()


@quick
@given(field=st.sampled_from(sorted(FIELDS)) | scalars, value=anything)
def test_any_value_under_any_field_becomes_items_that_can_be_stored(field: Any, value: Any) -> None:
    body = parse_body(envelope(field, value))

    assert all(orjson.dumps(item.content) for item in body.items if isinstance(item, InboundMessage))


@quick
@given(value=st.dictionaries(keys, anything, max_size=8))
def test_a_good_message_survives_whatever_stands_beside_it(value: dict[str, Any]) -> None:
    good = {"id": "wamid.good", "from": "919810000001", "type": "text", "text": {"body": "still here"}}

    body = parse_body(envelope("messages", value | {"messages": [value, good, value]}))

    assert "still here" in [item.text for item in body.items if isinstance(item, InboundMessage)]


@quick
@given(raw=st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_get_an_answer(raw: bytes) -> None:
    assert isinstance(parse_body(raw).items, tuple)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"entry":NaN}', "not JSON"),
        (b'{"entry":[1e999]}', "not JSON"),
        (b"{} trailing", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "deeper than 64"),
        (b"[" + b"1," * 100_001 + b"1]", "more than 100000 tokens"),
        (b'{"a":"' + b"," * 200_000 + b'"}', "a list was expected"),
        (b"null", "not an object"),
        (b'"text"', "not an object"),
        (b'{"entry":{}}', "a list was expected"),
    ],
)
def test_a_body_out_of_bounds_is_kept_with_its_reason(raw: bytes, reason: str) -> None:
    (item,) = parse_body(raw).items

    assert isinstance(item, Unreadable)
    assert reason in item.reason
    assert len(item.raw) <= 64_000
    assert "\0" not in item.raw


def test_sixty_four_levels_are_allowed() -> None:
    inner = "[" * 58 + "]" * 58  # object, entry, entry[0], changes, change, value: six more

    (item,) = parse_body(f'{{"entry":[{{"changes":[{{"field":"new","value":{inner}}}]}}]}}'.encode()).items

    assert not isinstance(item, Unreadable)


@pytest.mark.parametrize("text", [rb"\ud83d", rb"\ude00", rb"\ud83dx", rb"\ud83d\ud83d", rb"\uDE00\uD83D", rb"\u0000"])
def test_characters_that_do_not_exist_are_replaced_and_marked(text: bytes) -> None:
    raw = envelope("messages", {"messages": [{"id": "w", "from": "1", "type": "text", "text": {"body": "HERE"}}]}).replace(b"HERE", text)

    body = parse_body(raw)

    (item,) = body.items
    assert isinstance(item, InboundMessage)
    assert body.mended
    assert "\ufffd" in (item.text or "")
    assert (item.text or "").encode()


def test_of_two_equal_keys_the_last_one_counts_everywhere() -> None:
    raw = b'{"entry":[],"entry":[{"changes":[{"value":{"statuses":[{"id":"a","status":"sent","status":"read"}]}}]}]}'

    (item,) = parse_body(raw).items

    assert item.status == "read"  # type: ignore[union-attr]


def test_a_thousand_messages_in_one_body_all_arrive() -> None:
    many = [{"id": f"wamid.{n}", "from": "1", "type": "text", "text": {"body": "[" * n}} for n in range(1000)]

    body = parse_body(envelope("messages", {"messages": many}))

    assert len(body.items) == 1000
