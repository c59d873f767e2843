"""Make a text: conditions and loops over what the flow knows, with the filters of its other texts."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest

from tests.architecture.sources import ROOT
from tests.engine.flows.nodes.conftest import error, played, problems, texts, way
from tests.engine.flows.talk import Shop, graph, node
from tests.patience import BUSY
from wablast_box.engine.flows.code import javascript
from wablast_box.engine.flows.code import texts as made
from wablast_box.engine.flows.code.programs import texts as program
from wablast_box.engine.flows.node import values
from wablast_box.engine.flows.node.filters import filters_in
from wablast_box.engine.flows.rehearsal.play import Rehearsal

pytestmark = pytest.mark.feature("FE-08")
INDIA = ZoneInfo("Asia/Kolkata")
MB = 1024 * 1024
PAGE = (ROOT / "docs/flows/code.md").read_text(encoding="utf-8")
ORDER = json.loads(re.findall(r"`order` = (\{.*\}), and", PAGE)[0])
KNOWN: dict[str, Any] = {
    "order": ORDER, "total": 1234567.5, "paid": 9950, "visit": "2026-12-25T20:00:00Z", "colours": ["red", "blue"],
    "yes": True, "nothing": None, "blank": " ", "place": "Asia/Kolkata", "name": "  kabir Mehta ",
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    os.environ["WBX_PROBE"] = "ESC:env"
    yield
    del os.environ["WBX_PROBE"]
    made.workers.close()
    javascript.workers.close()
    assert psutil.Process().children(recursive=True) == []


def makes(template: str, variables: dict[str, Any] | None = None) -> Rehearsal:
    nodes = [("render_text", {"template": template, "save_as": "it"}), ("send_message", {"text": "{{it}}"})]
    return played(nodes, variables=KNOWN if variables is None else variables)


def test_a_customer_reads_a_line_for_each_thing(shop: Shop) -> None:
    template = "{% for item in order['items'] %}\n{{ loop.index }}. {{ item.title }} {{ item.price | inr }}\n{% endfor %}\nFor {{ contact.first_name }}"
    shop.on(
        graph(
            node("data", "code", code=f"return {json.dumps(ORDER)}", save_as="order"),
            node("it", "render_text", template=template, save_as="cart"),
            node("say", "send_message", text="{{cart}}"),
            edges="start>data data>it it>say",
        )
    )
    shop.hears("hi")

    assert shop.said() == ["1. Chai ₹40\n2. Samosa ₹15\nFor Kabir"]


@pytest.mark.parametrize(
    ("template", "reads"),
    [
        ("{% if order.items | count > 1 %}many{% else %}one{% endif %}", "many"),
        ("{% if nick %}{{ nick }}{% else %}friend{% endif %}", "friend"),
        ("{{ nick | default('friend') | capitalize }}", "Friend"),
        ("{% for one in colours if one != 'red' %}{{ one }}{% else %}none{% endfor %}", "blue"),
        ("{% set rest = total - 67.5 %}{{ rest | inr }} {{ 'a' ~ 1 ~ 'b' }}", "₹12,34,500 a1b"),
        ("{% for key, value in order.items[0].items() %}{{ key }}={{ value }};{% endfor %}", "title=Chai;price=40;count=2;"),
        ("{{ yes }}{{ nothing }}{{ colours }}", "truered, blue"),
        ("<b>&\"{{ '<i>' }}", '<b>&"<i>'),
        ("{{ colours[5] is defined }}", "false"),
        ("{% raw %}{{ this }}{% endraw %}", "{{ this }}"),
    ],
)
def test_conditions_and_loops(template: str, reads: str) -> None:
    rehearsal = makes(template)

    assert [one["error"] for one in rehearsal.steps if one["error"]] == []
    assert rehearsal.run.variables["it"] == reads


EACH = [(name, "") for name in filters_in(INDIA)] + [
    ("date", "dddd, D MMM"), ("time", "HH:mm"), ("datetime", "D"), ("round", "1"), ("join", " + "), ("default", "friend"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given"), EACH)
@pytest.mark.parametrize("value", ["total", "paid", "visit", "colours", "place", "name", "yes"])
def test_filters_say_what_they_say_in_other_texts(name: str, given: str, value: str) -> None:
    there = values.fill(f"{{{{{value} | {name}{f': {chr(34)}{given}{chr(34)}' if given else ''}}}}}", KNOWN, "text", INDIA)
    here = made.make(f"{{{{ {value} | {name}{f'({given!r})' if given else ''} }}}}", KNOWN, zone=INDIA, flow="f", session=name)

    assert here == there


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("a\n{{ nick }}", "Line 2: “nick” has no value here. Where it may be missing, write {{ nick | default(\"\") }}."),
        ("a\n\n{{ order.total.gst }}", "Line 3: “gst” has no value here. Where it may be missing, write {{ gst | default(\"\") }}."),
        ("{% for one in nick %}{% endfor %}", "Line 1: “nick” has no value here. Where it may be missing, write {{ nick | default(\"\") }}."),
        ("{{ order.items() }}", "Line 1: That is no function here: an entry of the same name stands before it."),
        ("a\n{{ 1 / 0 }}", "Line 2: division by zero"),
        ("{{ 'a' + 'b' }}", "Line 1: + is for numbers; put texts together with ~."),
    ],
)  # fmt: skip
def test_what_goes_wrong_leaves_by_error_with_its_line(template: str, says: str) -> None:
    rehearsal = makes(template)

    assert (way(rehearsal), error(rehearsal)) == ("error", says)


def test_a_template_that_cannot_be_read_is_a_problem_with_its_line() -> None:
    found = made.mistake("a\n{% if %}")

    assert found is not None
    assert found.line == 2
    assert problems("render_text", {"template": "a\n{% if %}", "save_as": "it"}) == ["template"]
    assert problems("render_text", {"template": "{{ a }}", "save_as": "it"}) == []
    assert problems("render_text", {"template": "x" * 20_001}) == ["template", "save_as"]


def test_what_a_customer_writes_is_never_read_as_a_template() -> None:
    evil = "{{7*7}}{% for a in range(9) %}x{% endfor %}"
    twice = [
        ("render_text", {"template": "Hi {{ message.text }}", "save_as": "one"}),
        ("render_text", {"template": "{{ one }}!", "save_as": "two"}),
        ("send_message", {"text": "{{two}}"}),
    ]
    rehearsal = played([("ask_text", {"question": "Name?", "save_as": "said"}), *twice], evil)

    assert texts(rehearsal)[-1] == f"Hi {evil}!"


def test_the_example_of_the_page_makes_that() -> None:
    [(template, reads)] = re.findall(r"```jinja\n(.+?)```\n\nmakes\n\n```text\n(.+?)```", PAGE, re.DOTALL)

    assert made.make(template, KNOWN, zone=INDIA, flow="page", session="page") == reads.strip()
    assert f"up to {program.MOST_ROUNDS:,}" in PAGE


# What has cost or opened others something. Each is refused, stopped, or says nothing.
HOSTILE = (
    "{{ 'x' * 999999999 }}", "{{ '%999999999d' | format(1) }}", "{{ '%999999999d' % 1 }}", "{{ [1] * 999999999 }}", "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ range(10 ** 9) }}", "{{ range(999999999) }}", "{{ range(0, 9, 0) }}",
    "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% set x = 'x' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}", "{% set x = [1] %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
    "{% set x = 2 %}" + "{% set x = x * x %}" * 60 + "{{ x }}",
    "{{ 'x' | center(999999999) }}", "{{ 'x' | indent(999999999) }}", "{{ 'x' | wordwrap(1) }}", "{{ [1] | batch(999999999) }}",
    "{{ colours | join('x' * 99999999) }}", "{{ total | round(999999999) }}", "{{ visit | date('Y' * 9999999) }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ ''['__class__'] }}", "{{ '' | attr('__class__') }}", "{{ [].__class__.__base__ }}",
    "{{ order.items.__class__ }}", "{{ order.__init__.__globals__ }}", "{{ loop.__class__ }}", "{% for a in [1] %}{{ loop._context }}{% endfor %}",
    "{{ self }}{{ self._TemplateReference__context }}", "{{ cycler.__init__.__globals__.os.environ }}", "{{ joiner.__init__ }}", "{{ lipsum(9999) }}",
    "{{ lipsum.__globals__['os'].environ }}", "{{ namespace(a=1) }}", "{{ dict(a=1) }}", "{{ range.__self__ }}", "{{ get_flashed_messages.__globals__ }}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% from 'os' import environ %}", "{% extends 'x' %}", "{% block a %}{% endblock %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{% call(x) a() %}{% endcall %}", "{% autoescape false %}x{% endautoescape %}",
    "{% filter upper %}x{% endfilter %}", "{% set ns.x = 1 %}", "{% set x %}{% endset %}", "{{ colours.append('x') }}", "{{ order.update({'x': 1}) }}",
    "{{ 'a'.format(1) }}", "{{ '{0.__class__}'.format(1) }}", "{{ ['a'] | map('upper') | list }}", "{{ colours | selectattr('x') }}",
    "{{ {} | xmlattr }}", "{{ 'http://x' | urlize }}", "{{ 'a' | safe }}", "{{ colours | groupby('x') }}", "{% debug %}", "{{ ((((" * 2000,
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ " + "-" * 9000 + "1 }}", "{{ '\\ud800' }}", "{{ 1" + " + 1" * 4500 + " }}", "{" * 15_000,
    "{{ x." + "a." * 8000 + "b }}", "{# " * 5000, "{% if a %}" * 1500,
)  # fmt: skip


@pytest.mark.parametrize("template", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_gets_out_and_nothing_stays(template: str) -> None:
    here = psutil.Process()
    before, began = here.memory_info().rss, time.monotonic()
    problems("render_text", {"template": template, "save_as": "it"})
    rehearsal = makes(template)
    shown = json.dumps([rehearsal.steps, rehearsal.run.variables.get("it")], default=str)

    assert time.monotonic() - began <= 3 * BUSY
    assert here.memory_info().rss - before <= 50 * MB
    assert not re.search(r"ESC:|root:|<class|<function|<module|object at 0x|site-packages|\.py", shown)
    assert way(rehearsal) in ("next", "error")
    assert len(rehearsal.run.variables.get("it", "")) <= 64 * 1024
    assert made.make("{{ 6 * 7 }}", {}, zone=INDIA, flow="kind", session="kind") == "42"


def test_only_what_the_page_lists_can_be_used() -> None:
    made_of = program._environment(None, None)

    assert set(made_of.filters) == {*filters_in(INDIA), "default"}
    assert made_of.globals == {"range": program._range}
    assert not made_of.extensions
