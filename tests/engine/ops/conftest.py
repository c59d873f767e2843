"""A fake Meta behind the box's connection to Graph: no socket, the real client."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from wablast_box.engine.meta import connection
from wablast_box.engine.meta.client import GraphClient
from wablast_box.engine.notifications import alarms
from wablast_box.engine.ops import addresses, watch
from wablast_box.engine.ops.number_checks import Credentials
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Account
from wablast_box.simulator.transport import GraphTransport

RIGHT = Credentials(
    access_token=Account.access_token,
    phone_number_id=Account.phone_number_id,
    waba_id=Account.waba_id,
    app_secret=Account.app_secret,
    verify_token=Account.verify_token,
)


@pytest.fixture
def verified() -> list[str]:
    """The addresses that the fake Meta called to see whether they answer."""
    return []


@pytest.fixture
def meta(box: Path, verified: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMeta]:
    """The fake Meta that this box speaks to."""

    def verify(address: str, token: str, challenge: str) -> bool:
        verified.append(f"{address} {token}")
        return True

    fake = FakeMeta(verify=verify)
    monkeypatch.setattr(connection, "GraphClient", partial(GraphClient, transport=GraphTransport(fake.graph)))
    connection.use_graph_url(fake.graph.graph_url)
    addresses.use_addresses(local="http://127.0.0.1:8422", public=None)
    watch.begin(box)
    yield fake
    connection.close_connection()
    for key in list(alarms.held_keys()):
        alarms.release_alarm(key)
    fake.stop()
