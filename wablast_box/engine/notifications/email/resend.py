"""Hand a letter to Resend by its HTTP API. The letter's number is its idempotency key: Resend sends it once."""

from __future__ import annotations

import orjson

from wablast_box.engine.notifications.email.account import MailAccount
from wablast_box.engine.notifications.email.addresses import one_line
from wablast_box.engine.notifications.email.compose import Letter, message_id, sender
from wablast_box.engine.notifications.email.trouble import Trouble
from wablast_box.lib import outbound
from wablast_box.lib.errors import Upstream

# Fixed: a key is sent nowhere else.
URL = "https://api.resend.com/emails"


def send(account: MailAccount, key: str | None, letter: Letter) -> None:
    """Give the letter to Resend; Trouble says why it did not take it."""
    if not key:
        raise Trouble("The API key of Resend is missing.", is_account=True)
    body = {
        "from": str(sender(account)),
        "to": [letter.to],
        "subject": letter.subject,
        "text": letter.text,
        "headers": {"Message-ID": message_id(letter, account), "Auto-Submitted": "auto-generated"},
        **({"html": letter.html} if letter.html is not None else {}),
    }
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": f"wablast-{letter.number}"}
    try:
        answer = outbound.request("POST", URL, headers=headers, content=orjson.dumps(body), max_bytes=64 * 1024)
    except Upstream as failed:
        raise Trouble("Resend could not be reached.") from failed
    if answer.status >= 300:
        raise _refusal(answer)


def _refusal(answer: outbound.Answer) -> Trouble:
    reason = f"Resend refused it ({answer.status} {_words(answer.body)})."
    if answer.status in (401, 403):
        return Trouble(reason, is_account=True)
    # 409: the same letter is being taken in at this moment. 429: too many at once.
    return Trouble(reason, permanent=400 <= answer.status < 500 and answer.status not in (408, 409, 429))


def _words(body: bytes) -> str:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "without a reason"
    return one_line(str(found.get("message", "")), 160) if isinstance(found, dict) else "without a reason"
