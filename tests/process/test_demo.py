"""The demo, as a newcomer starts it: no Meta account, no screen."""

from __future__ import annotations

import http.cookiejar
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.process.conftest import Running, Start, command, fetch, until

SIMULATOR_SECRET = "simulator-app-secret"


class Newcomer:
    """A browser that keeps its cookie."""

    def __init__(self, box: Running):
        self._box = box
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))
        self.session: dict[str, Any] = {}

    def opens(self, url: str) -> None:
        self._opener.open(url, timeout=20).close()
        self.session = self.asks("/session")

    def asks(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self.session.get("csrf_token") or ""}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self._box.address}/api/v1{path}", data=data, headers=headers)
        with self._opener.open(request, timeout=20) as answer:
            return json.loads(answer.read())

    def conversation_of(self, name: str) -> Any:
        return next((c for c in self.asks("/conversations")["items"] if c["contact"]["name"].startswith(name)), None)


def customer_does(box: Running, who: str, what: dict[str, Any]) -> Any:
    return fetch(f"{box.address}/simulator/control/customers/{who}/acts", json.dumps(what).encode(), {"Content-Type": "application/json"}).json()


def phone_of(box: Running, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = box.get(f"/simulator/control/customers/{who}/messages").json()["items"]
    return found


def sign_in(box: Running) -> Newcomer:
    asha = Newcomer(box)
    asha.opens(box.says(r"(http://\S+/demo/sign-in\?token=\S+)").group(1))
    return asha


@pytest.mark.feature("OP-19")
@pytest.mark.feature("OP-02")
def test_a_newcomer_signs_in_by_the_printed_link_reads_answers_and_sees_the_ticks(start: Start) -> None:
    box = start("demo")
    asha = sign_in(box)
    kabir = until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or "") and c)
    assert asha.session["signed_in"] and asha.session["demo"]["phone_url"] == "/simulator/phone"
    assert asha.session["user"]["role"] == "OWNER"

    customer_does(box, "kabir", {"type": "text", "text": "hi 👋 ನಮಸ್ಕಾರ"})
    until(lambda: asha.conversation_of("Kabir")["last_message"]["text"] == "hi 👋 ನಮಸ್ಕಾರ", within_s=5)
    sent = asha.asks(f"/conversations/{kabir['id']}/messages", {"type": "text", "text": {"body": "Hello again, Kabir"}})
    arrived = until(lambda: [m for m in phone_of(box, "kabir") if not m["mine"] and m["content"] == {"body": "Hello again, Kabir"}], within_s=10)
    customer_does(box, "kabir", {"type": "read"})
    read = until(lambda: (m := asha.asks(f"/messages/{sent['id']}")) and m["state"] == "read" and m, within_s=10)

    assert len(arrived) == 1
    assert read["wamid"] == arrived[0]["wamid"]


@pytest.mark.feature("CN-07")
def test_the_demo_finishes_its_own_set_up_because_messages_went_both_ways(start: Start) -> None:
    box = start("demo")
    asha = sign_in(box)

    state = until(lambda: (s := asha.asks("/setup")) and s["finished_at"] and s, within_s=20)

    assert state["proof"]["received_at"] and state["proof"]["sent_at"]
    assert {check["name"]: check["ok"] for check in state["checks"]}["access_token"] is True
    assert asha.asks("/number")["display_phone_number"]


def test_the_printed_password_works_and_the_link_only_once(start: Start) -> None:
    box = start("demo")
    link = box.says(r"(http://\S+/demo/sign-in\?token=\S+)").group(1)
    email, password = box.says(r"sign in as (\S+) with the password (\S+)").groups()

    first, second, by_password = Newcomer(box), Newcomer(box), Newcomer(box)
    first.opens(link)
    second.opens(link)
    signed_in = by_password.asks("/session", {"email": email, "password": password})

    assert (first.session["signed_in"], second.session["signed_in"], signed_in["signed_in"]) == (True, False, True)


def test_a_second_run_on_the_same_folder_goes_on_where_the_first_one_ended(start: Start, tmp_path: Path) -> None:
    box = start("demo")
    asha = sign_in(box)
    until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or ""))
    before = len(asha.asks("/conversations")["items"])
    box.stops()

    again = start("demo")
    asha = sign_in(again)
    kabir = until(lambda: asha.conversation_of("Kabir"))
    # Both sides must agree that the 24 hours still run, or this answer is refused.
    sent = asha.asks(f"/conversations/{kabir['id']}/messages", {"type": "text", "text": {"body": "Kept for you until Saturday"}})
    delivered = until(lambda: (m := asha.asks(f"/messages/{sent['id']}")) and m["state"] in ("delivered", "read", "failed") and m, within_s=10)

    assert len(asha.asks("/conversations")["items"]) == before
    assert delivered["error"] is None


def words_of(box: Running, who: str) -> list[str]:
    return [m["content"].get("body", m["type"]) for m in phone_of(box, who)]


def test_on_the_phones_each_answer_stands_before_what_the_customer_says_next(start: Start) -> None:
    box = start("demo")
    asha = sign_in(box)
    until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or ""))

    story = {who: [(m["mine"], m["at"]) for m in phone_of(box, who)] for who in ("lakshmi", "imran", "kabir")}

    assert {who: [mine for mine, _ in said] for who, said in story.items()} == {who: [True, False, True] for who in story}
    assert all([at for _, at in said] == sorted(at for _, at in said) for said in story.values())


def test_the_phones_remember_their_chats_over_a_restart_even_a_hard_one(start: Start) -> None:
    box = start("demo")
    asha = sign_in(box)
    until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or ""))
    box.stops()
    before = start("demo")
    told = words_of(before, "kabir")
    customer_does(before, "kabir", {"type": "text", "text": "One more thing"})
    until(lambda: "One more thing" in (box.data / "phones" / "chats.json").read_text())
    before.process.kill()
    before.process.wait(10)

    again = start("demo")

    assert len(told) == 3 and "Saturday" in told[-1]
    assert words_of(again, "kabir") == [*told, "One more thing"]
    assert "image" in words_of(again, "ananya")


def test_a_demo_whose_box_was_emptied_tells_its_story_once(start: Start, tmp_path: Path) -> None:
    box = start("demo")
    asha = sign_in(box)
    until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or ""))
    box.stops()
    for file in (tmp_path / "data").glob("box.db*"):
        file.unlink()

    again = start("demo")
    asha = sign_in(again)
    until(lambda: (c := asha.conversation_of("Kabir")) and "Saturday" in (c["last_message"]["text"] or ""))

    assert len(words_of(again, "kabir")) == 3


def test_the_demo_never_touches_the_folder_of_a_real_box(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command("setup", "--data", str(data), "--business", "Asha Textiles")

    refused = command("demo", "--data", str(data), "--port", "0", "--no-browser")

    assert refused.returncode == 1
    assert "real box" in refused.stderr


@pytest.mark.feature("OP-19")
def test_every_public_payload_of_metas_is_accepted_by_a_running_demo(start: Start, meta_payloads: Path) -> None:
    box = start("demo")
    asha = sign_in(box)
    files = sorted(meta_payloads.glob("*.json"))
    assert files, "needs payloads"

    statuses = {box.meta_posts(file.read_bytes(), SIMULATOR_SECRET).status for file in files}
    until(lambda: asha.asks("/diagnostics")["webhook_events"]["pending"] == 0)

    assert statuses == {200}
    assert asha.asks("/diagnostics")["webhook_events"]["failed"] == 0
    assert len(asha.asks("/conversations?limit=200")["items"]) > 8
    assert box.get("/readyz").status == 200
