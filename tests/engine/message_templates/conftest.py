"""A connected number, and a fake Meta that holds templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.message_templates.pretending import WABA
from tests.engine.outbox.sending import GRAPH_URL, connect
from wablast_box.engine.message_templates import sync
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.settings import store
from wablast_box.engine.webhooks.accept import accept, knock
from wablast_box.engine.webhooks.process import process_due
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import GraphTransport


@pytest.fixture
def meta(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    """A connected number; the webhooks of the fake Meta reach the box when they are carried."""
    connect()
    store.put("waba_id", WABA)

    def post(url: str, headers: Any, body: bytes) -> int:
        accept([knock("meta", body)])
        process_due()
        return 200

    fake = FakeMeta(callback_url="http://box.test/hooks/meta", post=post)
    client = GraphClient(GRAPH_URL, "v24.0", fake.state.account.access_token, transport=GraphTransport(fake.graph))
    monkeypatch.setattr(sync, "our_client", lambda: client)
    yield fake
    client.close()
