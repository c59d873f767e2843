"""The one door to models, against a real server: answers of every kind of provider, and everything that can go wrong there."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest

from tests.engine.ai.conftest import KEY, Added
from tests.models import Rude, a_model, error, wants
from wablast_box.engine.ai import providers
from wablast_box.engine.ai.answer import Answer
from wablast_box.engine.ai.ask import complete
from wablast_box.engine.ai.models import AiUsage
from wablast_box.engine.ai.providers import find
from wablast_box.lib.errors import BoxError, Conflict, Invalid, NotFound, Upstream

SAID = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "नमस्ते"}]
SCHEMA = {"type": "object", "properties": {"category": {"type": "string"}}, "required": ["category"], "additionalProperties": False}
TOOL = {
    "name": "look_up_order",
    "description": "Finds an order.",
    "parameters": {"type": "object", "properties": {"number": {"type": "string"}}},
}


def ask(**given: Any) -> Answer:
    return complete(given.pop("messages", SAID), purpose="answer", ref="flow:7/session:1:2", **given)


def rows() -> list[tuple[str, int, int, int]]:
    return [(row.state, row.tokens_in, row.tokens_out, row.cost_micro_paise) for row in AiUsage.select().order_by(AiUsage.id)]


def refused(**given: Any) -> BoxError:
    with pytest.raises(BoxError) as caught:
        ask(**given)
    return caught.value


UNKEPT = ['"\\ud800"', "NaN", "-Infinity", "1e999", "9" * 5000]


@pytest.mark.feature("AI-01")
@pytest.mark.parametrize("value", UNKEPT, ids=range(len(UNKEPT)))
def test_what_no_table_holds_is_no_answer_and_is_paid_once(added: Added, value: str) -> None:
    with a_model(f'{{"category": {value}}}') as model:
        added(model)
        said = [ask(schema=SCHEMA, once="flow:7/1") for _ in range(2)]

    assert [one.data for one in said] == [None, None]
    assert (len(model.asked), [row[0] for row in rows()]) == (1, ["done"])


@pytest.mark.feature("AI-02")
def test_a_number_larger_than_a_column_is_kept_as_json_has_it(added: Added) -> None:
    with a_model('{"category": ' + "9" * 30 + "}") as model:
        added(model)
        said = [ask(schema=SCHEMA, once="flow:7/1") for _ in range(2)]

    assert ([one.data for one in said], len(model.asked)) == ([{"category": 1e30}] * 2, 1)


@pytest.mark.feature("AI-01")
@pytest.mark.parametrize("kind", ["openai_compatible", "anythingllm"])
def test_each_kind_of_provider_answers_and_is_paid(added: Added, kind: str) -> None:
    with a_model("Namaste!") as model:
        added(model, kind=kind, model="my-shop", price_in_paise=2000, price_out_paise=8000)
        answer = ask()

    assert (answer.text, answer.tokens_in, answer.tokens_out, answer.cost) == ("Namaste!", 100, 20, 100 * 2000 + 20 * 8000)
    assert rows() == [("done", 100, 20, 360_000)]
    assert model.keys == [KEY]
    assert model.paths == ["/v1/chat/completions" if kind == "openai_compatible" else "/v1/workspace/my-shop/chat"]
    assert "नमस्ते" in model.seen() and "Be kind." in model.seen()


@pytest.mark.feature("AI-01")
def test_several_providers_stand_side_by_side(added: Added) -> None:
    with a_model("first") as one, a_model("second") as other:
        added(one)
        second = added(other, name="Other")

        assert (ask().text, ask(provider=second.id).text, ask(provider=str(second.id)).text) == ("first", "second", "second")
        providers.change_provider(second.id, {"is_default": True}, by=_owner())
        assert ask().text == "second"


def _owner() -> Any:
    from tests.people import actor_for
    from wablast_box.engine.team.models import User

    return actor_for(User.select().get())


def test_without_a_model_it_is_said_what_to_do(asha: object) -> None:
    error_ = refused()
    assert (type(error_), error_.code, error_.help) == (Conflict, "no_model", "Add one under Settings, AI models.")
    with pytest.raises(NotFound):
        ask(provider=5)


@pytest.mark.parametrize("said", ['{"category": "Price"}', 'Sure! ```json\n{"category": "Price"}\n``` ok?', {"category": "Price"}])
def test_an_object_is_found_wherever_the_model_puts_it(added: Added, said: Any) -> None:
    with a_model(said) as model:
        added(model)
        assert ask(schema=SCHEMA).data == {"category": "Price"}
    assert model.asked[0]["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize("said", ["no idea", '{"category": ', "[1, 2]", "{" * 5000])
def test_what_is_no_object_is_none(added: Added, said: str) -> None:
    with a_model(said) as model:
        added(model)
        assert ask(schema=SCHEMA).data is None


def test_what_a_model_thinks_aloud_is_not_said(added: Added) -> None:
    with a_model("<think>The customer is rude.</think>\nHello!") as model:
        added(model)
        assert ask().text == "Hello!"


def test_servers_that_take_less_are_asked_for_less_and_remembered(added: Added) -> None:
    said = [
        error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        error(400, "Unsupported value: 'temperature' does not support 0"), error(400, "response_format json_schema is not supported"),
        {"category": "Price"},
    ]  # fmt: skip
    with a_model(*said) as model:
        added(model)
        assert ask(schema=SCHEMA).data == {"category": "Price"}
        assert ask(schema=SCHEMA).data == {"category": "Price"}

    assert len(model.asked) == 5
    last = model.asked[-1]
    assert last["response_format"] == {"type": "json_object"} and "temperature" not in last and "max_completion_tokens" in last
    assert [row[0] for row in rows()] == ["done", "done"]


@pytest.mark.feature("FN-51")
def test_tools_are_called_by_the_book(added: Added) -> None:
    with a_model(wants("look_up_order", number="7")) as model:
        added(model)
        calls = ask(tools=[TOOL]).tool_calls

    assert [(one.name, one.arguments) for one in calls] == [("look_up_order", {"number": "7"})]
    assert model.asked[0]["tools"] == [{"type": "function", "function": TOOL}]


@pytest.mark.feature("FN-51")
@pytest.mark.parametrize("kind", ["openai_compatible", "anythingllm"])
def test_models_without_tools_are_told_of_them_in_words(added: Added, kind: str) -> None:
    first = [error(400, "registry.ollama.ai/library/gemma does not support tools")] if kind == "openai_compatible" else []
    with a_model(*first, '{"tool": "look_up_order", "arguments": {"number": "7"}}', '{"tool": "rm", "arguments": {}}') as model:
        added(model, kind=kind)
        calls = ask(tools=[TOOL]).tool_calls
        other = ask(tools=[TOOL])

    assert [(one.name, one.arguments) for one in calls] == [("look_up_order", {"number": "7"})]
    assert "look_up_order" in model.seen() and "tools" not in model.asked[-1]
    assert other.tool_calls == ()


REFUSED = [
    (error(401), "ai_key_refused", True), (error(404, "model not found"), "ai_no_model", True), (error(500), "ai_busy", False),
    (error(503), "ai_busy", False), (error(429, **{"Retry-After": "7"}), "ai_busy", False),
    (Rude(429, b'{"error": {"code": "insufficient_quota"}}'), "ai_no_credit", True), (error(400, "bad"), "ai_refused", True),
    (Rude(302, b"", {"Location": "http://169.254.169.254/latest/meta-data"}), "ai_moved", True),
    (Rude(200, b"<html>"), "ai_unreadable", True), (Rude(200, b"[]"), "ai_unreadable", True),
    (Rude(200, b'{"choices": []}'), "ai_unreadable", True), (Rude(hangs_up=True), "ai_no_answer", False),
    (Rude(200, b"x" * 2_000_000), "ai_no_answer", True),
]  # fmt: skip


@pytest.mark.feature("AI-08")
@pytest.mark.parametrize(("said", "code", "permanent"), REFUSED, ids=[f"{one[1]}-{at}" for at, one in enumerate(REFUSED)])
def test_every_refusal_says_what_to_do_and_is_settled(added: Added, said: Rude, code: str, permanent: bool) -> None:
    with a_model(said) as model:
        added(model, price_in_paise=1, price_out_paise=1)
        failed = refused()

    assert isinstance(failed, Upstream) and (failed.code, failed.permanent) == (code, permanent)
    assert failed.help or code == "ai_busy"
    if said.status == 429 and not permanent:
        assert failed.retry_after_s == 7
    ((state, _, tokens_out, cost),) = rows()
    # Where nobody knows what the provider did, it counts at its most.
    is_open = code in ("ai_no_answer", "ai_unreadable")
    assert state == ("unconfirmed" if is_open else "failed")
    assert (cost > 0, tokens_out) == (is_open, 800 if is_open else 0)


def test_a_server_that_never_answers_is_left_in_time(added: Added) -> None:
    with a_model(Rude(after_s=5)) as model:
        added(model)
        began = time.monotonic()
        failed = refused(within_s=0.4)

    assert time.monotonic() - began < 5
    assert (failed.code, rows()[0][0]) == ("ai_no_answer", "unconfirmed")


def test_nobody_there_costs_nothing(added: Added) -> None:
    with a_model() as model:
        added(model)
    failed = refused()

    assert (failed.code, rows()) == ("ai_unreachable", [("failed", 0, 0, 0)])


@pytest.mark.feature("AI-01")
@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_key_that_the_server_quotes_is_nowhere(added: Added, status: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), a_model(error(status, f"Incorrect API key provided: {KEY}")) as model:
        provider = added(model)
        failed = refused()

    kept = json.dumps([list(AiUsage.select().dicts()), [failed.message, failed.help]], default=str)
    assert KEY not in kept and KEY not in caplog.text
    assert KEY.encode() not in bytes(find(provider.id).sealed_key)


@pytest.mark.feature("AI-02")
def test_an_address_of_this_house_is_refused_unless_the_owner_says_so(added: Added) -> None:
    with a_model() as model:
        with pytest.raises(Invalid) as wrong:
            added(model, allows_private=False)
        provider = added(model)
        # Whoever changes the row by hand, or a name that changes its answer, meets the guard of the connection.
        type(provider).update(allows_private=False).execute()
        failed = refused()

    assert wrong.value.field == "allows_private"
    assert (failed.code, model.asked, rows()) == ("egress_refused", [], [("failed", 0, 0, 0)])


@pytest.mark.parametrize("address", ["http://169.254.169.254/v1", "http://[fe80::1]/v1", "http://0.0.0.0:80/v1"])
def test_not_even_the_owner_opens_the_way_to_a_clouds_secrets(added: Added, address: str) -> None:
    with a_model() as model:
        added(model, base_url=address)
    assert refused(within_s=1).code in ("egress_refused", "ai_unreachable")


def test_too_much_to_read_is_refused_before_it_costs(added: Added) -> None:
    with a_model() as model:
        added(model)
        failed = refused(messages=[{"role": "user", "content": "x" * 300_000}])
    assert (failed.code, rows(), model.asked) == ("too_large", [], [])


def test_a_server_that_does_not_count_is_counted_at_its_most(added: Added) -> None:
    with a_model("Hello", counts=False) as model:
        added(model)
        answer = ask()
    assert answer.tokens_in >= 20 and answer.tokens_out == 5
