"""A pretend Graph that answers what a test tells it to and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from wablast_box.engine.meta.client import GraphClient

TOKEN = "EAAtesttoken0123456789abcdef"
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class PretendGraph:
    """Answers in the order they were put in; the last one is repeated."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[Answer] = []

    def will(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def says(self, *bodies: Any, status: int = 200) -> None:
        self.will(*(httpx.Response(status, json=body) for body in bodies))

    def refuses(self, code: int, *, status: int = 400, **error: Any) -> None:
        self.says({"error": {"code": code, "message": f"(#{code}) no", "type": "OAuthException", **error}}, status=status)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer


@pytest.fixture
def graph() -> PretendGraph:
    return PretendGraph()


@pytest.fixture
def client(graph: PretendGraph) -> Iterator[GraphClient]:
    client = GraphClient("https://graph.test", "v24.0", TOKEN, transport=httpx.MockTransport(graph))
    yield client
    client.close()
