"""Every code that Meta documents has plain advice, and decisions hang on codes."""

from __future__ import annotations

import pytest

from wablast_box.engine.meta.error_codes import CODES, RANGES
from wablast_box.engine.meta.errors import (
    GraphError,
    RateLimited,
    Rejected,
    Retry,
    TemporarilyDown,
    TokenExpired,
    advice,
    graph_error,
    wait_s,
)

# Every code of Meta's own tables and pages, and what may be done by itself.
BACKOFF = [1, 2, 4, 80007, 130429, 131000, 131016, 131057, 131208, 132069, 133004, 134101]
STOP = [0, 190, 368, 131031]
NEVER = [130472, 130497, 131021, 131026, 131035, 131036, 131047, 131050, 132015, 132016, 1026]
FIX = [
    *(3, 10, 200, 250, 299, 33, 100, 131005, 131008, 131009, 131037, 131042, 131045, 131051, 131052, 131053, 131055, 131059, 131062),
    *(131063, 131064, 131020, 131041, 131201, 131202, 131204, *range(131209, 131216), 132000, 132001, 132005, 132007, 132012, 132018),
    *(132068, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134100, 134102, 135000, *range(139000, 139007)),
    *(139200, *range(147001, 147005), 2046, 2047, 2388001, 2388019, 2388040, 2388047, 2388072, 2388073, 2388103, 2388293, 2388299),
    *(2388318, 2388330, 2593079, 2593085, 200005, 200006, 200007),
]
OTHERS = [131048, 131049, 131056, 131207, 1752041, 2494100, 2593107, 2593108, 2593109]
ALL = BACKOFF + STOP + NEVER + FIX + OTHERS


@pytest.mark.feature("CN-20")
@pytest.mark.parametrize("code", ALL)
def test_each_documented_code_says_what_happened_and_what_to_do(code: int) -> None:
    found = advice(code)

    assert found.title != advice(999_999).title
    assert found.advice.endswith(".")
    assert len(found.title) <= 70


@pytest.mark.parametrize(
    ("codes", "retry"),
    [
        (BACKOFF, Retry.BACKOFF),
        (STOP, Retry.STOP_ALL),
        (NEVER, Retry.NEVER),
        (FIX, Retry.FIX),
        ([131056], Retry.PAIR),
        ([131048, 131049], Retry.DAY),
    ],
)
def test_what_the_box_does_by_itself_is_fixed_by_the_code(codes: list[int], retry: Retry) -> None:
    wrong = [code for code in codes if advice(code).retry is not retry]

    assert wrong == []


def test_every_row_of_the_table_is_well_formed() -> None:
    rows = [*CODES.values(), *(row for _, _, row in RANGES)]

    assert all(Retry(retry) and title and text.endswith(".") and isinstance(alarm, bool) for retry, alarm, title, text in rows)


def test_what_stops_everything_raises_an_alarm() -> None:
    silent = [code for code in ALL if advice(code).retry is Retry.STOP_ALL and not advice(code).alarm]

    assert silent == []


def test_an_unknown_code_gets_careful_words_and_no_retry() -> None:
    assert advice(424242).retry is Retry.FIX
    assert advice(None).advice


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (130429, RateLimited),
        (131056, RateLimited),
        (4, RateLimited),
        (131000, TemporarilyDown),
        (190, TokenExpired),
        (0, TokenExpired),
        (131047, Rejected),
        (555, Rejected),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 429, 500])
def test_the_code_decides_and_never_the_http_status(code: int, kind: type[GraphError], status: int) -> None:
    assert type(graph_error({"code": code, "message": "m"}, status)) is kind


def test_an_unknown_code_that_graph_calls_passing_is_tried_again() -> None:
    found = graph_error({"code": 424242, "message": "later", "is_transient": True}, 500)

    assert isinstance(found, TemporarilyDown)
    assert not found.permanent


def test_an_error_carries_what_support_asks_for() -> None:
    found = graph_error(
        {
            "code": "131047",
            "message": "(#131047) Re-engagement",
            "error_data": {"details": "24 hours"},
            "error_subcode": 33,
            "fbtrace_id": "Abc",
        },
        400,
    )

    assert (found.meta_code, found.subcode, found.details, found.fbtrace_id, found.http_status) == (131047, 33, "24 hours", "Abc", 400)
    assert found.code == "meta_131047"
    assert found.permanent
    assert "template" in (found.help or "")


def test_a_token_that_graph_repeats_in_its_refusal_is_masked() -> None:
    found = graph_error({"code": 190, "message": "Malformed access token EAAGverysecrettoken123456"}, 400)

    assert "verysecret" not in f"{found} {found.title} {found.details}"


def test_pauses_grow_and_end() -> None:
    assert [wait_s(Retry.PAIR, n) for n in (1, 2, 3)] == [1, 4, 16]
    assert [wait_s(Retry.BACKOFF, n) for n in (1, 2, 3, 99)] == [2, 4, 8, 600]
    assert wait_s(Retry.DAY, 1) == 86_400
    assert wait_s(Retry.NEVER, 1) is wait_s(Retry.FIX, 1) is wait_s(Retry.STOP_ALL, 1) is None
