"""A plugin's node is held to what the box expects: its mistakes fail the step and are told in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from wablast_box.engine.flows.registry import find_type
from wablast_box.plugins.api import Answer, Go, Invalid, Items, NodeType, Outcome, Step, Text, Wait
from wablast_box.plugins.guarded import guard_node
from wablast_box.plugins.testing import play_node

pytestmark = pytest.mark.feature("AP-10")


class Odd(NodeType):
    """Does what it is told by the test."""

    type, title, category = "odd", "Odd", "logic"
    can_fail = True
    what: Any = None

    def run(self, step: Step) -> Outcome:
        if isinstance(self.what, type) and issubclass(self.what, BaseException):
            raise self.what("asked to")
        return self.what


def odd(what: Any, **words: Any) -> type[NodeType]:
    return type("Odd", (Odd,), {"what": what, "__doc__": "Odd.", **words})


@pytest.mark.parametrize("what", [None, "next", 7, Go(7), Wait("time", datetime(2030, 1, 1)), ValueError, SystemExit, GeneratorExit])  # noqa: DTZ001
def test_a_node_that_does_something_odd_fails_by_itself(what: Any) -> None:
    played = play_node(odd(what))

    assert (played.output, played.state) == ("error", "failed")
    assert "Something went wrong in this node, reference" in (played.reason or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"type": "Odd One"}, "its type is small letters"),
        ({"type": "a.b"}, "its type is small letters"),
        ({"type": None}, "give it a type"),
        ({"title": ""}, "give it a title"),
        ({"__doc__": ""}, "docstring is its help"),
        ({"outputs": "next"}, "outputs is a tuple"),
        ({"run": NodeType.run}, "it has no run"),
        ({"version": "one"}, "version is a number"),
        ({"text": Text("T", default=object())}, "cannot be drawn"),
        ({"preview": {"body": 1}}, "preview maps texts"),
    ],
)
def test_a_class_that_is_no_whole_node_is_refused_in_words(words: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        guard_node(odd(Go(), **words), "test")


def test_a_check_that_breaks_is_a_problem_of_that_node_only() -> None:
    class Breaks(Odd):
        """Cannot check itself."""

        what = Go()

        def check(self) -> Any:
            raise KeyError("no such")

    problems = play_node(Breaks).problems

    assert [one["code"] for one in problems] == ["check_failed"]


def test_a_node_waits_hears_and_branches_by_its_items() -> None:
    class Pick(NodeType):
        """Asks and branches."""

        type, title, category = "pick", "Pick", "questions"
        outputs, outputs_from, hears_reply = ("otherwise",), ("ways", "name"), True
        ways = Items("Ways", {"name": Text("Name", required=True)}, least=1)

        def run(self, step: Step) -> Outcome:
            step.send({"type": "text", "text": {"body": "Tea or coffee?"}})
            return Wait("reply")

        def resume(self, step: Step, answer: Answer) -> Outcome:
            found = [one["id"] for one in self.ways if one["name"] == answer.body["text"]]
            return Go(found[0] if found else "otherwise")

    ways = {"ways": [{"id": "t", "name": "Tea"}, {"id": "c", "name": "Coffee"}]}

    assert play_node(Pick, ways).state == "waiting"
    assert play_node(Pick, ways, says=["hi", "Coffee"]).output == "c"
    assert play_node(Pick, ways, says=["hi", "Milk"]).outputs == [("start", "next"), ("node", "wait"), ("node", "otherwise")]
    assert find_type("test.pick") is None, "a test leaves nothing behind"


def test_what_a_request_brings_is_given_by_the_test() -> None:
    class Weather(NodeType):
        """Asks for the weather."""

        type, title, category, is_slow, can_fail = "weather", "Weather", "connect", True, True

        def run(self, step: Step) -> Outcome:
            step.set("sky", step.http("GET", "https://weather.example/pune").body["sky"])
            return Go()

    played = play_node(Weather, brings={"sky": "clear"})

    assert played.variables == {"sky": "clear"}
    assert played.acts[0]["given"]["url"] == "https://weather.example/pune"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (("add_tag", {"names": ["vip"]}), "A flow cannot do “add_tag”."),
        (("tag", {"name": "vip"}), "“tag” is given something else than it takes: names."),
        (("business_hours", {"day": 1}), "“business_hours” is given something else than it takes: nothing."),
    ],
)
def test_an_act_that_the_box_does_not_know_fails_in_the_plugins_own_tests(act: tuple[str, dict[str, Any]], said: str) -> None:
    played = play_node(odd(None, run=lambda self, step: step.act(act[0], **act[1]) or Go()))

    assert (played.output, played.reason, played.acts) == ("error", said, [])
    assert play_node(odd(None, run=lambda self, step: step.act("tag", names=["vip"]) or Go())).output == "next"


def test_a_secret_leaves_by_the_request_and_by_nothing_else() -> None:
    def run(self: Any, step: Step) -> Outcome:
        step.http("GET", step.write(self.url, "url"))
        step.set("seen", step.fill(self.url))
        return Go()

    words = {"run": run, "url": Text("Address", secrets=True), "is_slow": True}
    played = play_node(odd(None, **words), {"url": "https://courier.example/{{secret.key}}"})

    assert (played.problems, played.output) == ([], "next")
    assert (played.acts[0]["given"]["url"], played.variables["seen"]) == ("https://courier.example/{{secret.key}}",) * 2
    assert [one["code"] for one in play_node(odd(Go(), url=Text("Address")), {"url": "{{secret.key}}"}).problems] == ["secret_here"]
