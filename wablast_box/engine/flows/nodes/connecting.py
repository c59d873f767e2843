"""Nodes that reach other systems: a request with its answer, a webhook that nobody waits for, a letter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.node.expressions import evaluate
from wablast_box.engine.flows.node.fields import Choice, Expression, Number, Text, Variable, Wrong
from wablast_box.engine.flows.node.lists import Names
from wablast_box.engine.flows.node.outcome import Answer, Go, Outcome, Wait
from wablast_box.engine.flows.node.saying import read_mail
from wablast_box.engine.flows.node.step import HttpAnswer, Step
from wablast_box.engine.flows.node.writing import Written, joined
from wablast_box.engine.flows.nodes.people import Doing
from wablast_box.engine.flows.nodes.roads import variable_names
from wablast_box.engine.flows.nodes.talk import LONGEST_LINK, split_address, web_address
from wablast_box.lib.errors import Invalid, Upstream

HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect"})
SAFE = ("GET", "HEAD", "PUT", "DELETE")
METHODS = {name: name for name in ("GET", "POST", "PUT", "PATCH", "DELETE")}
CARRIES, REPEATABLE = [name for name in METHODS if name != "GET"], [name for name in METHODS if name in SAFE]
BODIES = {"none": "None", "json": "JSON", "form": "Form", "text": "Text"}
TYPES = {"json": "application/json", "form": "application/x-www-form-urlencoded", "text": "text/plain; charset=utf-8"}
BACK_OFF_S = (2, 10, 60)


class HttpRequest(NodeType):
    """Asks another system and keeps what it answers. Safe requests are tried again when it is not there."""

    type, title, category, icon = "http_request", "HTTP request", "connect", "world"
    is_slow = True
    can_fail = True

    method = Choice("Method", METHODS, default="GET")
    url = Text("Web address", longest=LONGEST_LINK, required=True, secrets=True, help="{{values}} in it are encoded for addresses.")
    headers = Names("Headers", secrets=True, help="A key of the other system: {{secret.its_name}}.")
    body_kind = Choice("Body", BODIES, default="none", only_with={"method": CARRIES})
    body = Text(
        "Text or JSON", lines=6, longest=20_000, secrets=True, help='In JSON: {"name": "{{contact.name}}", "items": {{cart | json}}}',
        only_with={"method": CARRIES, "body_kind": ["json", "text"]},
    )  # fmt: skip
    form = Names("Form fields", secrets=True, only_with={"method": CARRIES, "body_kind": ["form"]})
    timeout_s = Number("Wait at most (seconds)", least=1, most=30, default=10)
    retries = Number(
        "Try again at most", least=0, most=len(BACK_OFF_S), default=2, help="After 2, 10 and 60 seconds.", only_with={"method": REPEATABLE}
    )
    save_as = Variable("Keep the answer as", help="It holds status and body.")
    mapping = Names(
        "Keep parts of it", help="Variables and where their values stand, as JMESPath over status, headers and body: body.order.id"
    )

    def run(self, step: Step) -> Outcome:
        step.memory.pop("tried", None)
        return self._ask(step)

    def resume(self, step: Step, answer: Answer) -> Outcome:
        return self._ask(step)

    def may_repeat(self) -> bool:
        return self.method in SAFE

    def _ask(self, step: Step) -> Outcome:
        try:
            answer = step.http(self.method, target(step, self.url), **self._request(step))
        except Upstream as refused:
            if refused.permanent:
                raise
            return self._later(step, refused)
        self._keep(step, answer)
        if answer.status == 429 or answer.status >= 500:
            return self._later(step, Upstream(f"The server answered {answer.status}.", code="http_status"))
        if answer.status >= 400:
            raise Upstream(f"The server answered {answer.status}.", permanent=True, code="http_status")
        for name, expression in (self.mapping or {}).items():
            step.set(name, evaluate(expression, {"status": answer.status, "headers": answer.headers, "body": answer.body}))
        return Go()

    def _later(self, step: Step, refused: Upstream) -> Outcome:
        """Rest until the next attempt: a worker does not sleep."""
        tried = int(step.memory.get("tried", 0))
        if self.method not in SAFE or tried >= min(int(self.retries), len(BACK_OFF_S)):
            raise refused
        step.memory["tried"] = tried + 1
        return Wait("time", step.now + timedelta(seconds=BACK_OFF_S[tried]))

    def _request(self, step: Step) -> dict[str, Any]:
        headers = headers_of(step, self.headers)
        content = Written(())
        if self.body_kind in TYPES and self.method in CARRIES:
            content = self._content(step)
            headers = {"Content-Type": TYPES[self.body_kind], **headers}
        return {"headers": headers, "content": content, "timeout_s": float(self.timeout_s)}

    def _content(self, step: Step) -> Written:
        if self.body_kind == "json":
            return json_body(step, self.body or "{}")
        if self.body_kind == "form":
            pairs = (joined("=", [Written((quote(name, safe=""),)), step.write(text, "url")]) for name, text in (self.form or {}).items())
            return joined("&", pairs)
        return step.write(self.body or "")

    def _keep(self, step: Step, answer: HttpAnswer) -> None:
        if self.save_as:
            step.set(self.save_as, {"status": answer.status, "body": answer.body})

    def check(self) -> Iterator[Wrong]:
        yield from web_address("url", self.url)
        yield from variable_names("mapping", self.mapping)
        for name, written in self.mapping.items() if isinstance(self.mapping, dict) else ():
            yield from (Wrong(f"mapping.{name}", one.code, one.message) for one in Expression(name).check(written, "mapping"))
        yield from header_names("headers", self.headers)


class Webhook(Doing):
    """Tells another system and goes on at once: nobody waits for its answer, and it is tried again until it is taken."""

    type, title, category, icon = "webhook", "Webhook", "connect", "webhook"

    url = Text("Web address", longest=LONGEST_LINK, required=True, secrets=True)
    headers = Names("Headers", secrets=True, help="A key of the other system: {{secret.its_name}}.")
    body = Text("JSON", lines=6, longest=20_000, secrets=True, help="Empty: the contact, the conversation and the last message.")

    def do(self, step: Step) -> None:
        if (self.body or "").strip():
            body = json_body(step, self.body)
        else:
            said = {name: step.get(name) for name in ("contact", "conversation", "message")}
            body = Written((json.dumps(said, ensure_ascii=False),))
        headers = {"Content-Type": TYPES["json"], **headers_of(step, self.headers)}
        step.act("webhook", url=target(step, self.url), headers=headers, body=body)

    def check(self) -> Iterator[Wrong]:
        yield from web_address("url", self.url)
        yield from header_names("headers", self.headers)


class SendEmail(Doing):
    """Sends a letter through the shop's own mail server."""

    type, title, category, icon = "send_email", "Send an e-mail", "connect", "mail"

    to = Text("To", longest=320, required=True)
    subject = Text("Subject", longest=200, required=True)
    text = Text("Text", lines=6, longest=20_000, required=True)

    def do(self, step: Step) -> None:
        said = step.fill(self.to, "header")
        to = read_mail(said)
        if to is None:
            raise Invalid(f"“{said[:60]}” is no e-mail address.", code="bad_email")
        step.act("email", to=to, subject=step.fill(self.subject, "header"), text=step.fill(self.text))


def target(step: Step, written: str) -> Written:
    """The address with its values encoded; one that it begins with is taken as it stands, since it holds the server."""
    head, rest = split_address(written)
    found = Written((*step.write(head).parts, *step.write(rest, "url").parts))
    return found if found.names else Written((found.shown().strip(),))


def json_body(step: Step, written: str) -> Written:
    """JSON with its values filled in. Raises Invalid when it is none."""
    filled = step.write(written, "json")
    try:
        json.loads(filled.with_secrets(lambda _: "0"))
    except (ValueError, RecursionError):
        raise Invalid("The body is no JSON once its values are filled in. Put values that are texts in quotes.", code="not_json") from None
    return filled


def headers_of(step: Step, headers: dict[str, str] | None) -> dict[str, str | Written]:
    """Headers with their values, none of which can begin a header of its own."""
    return {name: step.write(text, "header") for name, text in (headers or {}).items()}


def header_names(path: str, headers: Mapping[str, str] | None) -> Iterator[Wrong]:
    """Names of headers are plain words, and those of the connection are ours."""
    for name in headers or {}:
        if not HEADER.fullmatch(name):
            yield Wrong(f"{path}.{name}", "bad_header", f"“{name[:40]}” cannot be the name of a header.")
        elif name.lower() in OURS:
            yield Wrong(f"{path}.{name}", "bad_header", f"The box writes “{name}” itself. Leave it out.")
