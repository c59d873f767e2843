"""The demo runs on real input: every public payload of Meta, posted as Meta posts it, is taken and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.process.conftest import Start, fetch, until
from tests.process.test_demo import Newcomer, sign_in
from wablast_box.engine.meta.signature import sign


def names_of(asha: Newcomer) -> set[str]:
    return {c["contact"]["name"] for c in asha.asks("/conversations?limit=200")["items"]}


@pytest.mark.feature("OP-19")
@pytest.mark.feature("CN-21")
def test_every_public_payload_is_taken_by_the_demo_and_shown_in_its_inbox(start: Start, meta_payloads: Path) -> None:
    files = sorted(meta_payloads.glob("*.json"))
    assert len(files) > 100, "the folder of payloads is nearly empty"
    box = start("demo")
    secret = box.says(r"signed with the app secret (\S+)").group(1)
    asha = sign_in(box)

    answers = []
    for file in files:
        raw = file.read_bytes()
        answers.append(fetch(f"{box.address}/hooks/meta", raw, {"X-Hub-Signature-256": sign(raw, secret.encode())}).status)
    until(lambda: asha.asks("/diagnostics")["webhook_events"]["pending"] == 0, within_s=20)

    assert set(answers) == {200}
    assert asha.asks("/diagnostics")["webhook_events"]["failed"] == 0
    # The demo's own story goes on beside them, one person after the other.
    until(lambda: {"Sheena Nelson", "Kabir Mehta"} <= names_of(asha), within_s=20)
    kinds = {m["type"] for m in asha.asks("/messages?limit=200")["items"]}
    assert {"text", "image", "audio", "video", "document", "sticker", "location", "contacts", "interactive", "order"} <= kinds
