"""httpx speaks to the fake Graph without a socket."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from wablast_box.simulator.faults import FaultKind
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.transport import AsyncGraphTransport, GraphTransport

PATH = "/v24.0/106540352242922/messages"
BODY = {"messaging_product": "whatsapp", "to": "919845012345", "type": "text", "text": {"body": "Yes"}}


@pytest.fixture
def client(meta):
    headers = {"authorization": "Bearer EAASIMULATOR"}
    with httpx.Client(transport=GraphTransport(meta.graph), base_url="https://graph.facebook.com", headers=headers) as one:
        yield one


def test_a_send_goes_through_the_synchronous_client(client, kabir):
    assert client.post(PATH, json=BODY).json()["messages"][0]["id"].startswith("wamid.")


def test_a_send_goes_through_the_asynchronous_client(meta, kabir):
    async def send():
        headers = {"authorization": "Bearer EAASIMULATOR"}
        async with httpx.AsyncClient(transport=AsyncGraphTransport(meta.graph), headers=headers) as client:
            return await client.post("https://graph.facebook.com" + PATH, json=BODY)

    assert asyncio.run(send()).status_code == 200


def test_an_upload_of_httpx_is_understood(client, meta):
    files = {"file": ("a.png", b"\x89PNG", "image/png")}
    answer = client.post("/v24.0/106540352242922/media", data={"messaging_product": "whatsapp", "type": "image/png"}, files=files)

    assert meta.state.media[answer.json()["id"]].data == b"\x89PNG"


def test_a_cut_connection_is_an_httpx_error(client, meta, kabir):
    meta.faults.add(FaultKind.CUT_AFTER)

    with pytest.raises(httpx.RemoteProtocolError):
        client.post(PATH, json=BODY)


def test_an_answer_slower_than_the_client_waits_is_a_timeout(client, meta, kabir):
    meta.faults.add(FaultKind.DELAY, delay_s=30)

    with pytest.raises(httpx.ReadTimeout):
        client.post(PATH, json=BODY, timeout=0.01)


def test_the_graph_may_live_under_a_prefix(mailbox):
    meta = FakeMeta(post=mailbox, graph_url="http://127.0.0.1:8080/simulator/graph")
    with httpx.Client(transport=GraphTransport(meta.graph)) as client:
        answer = client.get("http://127.0.0.1:8080/simulator/graph/v24.0/106540352242922", headers={"authorization": "Bearer EAASIMULATOR"})

    assert answer.status_code == 200
