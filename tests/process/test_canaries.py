"""What must never be written down: planted everywhere, looked for everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.process.conftest import Start, command, fetch, inbound, until

TOKEN, SECRET, VERIFY = "EAAcanaryToken0123456789", "canary5ecret0123456789abcdef01", "canary-verify-token"
PASSWORD, WRONG, TEXT, PHONE = "canary marigold on the 7th stair", "canary wrong guess", "canary ಪ್ರೀತಿಯ ಸಂದೇಶ", "919845099887"


@pytest.mark.feature("CP-07")
@pytest.mark.feature("CP-01")
def test_no_credential_text_or_number_reaches_a_log_the_terminal_or_the_database_in_clear(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    words = (
        "setup", "--data", str(data), "--owner-email", "asha@example.com", "--owner-password-stdin", "--phone-number-id", "106540352242922",
        "--waba-id", "1", "--access-token", TOKEN, "--app-secret", SECRET, "--verify-token", VERIFY, "--no-check",
    )  # fmt: skip
    assert command(*words, given=PASSWORD + "\n").returncode == 0
    box = start(environment={"WABLAST_BOX_LOG_LEVEL": "debug"})
    key = box.key()
    signing_in = {"email": "asha@example.com", "password": WRONG}

    box.meta_posts(inbound(TEXT, 1, PHONE), SECRET)
    box.meta_posts(inbound(TEXT, 2, PHONE), "not the secret")
    box.meta_posts(b"{" + TEXT.encode(), SECRET)
    box.get(f"/hooks/meta?hub.mode=subscribe&hub.verify_token={VERIFY}&hub.challenge=1")
    fetch(f"{box.address}/api/v1/session", json.dumps(signing_in).encode(), {"Content-Type": "application/json"})
    until(lambda: box.api("/conversations", key)["items"])
    conversation = box.api("/conversations", key)["items"][0]["id"]
    answer = json.dumps({"type": "text", "text": {"body": TEXT}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    sent = fetch(f"{box.address}/api/v1/conversations/{conversation}/messages", answer, headers)
    doctor = command("doctor", "--data", str(data), environment={"WABLAST_BOX_GRAPH_URL": "http://127.0.0.1:9"})
    box.stops()

    logs = "".join(file.read_text() for file in (data / "logs").iterdir())
    said = "\n".join(box.printed) + doctor.stdout + doctor.stderr + logs
    assert sent.status == 201 and logs, "needs something to look through"
    for canary in (TOKEN, SECRET, VERIFY, PASSWORD, WRONG, TEXT, PHONE, key):
        assert canary not in said, canary
    database = (data / "box.db").read_bytes() + (data / "tasks.db").read_bytes()
    for canary in (TOKEN, SECRET, VERIFY, PASSWORD, WRONG, key):
        assert canary.encode() not in database, canary
