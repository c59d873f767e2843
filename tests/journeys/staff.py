"""Others of the staff, and what the owner decides, without a walk through the pages that are not the story."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from .demo import Demo
from .people import Inbox

PASSWORD = "tamarind under the bridge"
_ASK = """
async ([method, path, body]) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'Content-Type': 'application/json', ...(csrf_token ? { 'X-CSRF-Token': csrf_token } : {}) };
  const answer = await fetch('/api/v1' + path, { method, headers, ...(body === null ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(method + ' ' + path + ': ' + await answer.text());
  return answer.status === 204 ? null : await answer.json();
}
"""


def asks(page: Page, method: str, path: str, body: Any = None) -> Any:
    """A request of whoever sits at this page."""
    return page.evaluate(_ASK, [method, path, body])


def sets(page: Page, **settings: Any) -> None:
    """Change settings of the box."""
    asks(page, "PATCH", "/settings", settings)


def both_sign_in(asha: Page, ravi: Page, demo: Demo) -> None:
    """The owner in one window, Ravi in another, both in the inbox."""
    asha.goto(demo.link)
    Inbox(asha).row("Kabir Mehta").wait_for()
    _ravi_signs_in(asha, ravi, demo)


def _ravi_signs_in(asha: Page, page: Page, demo: Demo) -> None:
    """Ravi follows the link that the owner made for him, and is in the inbox."""
    people = asks(asha, "GET", "/users")["items"]
    ravi = next(one["id"] for one in people if one["name"] == "Ravi Kumar")
    link = asks(asha, "POST", f"/users/{ravi}/password-link")["url"]
    page.goto(f"{demo.address}/signin")
    asks(page, "POST", "/password", {"token": link.rpartition("=")[2], "password": PASSWORD})
    page.goto(f"{demo.address}/inbox")
    expect(page.get_by_role("navigation").first).to_be_visible()
