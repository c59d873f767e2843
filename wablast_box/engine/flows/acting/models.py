"""What a played flow asks of language models, and what it may show them: the words of its own conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wablast_box.engine.ai.answer import Answer
from wablast_box.engine.ai.ask import complete
from wablast_box.lib import sql

_PASSED_ON = ("max_tokens", "schema", "temperature", "tools", "within_s")
_SILENT = ("reaction", "system", "edit", "revoke", "unsupported")


def ask(actor: str, request: Mapping[str, Any], key: str) -> Answer:
    """The key names the step: after a crash it hears the same answer again."""
    given = {name: request[name] for name in _PASSED_ON if name in request}
    return complete(
        request["messages"], provider=request["provider"] or None, purpose=str(request["purpose"]), ref=f"{actor}/session:{key}",
        once=f"flow:{key}", **given,
    )  # fmt: skip


def talk(conversation_id: int, most: int) -> list[tuple[str, str]]:
    """The last messages with words, oldest first."""
    rows = sql.run(
        "SELECT direction, text FROM message WHERE conversation_id = ? AND text IS NOT NULL AND text <> ''"
        f" AND type NOT IN ({', '.join('?' * len(_SILENT))}) ORDER BY id DESC LIMIT ?",
        (conversation_id, *_SILENT, most),
    )
    return [("customer" if direction == "in" else "shop", str(text)) for direction, text in reversed(rows)]
