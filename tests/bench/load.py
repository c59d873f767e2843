"""A load generator that costs little itself: keep-alive connections, requests made beforehand, answers barely read."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..storm.box import APP_SECRET


@dataclass(slots=True)
class Result:
    """What one burst gave."""

    began: float = 0.0
    seconds: float = 0.0
    latencies_s: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def count(self) -> int:
        return len(self.latencies_s)

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


async def burst(port: int, requests: Iterable[bytes], *, connections: int = 64) -> Result:
    """Send all requests over so many connections, each as soon as the one before is answered."""
    waiting, result = iter(requests), Result()
    began = time.perf_counter()
    await asyncio.gather(*(_speak(port, waiting, result) for _ in range(connections)))
    result.seconds = time.perf_counter() - began
    return result


async def paced(port: int, requests: Iterable[bytes], *, per_second: float, connections: int = 64) -> Result:
    """Send at a steady rate, whatever the answers take."""
    result = Result()
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(connections):
        idle.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    running = []
    began = result.began = time.perf_counter()
    for number, request in enumerate(requests):
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        running.append(asyncio.create_task(_once(idle, request, result)))
    await asyncio.gather(*running)
    result.seconds = time.perf_counter() - began
    while not idle.empty():
        idle.get_nowait()[1].close()
    return result


def post(body: bytes, path: str = "/hooks/meta") -> bytes:
    """A signed POST as it goes over the wire."""
    signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}X-Hub-Signature-256: sha256={signature}\r\n\r\n".encode() + body


def messages(count: int, *, tag: str, customers: int = 500) -> Iterator[bytes]:
    """So many webhooks of one message each, about 960 bytes as Meta's are."""
    for number in range(count):
        yield webhook(f"wamid.{tag}{number:08d}", str(919_830_000_000 + number % customers), f"{tag} {number} " + "where is my order? " * 20)


def webhook(wamid: str, phone: str, text: str) -> bytes:
    """The body of a webhook that carries one text."""
    message = {"from": phone, "id": wamid, "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "919800000001", "phone_number_id": "106500000000001"},
        "contacts": [{"profile": {"name": f"Kabir {phone[-4:]}"}, "wa_id": phone}],
        "messages": [message],
    }
    entry = {"id": "104400000000001", "changes": [{"value": value, "field": "messages"}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}, separators=(",", ":")).encode()


async def _speak(port: int, waiting: Iterator[bytes], result: Result) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        await _exchange(reader, writer, request, result)
    writer.close()


async def _once(idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]], request: bytes, result: Result) -> None:
    reader, writer = await idle.get()
    await _exchange(reader, writer, request, result)
    idle.put_nowait((reader, writer))


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes, result: Result) -> None:
    began = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    if length:
        await reader.readexactly(length)
    if b" 200 " in head[:16]:
        result.latencies_s.append(time.perf_counter() - began)
    else:
        result.refused += 1
