"""What each answer means for a message: a table, because the rule is one and the cases are many."""

from __future__ import annotations

import itertools

import orjson
import pytest

from wablast_box.engine.outbox.transmit.outcome import MAX_ATTEMPTS, Decision, Fate, decide
from wablast_box.engine.outbox.transmit.queue import Due
from wablast_box.lib.errors import NotFound, Unavailable, Upstream
from wablast_box.lib.sending_http import Answer, NotSent, Outcome, Unclear, Unprepared, Untried
from wablast_box.simulator.errors import TITLES, GraphError


def due(attempts: int = 1) -> Due:
    return Due(1, 2, "text", {"body": "hi"}, None, attempts, 3, "919812345678", None)


def refusal(code: int, *, details: str | None = "Because.", **headers: str) -> Answer:
    """The answer of a Graph that refuses with this code."""
    made = GraphError(code, details).answer()
    return Answer(made.status, headers, made.body)


def fate(outcome: Outcome, attempts: int = 1) -> Decision:
    return decide(due(attempts), outcome, rand=lambda: 0.0)


AGAIN = (1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057)
HELD = (0, 190, 368, 131031)
FAILED = (
    3, 10, 33, 100, 200, 1026, 130472, 130497, 131005, 131008, 131009, 131021, 131026, 131037, 131042, 131045, 131047,
    131048, 131049, 131050, 131051, 131052, 131053, 131055, 131062, 132000, 132001, 132005, 132007, 132012, 132015, 132016,
    132018, 133010, 135000,
)  # fmt: skip


@pytest.mark.parametrize(
    "code,expected", [*((c, Fate.AGAIN) for c in AGAIN), *((c, Fate.HELD) for c in HELD), *((c, Fate.FAILED) for c in FAILED)]
)
def test_every_code_of_metas_table_has_its_fate(code: int, expected: Fate) -> None:
    assert fate(refusal(code)).fate is expected


def test_no_code_that_the_simulator_knows_is_forgotten_here() -> None:
    # These belong to other calls than sending.
    elsewhere = {2500, 131059, 133005, 133009, 133015, 133016, 139100}

    assert set(TITLES) - elsewhere == {*AGAIN, *HELD, *FAILED}


def test_a_code_that_nobody_has_seen_fails_with_metas_words() -> None:
    body = {"error": {"message": "(#199999) Something new", "code": 199999, "error_data": {"details": "Read the news."}}}

    decision = fate(Answer(500, {}, orjson.dumps(body)))

    assert (decision.fate, decision.code, decision.title, decision.details) == (Fate.FAILED, 199999, "Something new", "Read the news.")


@pytest.mark.feature("CN-20")
def test_a_refusal_keeps_code_title_and_details_for_people() -> None:
    decision = fate(refusal(131026, details="The recipient has an old app."))

    assert (decision.code, decision.title, decision.details) == (131026, "Message undeliverable", "The recipient has an old app.")


def test_waiting_times_grow_and_end_after_eight_attempts() -> None:
    waits = [fate(refusal(131016), attempts) for attempts in range(1, MAX_ATTEMPTS + 1)]

    assert [w.fate for w in waits] == [Fate.AGAIN] * (MAX_ATTEMPTS - 1) + [Fate.FAILED]
    gaps = [w.wait_s for w in waits[:-1]]
    assert gaps[0] >= 1 and all(later >= 2 * earlier for earlier, later in itertools.pairwise(gaps))


def test_one_customers_own_limit_waits_four_to_the_power_of_the_attempt() -> None:
    assert [fate(refusal(131056), attempts).wait_s for attempts in (1, 2, 3, 4)] == [1, 4, 16, 64]


def test_a_crowd_does_not_come_back_as_a_crowd() -> None:
    waits = {decide(due(), refusal(130429)).wait_s for _ in range(20)}

    assert len(waits) > 10


@pytest.mark.parametrize("header,expected", [({"retry-after": "30"}, 30.0), ({"retry-after": "999999"}, 3600.0)])
def test_meta_is_waited_for_as_long_as_it_says_within_reason(header: dict[str, str], expected: float) -> None:
    assert fate(refusal(130429, **header)).wait_s == expected


def test_a_429_without_words_is_a_rate_limit() -> None:
    decision = fate(Answer(429, {}, b""))

    assert decision.fate is Fate.AGAIN and decision.is_rate_limit


@pytest.mark.parametrize(
    "outcome",
    [
        Answer(200, {}, b""),
        Answer(200, {}, b"<html>Sorry</html>"),
        Answer(200, {}, b"{}"),
        Answer(200, {}, b'{"messages": []}'),
        Answer(200, {}, b'{"messages": [{"id": ""}]}'),
        Answer(200, {}, b'{"messages": [{"id": 7}]}'),
        Answer(200, {}, b"[1]"),
        Answer(502, {}, b"<html>Bad gateway</html>"),
        Answer(504, {}, b""),
        Answer(302, {"location": "http://127.0.0.1/"}, b""),
        Unclear("no answer within 25 s"),
    ],
)
def test_what_may_have_arrived_is_unconfirmed_and_says_so(outcome: Outcome) -> None:
    decision = fate(outcome)

    assert decision.fate is Fate.UNCONFIRMED
    assert decision.title and decision.details and "only if the customer did not get it" in decision.details


@pytest.mark.parametrize(
    "outcome,expected",
    [
        (Untried(), Fate.HELD),
        (NotSent("refused"), Fate.HELD),
        (Unprepared(Unavailable("The disk is full.")), Fate.HELD),
        (Unprepared(NotFound("The file is gone.")), Fate.FAILED),
        (Unprepared(Upstream("Meta named no id.")), Fate.FAILED),
        (Unprepared(ZeroDivisionError()), Fate.FAILED),
    ],
)
def test_what_surely_was_not_sent_is_never_unconfirmed(outcome: Outcome, expected: Fate) -> None:
    assert fate(outcome).fate is expected


def test_an_accepted_message_brings_its_id() -> None:
    decision = fate(Answer(200, {}, b'{"messaging_product":"whatsapp","contacts":[{"wa_id":"1"}],"messages":[{"id":"wamid.A"}]}'))

    assert decision.fate is Fate.ACCEPTED
    assert decision.accepted is not None and decision.accepted.wamid == "wamid.A"
