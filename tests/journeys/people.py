"""What Asha does in the inbox and Kabir on his phone, as a script reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

# What a customer does, by the simulator's own door: the body of the act, and what it answers.
Act = Callable[..., dict[str, Any]]
# Notes every state that the ticks of one bubble go through: they may change faster than anybody can ask.
_WATCH_TICKS = """
(words) => {
  window.ticksSeen = [];
  const look = () => {
    for (const line of document.querySelectorAll('[role=log] [data-index]')) {
      const ticks = line.querySelector('[role=img][data-state]');
      if (line.textContent.includes(words) && ticks && ticks.dataset.state !== window.ticksSeen.at(-1)) window.ticksSeen.push(ticks.dataset.state);
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}
"""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A window of the team."""

    page: Page

    def shows(self, words: str) -> Locator:
        """The bubble with these words in the open conversation."""
        return self.page.get_by_role("log").locator("[data-index]").filter(has_text=words)

    def row(self, customer: str) -> Locator:
        """The customer's line in the list of conversations."""
        return self.page.locator("a").filter(has=self.page.get_by_text(customer, exact=True)).first

    def opens(self, customer: str) -> None:
        self.row(customer).click()
        expect(self.page.get_by_role("log")).to_be_visible()

    def answers(self, words: str) -> None:
        box = self.page.get_by_label("Message", exact=True)
        box.fill(words)
        box.press("Enter")

    def watches_ticks_of(self, words: str) -> None:
        self.page.evaluate(_WATCH_TICKS, words)

    def ticks_seen(self) -> list[str]:
        return list(self.page.evaluate("window.ticksSeen"))

    def expects_ticks(self, words: str, state: str) -> None:
        expect(self.shows(words).locator(f"[role=img][data-state={state}]")).to_be_visible(timeout=15_000)

    @property
    def phone(self) -> Phone:
        """The pretend phone that stands beside the inbox."""
        return Phone(self.page.frame_locator("iframe[title='Pretend phone']"))


@dataclass(frozen=True, slots=True)
class Phone:
    """A customer's WhatsApp."""

    frame: FrameLocator | Page

    def belongs_to(self, customer: str) -> None:
        self.frame.get_by_role("tab", name=customer).click()

    def says(self, words: str) -> None:
        box = self.frame.locator("#text")
        box.fill(words)
        box.press("Enter")

    def expects(self, words: str) -> None:
        expect(self.frame.locator("#thread").get_by_text(words, exact=True)).to_be_visible(timeout=15_000)
