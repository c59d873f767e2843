"""Where the box would stand: a mailbox for webhooks, and short words to ask the fake Graph."""

from __future__ import annotations

from typing import Any

import orjson

from wablast_box.simulator.app import SimulatorApp, create_app
from wablast_box.simulator.meta import FakeMeta
from wablast_box.simulator.records import Account, Settings
from wablast_box.simulator.state import State
from wablast_box.simulator.wire import Request, Response

CALLBACK = "http://box.test/hooks/meta"


class Mailbox:
    """Stands where the box stands: keeps each webhook, and answers as told."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []

    def __call__(self, url: str, headers: dict[str, str], body: bytes) -> int:
        self.posts.append((url, headers, body))
        return self.answers.pop(0) if self.answers else 200

    @property
    def changes(self) -> list[dict[str, Any]]:
        return [change for _, _, body in self.posts for entry in orjson.loads(body)["entry"] for change in entry["changes"]]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [message for change in self.changes for message in change["value"].get("messages", [])]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        return [status for change in self.changes for status in change["value"].get("statuses", [])]


class Caller:
    """The business's program: asks the Graph with its token."""

    def __init__(self, meta: FakeMeta):
        self._meta = meta
        self._account = meta.state.account

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None, query: dict[str, str] | None = None) -> Response:
        headers = {
            "authorization": f"Bearer {token or self._account.access_token}",
            "content-type": "application/json",
        }
        raw = body if isinstance(body, bytes) else b"" if body is None else orjson.dumps(body)
        return self._meta.graph.handle(Request(method, f"/v24.0{path}", query or {}, headers, raw))

    def phone(self, method: str, rest: str, body: Any = None, **how: Any) -> Response:
        return self.ask(method, f"/{self._account.phone_number_id}{rest}", body, **how)

    def waba(self, method: str, rest: str, body: Any = None, **how: Any) -> Response:
        return self.ask(method, f"/{self._account.waba_id}{rest}", body, **how)

    def send(self, kind: str, content: Any, to: str = "919845012345", **more: Any) -> Response:
        body = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: content, **more}
        return self.phone("POST", "/messages", body)

    def text(self, text: str = "Yes, in stock.", **more: Any) -> Response:
        return self.send("text", {"body": text}, **more)

    def upload(self, data: bytes, mime_type: str, filename: str = "file") -> Response:
        head = b'--b\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n'
        file = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\nContent-Type: {mime_type}\r\n\r\n'
        request = Request(
            "POST",
            f"/v24.0/{self._account.phone_number_id}/media",
            {},
            {
                "authorization": f"Bearer {self._account.access_token}",
                "content-type": "multipart/form-data; boundary=b",
            },
            head + file.encode() + data + b"\r\n--b--\r\n",
        )
        return self._meta.graph.handle(request)


def code_of(response: Response) -> int:
    return response.json()["error"]["code"]


def wamid_of(response: Response) -> str:
    assert response.status == 200, response.body
    return response.json()["messages"][0]["id"]


ACCOUNT = Account()
SEND = {"messaging_product": "whatsapp", "to": "919845012345", "type": "text", "text": {"body": "Yes"}}
TOKEN = {"authorization": f"Bearer {ACCOUNT.access_token}"}
MESSAGES = f"/graph/v24.0/{ACCOUNT.phone_number_id}/messages"


def make_app(base_url: str = "http://sim.test", callback_url: str | None = None) -> SimulatorApp:
    return create_app(
        State(settings=Settings()),
        base_url=base_url,
        callback_url=callback_url,
        app_secret=ACCOUNT.app_secret,
        verify_token=ACCOUNT.verify_token,
        access_token=ACCOUNT.access_token,
        phone_number_id=ACCOUNT.phone_number_id,
        waba_id=ACCOUNT.waba_id,
    )
