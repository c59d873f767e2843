"""A language model's server for tests, on a real socket: the chat API of OpenAI and its like, and AnythingLLM's own.

`says` is what it answers, one after the other (the last one again and again): a text, an object (JSON in a text), calls of
tools by `wants(…)`, or a `Rude` answer. `asked` is what it was asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Rude:
    """Anything but an answer: a status with these bytes, after a while or when it may (`held`), or nothing at all (`hangs_up`)."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    after_s: float = 0
    hangs_up: bool = False
    held: threading.Event | None = None


def wants(tool: str, text: str = "", **arguments: Any) -> dict[str, Any]:
    """The model would use a tool."""
    return {"tool": tool, "text": text, "arguments": arguments}


def error(status: int, message: str = "no", **headers: str) -> Rude:
    """As OpenAI words its refusals."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
    return Rude(status, json.dumps(body).encode(), headers)


class ModelServer:
    """What it says, what it was asked, and where it is."""

    def __init__(self, port: int, says: tuple[Any, ...], *, counts: bool = True):
        self.port, self.says, self.counts = port, list(says), counts
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def seen(self, at: int = -1) -> str:
        """Everything that stood in a question."""
        return json.dumps(self.asked[at], ensure_ascii=False)

    def begin(self, path: str, key: str | None, body: dict[str, Any]) -> Any:
        with self._lock:
            self.paths.append(path)
            self.keys.append(key)
            self.asked.append(body)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            return self.says.pop(0) if len(self.says) > 1 else self.says[0]

    def end(self) -> None:
        with self._lock:
            self.at_once -= 1

    def completion(self, said: Any) -> dict[str, Any]:
        """As /chat/completions answers."""
        message: dict[str, Any] = {"role": "assistant", "content": said if isinstance(said, str) else json.dumps(said)}
        reason = "stop"
        if isinstance(said, dict) and "tool" in said and "arguments" in said:
            function = {"name": said["tool"], "arguments": json.dumps(said["arguments"])}
            calls = [{"id": f"call_{len(self.asked)}", "type": "function", "function": function}]
            message, reason = {"role": "assistant", "content": said["text"] or None, "tool_calls": calls}, "tool_calls"
        answer = {
            "id": "chatcmpl-1", "object": "chat.completion", "created": int(time.time()), "model": self.asked[-1].get("model"),
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        }  # fmt: skip
        return answer | ({"usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}} if self.counts else {})

    def chat(self, said: Any) -> dict[str, Any]:
        """As AnythingLLM's /workspace/{slug}/chat answers."""
        text = said if isinstance(said, str) else json.dumps(said)
        metrics = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120, "outputTps": 9.1, "duration": 2.2}
        return {
            "id": "1", "type": "textResponse", "close": True, "error": None, "chatId": 1, "textResponse": text, "sources": [],
            "metrics": metrics if self.counts else {},
        }  # fmt: skip


class _Answering(BaseHTTPRequestHandler):
    """One request. Its class is derived for each server, with the server's `model`."""

    model: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or None
        said = self.model.begin(self.path, key, body)
        try:
            self._answer(said)
        except OSError:
            pass  # the box did not wait for it
        finally:
            self.model.end()

    def _answer(self, said: Any) -> None:
        if isinstance(said, Rude):
            time.sleep(said.after_s)
            if said.held:
                said.held.wait(60)
            if said.hangs_up:
                self.close_connection = True
                return
            self._send(said.status, said.body, said.headers)
        elif self.path.endswith("/chat/completions"):
            self._send(200, json.dumps(self.model.completion(said)).encode(), {})
        elif "/workspace/" in self.path and self.path.endswith("/chat"):
            self._send(200, json.dumps(self.model.chat(said)).encode(), {})
        else:
            self._send(404, b'{"error": "no such route"}', {})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        pass


@contextmanager
def a_model(*says: Any, counts: bool = True) -> Iterator[ModelServer]:
    """A model that answers on this machine until the block ends."""
    handler: Any = type("Answering", (_Answering,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.model = model = ModelServer(server.server_port, says or ("Hello",), counts=counts)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
