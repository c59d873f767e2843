"""Execute function: data goes in, data comes out, and what goes wrong leaves by `error` with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.flows.code.conftest import returned, runs
from tests.engine.flows.nodes.conftest import error, problems, way
from tests.engine.flows.talk import Shop, graph, node
from wablast_box.engine.flows.code import javascript
from wablast_box.engine.flows.code.spent import MOST_RUNS, MOST_SECONDS, Spent
from wablast_box.engine.flows.models import FlowStep
from wablast_box.engine.flows.node.step import HttpAnswer
from wablast_box.engine.flows.rehearsal.effects import RehearsedEffects
from wablast_box.lib.errors import Conflict

pytestmark = pytest.mark.feature("FN-55")


def test_a_customer_hears_what_the_code_worked_out(shop: Shop) -> None:
    code = "const price = 40 * 3;\nreturn { price, words: `${contact()} pays ${price}` };\nfunction contact() { return input.contact.first_name }"
    shop.on(
        graph(
            node("it", "code", code=code, save_as="bill", mapping={"total": "result.price"}),
            node("say", "send_message", text="{{bill.words}}, {{total | inr}}"),
            edges="start>it it>say",
        )
    )
    shop.hears("hi")

    assert [row.error for row in FlowStep.select() if row.error] == []
    assert shop.said() == ["Kabir pays 120, ₹120"]


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("return input.sizes.map((one) => one * 2)", [2, 4]),
        ("return input.message.text", "hi"),
        ("return { now: typeof input.now, none: input.nothing ?? null }", {"now": "string", "none": None}),
        ("const [first] = 'a b'.split(' '); return first", "a"),
        ("return (async () => { await null; return 7 })()", 7),
        ("", None),
        ("return undefined", None),
        ("return Object.keys(input).sort()", ["contact", "message", "now", "sizes"]),
        ("return '{{contact.name}}'", "{{contact.name}}"),
    ],
)
def test_what_it_returns_is_kept(code: str, result: Any) -> None:
    assert returned(code or "return", variables={"sizes": [1, 2]}) == result


def test_only_the_values_that_are_named_go_in() -> None:
    inner = returned("return input", variables={"sizes": [1], "other": 2}, inputs="sizes, contact.first_name")

    assert inner == {"sizes": [1], "contact": {"first_name": "Asha"}}


def test_what_it_logs_is_kept_also_when_it_fails() -> None:
    rehearsal = runs("for (let at = 0; at < 300; at++) log('line', at, { a: 1 });\nnowhere()", log_as="said")

    assert way(rehearsal) == "error"
    assert error(rehearsal) == "Line 2: ReferenceError: nowhere is not defined"
    said = rehearsal.run.variables["said"]
    assert (len(said), said[99]) == (100, 'line 99 {"a":1}')


def test_a_request_goes_through_the_box_and_is_only_rehearsed_here() -> None:
    code = "const answer = http('https://shop.example/api', { method: 'POST', body: { size: 42 } });\nreturn [answer.status, answer.body]"
    rehearsal = runs(code)

    assert rehearsal.run.variables["it"] == [200, {}]
    assert [one["given"] for one in rehearsal.acts] == [{"method": "POST", "url": "https://shop.example/api"}]


def test_it_asks_others_five_times_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(RehearsedEffects, "http", lambda self, request: asked.append(request["url"]) or HttpAnswer(200, {}, "yes"))
    rehearsal = runs("let n = 0; for (;;) { http('https://a.example/' + n); n++ }")

    assert (len(asked), error(rehearsal)) == (5, "Line 1: Error: http can be used 5 times.")


def test_what_the_guard_refuses_is_an_error_that_the_code_can_catch(shop: Shop) -> None:
    code = "try { return http('http://127.0.0.1:8080/x').status } catch (refused) { return refused.message }"
    shop.on(graph(node("it", "code", code=code, save_as="it"), node("say", "send_message", text="{{it}}"), edges="start>it it>say"))
    shop.hears("hi")

    assert shop.said() == ["refused by egress policy"]


def test_an_endless_loop_is_stopped_and_leaves_by_error() -> None:
    rehearsal = runs("for (;;) {}")

    assert (way(rehearsal), error(rehearsal)) == ("error", "It took longer than 2 seconds and was stopped.")


def test_what_a_flow_cannot_keep_leaves_by_error() -> None:
    assert "kB" in error(runs("return 'x'.repeat(70000)"))
    assert error(runs("return 'x'.repeat(1100000)")) == "The result is larger than 1 MB."


def test_code_that_cannot_be_read_is_a_problem_with_its_line() -> None:
    assert problems("code", {"code": "let a = 1;\nlet b = ;"}) == ["code"]
    assert problems("code", {"code": "return 1"}) == []
    assert problems("code", {"code": "}); (function () {"}) == ["code"]
    assert problems("code", {"code": "x" * 20_001}) == ["code"]
    assert problems("code", {}) == ["code"]
    mistake = javascript.mistake("let a = 1;\nlet b = ;")
    assert mistake is not None
    assert mistake.line == 2


def test_reading_over_runs_nothing() -> None:
    assert javascript.mistake("for (;;) {}") is None


def test_each_run_has_a_world_of_its_own() -> None:
    returned("globalThis.kept = 1; Object.prototype.kept = 2; Array.prototype.map = null; JSON.stringify = null; return 1")

    assert returned("return [typeof kept, ({}).kept === undefined, [1].map((one) => one + 1)[0]]") == ["undefined", True, 2]


def test_a_flow_that_runs_too_often_or_too_long_waits_for_the_next_hour() -> None:
    moment = [0.0]
    spent = Spent(clock=lambda: moment[0])
    for _ in range(MOST_RUNS):
        with spent.counted("1", "a"):
            pass
    with pytest.raises(Conflict, match="1,000 times"), spent.counted("1", "b"):
        pass
    with spent.counted("2", "a"):
        moment[0] += MOST_SECONDS
    with pytest.raises(Conflict, match="30 seconds"), spent.counted("2", "a"):
        pass
    moment[0] += 3601
    with spent.counted("1", "a"):
        pass


def test_a_machine_without_an_engine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(javascript, "has_engine", lambda: False)

    assert error(runs("return 1")) == "This machine has no engine for JavaScript."
    assert problems("code", {"code": "let ="}) == []


def test_a_call_with_effects_is_not_repeated_after_a_crash(box: Path) -> None:
    from wablast_box.engine.flows.nodes.code import ExecuteFunction

    assert ExecuteFunction({"code": "return 1"}).may_repeat()
    assert not ExecuteFunction({"code": "http('https://a.example')"}).may_repeat()
