"""Questions that are answered in words: a text, a number, an address, a day, a time. The answer is kept in one form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from wablast_box.engine.flows.node.amounts import read_number
from wablast_box.engine.flows.node.fields import Choice, Flag, Number, Text, Wrong
from wablast_box.engine.flows.node.patterns import LONGEST_PATTERN, compiled, matches_all
from wablast_box.engine.flows.node.saying import read_day, read_mail, read_phone, read_time, read_url
from wablast_box.engine.flows.node.step import Step
from wablast_box.engine.flows.nodes.asking import Question, words_of
from wablast_box.lib.errors import Invalid


class AskText(Question):
    """Asks for a text, which may have to fit a pattern."""

    type, title, icon = "ask_text", "Ask for a text", "message-question"

    least = Number("Characters at least", least=1, most=4096, default=1)
    most = Number("Characters at most", least=1, most=4096, default=1000)
    pattern = Text(
        "Pattern", longest=LONGEST_PATTERN, fills=False, help="A regular expression for the whole answer, such as [A-Z]{2}-[0-9]+"
    )

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        words = words_of(said)
        if not self.least <= len(words) <= self.most:
            return None
        return words if not self.pattern or matches_all(self.pattern, words) else None

    def check(self) -> Iterator[Wrong]:
        if self.least > self.most:
            yield Wrong("most", "out_of_range", "“Characters at most” is less than “Characters at least”.")
        try:
            if self.pattern:
                compiled(self.pattern)
        except Invalid as refused:
            yield Wrong("pattern", "not_a_pattern", refused.message)


class AskNumber(Question):
    """Asks for a number, also written as ₹1,200."""

    type, title, icon = "ask_number", "Ask for a number", "number"
    sorry = "Please send a number, for example 12."

    least = Number("At least", least=-1e12, most=1e12)
    most = Number("At most", least=-1e12, most=1e12)
    whole = Flag("Whole numbers only")

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        number = read_number(words_of(said))
        if number is None or (self.whole and number != int(number)):
            return None
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            return None
        return number

    def check(self) -> Iterator[Wrong]:
        if self.least is not None and self.most is not None and self.least > self.most:
            yield Wrong("most", "out_of_range", "“At most” is less than “At least”.")


class AskPhone(Question):
    """Asks for a phone number and keeps it with its country code."""

    type, title, icon = "ask_phone", "Ask for a phone number", "phone"
    sorry = "Please send a phone number, for example 98123 45678."

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        return read_phone(_phone_on_card(said) or words_of(said))


class AskEmail(Question):
    """Asks for an e-mail address."""

    type, title, icon = "ask_email", "Ask for an e-mail address", "mail-question"
    sorry = "Please send an e-mail address, for example name@example.com."

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        return read_mail(words_of(said))


class AskUrl(Question):
    """Asks for a web address."""

    type, title, icon = "ask_url", "Ask for a web address", "world-question"
    sorry = "Please send a web address, for example https://example.com."

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        return read_url(words_of(said))


class AskDate(Question):
    """Asks for a day: 25/12, 25 Dec, tomorrow, kal, Monday. It is kept as 2026-12-25."""

    type, title, icon = "ask_date", "Ask for a date", "calendar-question"
    sorry = "Please send a date, for example 25/12 or tomorrow."

    allowed = Choice(
        "Which days", {"any": "Any day", "today": "From today on", "tomorrow": "From tomorrow on", "past": "Until today"}, default="any"
    )
    days_ahead = Number("Days ahead at most", least=0, most=3650, default=0, help="0: no limit.")

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        today = step.now.astimezone(step.zone).date()
        day = read_day(words_of(said), today)
        if day is None or (self.days_ahead and day > today + timedelta(days=self.days_ahead)):
            return None
        fits = {"any": True, "today": day >= today, "tomorrow": day > today, "past": day <= today}
        return day.isoformat() if fits[self.allowed] else None


class AskTime(Question):
    """Asks for a time of day: 17:30, 5.30 pm, 5 baje. It is kept as 17:30."""

    type, title, icon = "ask_time", "Ask for a time", "clock-question"
    sorry = "Please send a time, for example 5:30 pm."

    earliest = Text("From", longest=5, fills=False, help="Such as 10:00")
    latest = Text("Until", longest=5, fills=False, help="Such as 19:30")

    def read(self, step: Step, said: Mapping[str, Any]) -> Any:
        found = read_time(words_of(said))
        earliest, latest = read_time(self.earliest or ""), read_time(self.latest or "")
        if found is None or (earliest is not None and found < earliest) or (latest is not None and found > latest):
            return None
        return f"{found:%H:%M}"

    def check(self) -> Iterator[Wrong]:
        for name in ("earliest", "latest"):
            written = getattr(self, name)
            if written and read_time(written) is None:
                yield Wrong(name, "not_a_time", "Write a time of day such as 10:00.")


def _phone_on_card(said: Mapping[str, Any]) -> str:
    """Customers also share a card of the address book."""
    cards = (said.get("content") or {}).get("contacts")
    phones = cards[0].get("phones") if isinstance(cards, list) and cards and isinstance(cards[0], dict) else None
    first = phones[0] if isinstance(phones, list) and phones and isinstance(phones[0], dict) else {}
    return str(first.get("phone") or first.get("wa_id") or "")
