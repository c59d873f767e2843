"""Make a text: what `{{values}}` alone cannot say, with conditions and loops."""

from __future__ import annotations

from collections.abc import Iterator

from wablast_box.engine.flows.code import texts
from wablast_box.engine.flows.code.asking import said
from wablast_box.engine.flows.code.field import Code
from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.fields import Variable, Wrong
from wablast_box.engine.flows.node.outcome import Go, Outcome
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.code import counted_for


class MakeText(NodeType):
    """Puts a text together with conditions and loops, such as a line for each thing in a cart."""

    type, title, category, icon = "render_text", "Make a text", "logic", "forms"
    is_slow = True
    can_fail = True

    template = Code(
        "Text", "jinja", longest=texts.LONGEST_TEMPLATE, required=True,
        help="{{ values }}, {% for item in order.items %} … {% endfor %}, {% if total > 500 %} … {% endif %}",
    )  # fmt: skip
    save_as = Variable("Keep the text as", required=True)

    def run(self, step: Step) -> Outcome:
        flow, session = counted_for(step)
        values = {name: value for name, value in step.values.items() if name != "secret"}
        step.set(self.save_as, texts.make(self.template or "", values, zone=step.zone, flow=flow, session=session))
        return Go()

    def check(self) -> Iterator[Wrong]:
        if isinstance(self.template, str) and len(self.template) <= texts.LONGEST_TEMPLATE:
            mistake = texts.mistake(self.template)
            if mistake is not None:
                yield Wrong("template", "bad_template", said(mistake))
