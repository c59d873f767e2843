"""Coming in: a passkey of a pretend device, an invitation into a role that hides numbers, Google, and being signed out from afar."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..oidc import CLIENT_ID, CLIENT_SECRET, google
from ..patience import BUSY
from .demo import Demo, running_demo
from .people import Inbox

pytestmark = pytest.mark.slow

NEW = "tamarind under the bridge"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def signs_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/signin")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def has_a_fingerprint_reader(page: Page) -> None:
    """Chromium's own pretend authenticator, which says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@pytest.mark.feature("TM-07")
def test_asha_signs_in_with_her_finger_and_with_a_recovery_code(demo: Demo, page_without_errors: Page) -> None:
    # Passkeys need a name: the same box, called localhost.
    page, home = page_without_errors, demo.address.replace("127.0.0.1", "localhost")
    has_a_fingerprint_reader(page)
    signs_in(page, home, demo.email, demo.password)
    page.wait_for_url("**/inbox**")
    page.goto(f"{home}/settings/account")
    expect(page.get_by_text("Your role needs a second factor by")).to_be_visible()

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("textbox", name="What to call it").fill("Shop laptop")
    page.get_by_role("button", name="Go on").click()
    shown = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(shown).to_have_count(10)
    codes = shown.all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Shop laptop", exact=True)).to_be_visible()
    expect(page.get_by_text("Your role needs a second factor by")).to_have_count(0)

    page.context.clear_cookies()
    page.goto(f"{home}/signin")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/inbox**")

    page.context.clear_cookies()
    signs_in(page, home, demo.email, demo.password)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_role("textbox", name="Recovery code").fill(codes[3])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/inbox**")


@pytest.mark.feature("TM-03", "TM-05", "TM-08", "IN-35")
def test_a_helper_is_invited_sees_no_numbers_and_is_signed_out_from_afar(
    demo: Demo, page_without_errors: Page, second_window: Callable[[], Page]
) -> None:
    asha, sunil = page_without_errors, second_window()
    asha.goto(demo.link)
    expect(Inbox(asha).row("Kabir Mehta")).to_be_visible()
    number = asha.evaluate(
        "fetch('/api/v1/conversations').then((a) => a.json()).then((b) => b.items.find((c) => c.contact.phone).contact.phone)"
    )
    asha.goto(f"{demo.address}/settings/roles")
    asha.get_by_role("button", name="New role").click()
    asha.get_by_role("textbox", name="Name").fill("Discreet helper")
    asha.get_by_role("switch", name="Hide customers’ numbers").check(force=True)
    asha.get_by_role("button", name="Create role").click()
    expect(asha.get_by_role("button", name=re.compile("Discreet helper"))).to_be_visible()

    asha.goto(f"{demo.address}/settings/people")
    asha.get_by_role("button", name="Invite somebody").click()
    asha.get_by_role("textbox", name="Name").fill("Sunil")
    asha.get_by_role("textbox", name="E-mail").fill("sunil@example.com")
    asha.get_by_role("radio", name=re.compile("Discreet helper")).check()
    asha.get_by_role("button", name="Invite", exact=True).click()
    link = asha.get_by_label("Invitation for Sunil").inner_text()
    asha.get_by_role("button", name="Done").click()
    expect(asha.get_by_text("sunil@example.com")).to_be_visible()

    sunil.goto(link)
    expect(sunil.get_by_role("heading", name="Join Asha Textiles")).to_be_visible()
    sunil.get_by_role("textbox", name="New password").fill(NEW)
    sunil.get_by_role("button", name="Join and sign in").click()
    expect(Inbox(sunil).row("Kabir Mehta")).to_be_visible()
    assert "token=" not in sunil.url
    told = sunil.evaluate(
        "Promise.all(['conversations', 'messages', 'contacts'].map((p) => fetch('/api/v1/' + p).then((a) => a.text()))).then((b) => b.join())"
    )
    digits = re.sub(r"\D", "", number)
    assert len(digits) >= 10 and digits[-10:] not in re.sub(r"\D", "", told) and "••••••" in told

    asha.reload()
    asha.get_by_role("button", name="Sunil", exact=True).click()
    asha.get_by_role("button", name=re.compile("Sign out Chrome")).click()
    expect(sunil.get_by_role("heading", name="Sign in")).to_be_visible(timeout=4_000 * BUSY)

    asha.goto(f"{demo.address}/settings/audit")
    expect(asha.get_by_role("button", name="Accepted an invitation")).to_be_visible()
    asha.get_by_role("button", name="Check the log").click()
    expect(asha.get_by_text(re.compile("The log is whole"))).to_be_visible()


@pytest.mark.feature("TM-02")
def test_google_is_set_up_linked_and_used(tmp_path: Path, page_without_errors: Page) -> None:
    page = page_without_errors
    with google() as pretend, running_demo(tmp_path / "data", WABLAST_BOX_GOOGLE_URL=pretend.url) as demo:
        pretend.account |= {"email": demo.email, "name": "Asha"}
        page.goto(demo.link)
        expect(Inbox(page).row("Kabir Mehta")).to_be_visible()
        page.goto(f"{demo.address}/settings/security")
        page.get_by_role("textbox", name="Client id").fill(CLIENT_ID)
        page.get_by_label("Client secret").fill(CLIENT_SECRET)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Kept, ends in")).to_be_visible()

        page.goto(f"{demo.address}/settings/account")
        page.get_by_role("button", name="Link Google").click()
        expect(page.get_by_text(f"Linked with {demo.email}")).to_be_visible()

        page.goto("about:blank")
        page.context.clear_cookies()
        page.goto(f"{demo.address}/signin?next=/settings/account")
        page.get_by_role("button", name="Continue with Google").click()
        expect(page.get_by_text(f"Linked with {demo.email}")).to_be_visible()

        # A page that asks something without its cookie goes to the sign-in by itself, into the way of the one below.
        page.goto("about:blank")
        page.context.clear_cookies()
        pretend.account |= {"sub": "another"}
        page.goto(f"{demo.address}/signin")
        page.get_by_role("button", name="Continue with Google").click()
        expect(page.get_by_role("alert")).to_contain_text("This Google account is not linked yet.")
