"""What screens and the API are shown of a message and a conversation: plain dictionaries from joined rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from wablast_box.engine.inbox.changes.read import Change, changes_of, fitting
from wablast_box.engine.inbox.changes.views import changes_view, words_now
from wablast_box.engine.media.models import PictureState
from wablast_box.engine.meta.errors import advice
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.db import JsonField

# Meta's customer service window: free-form messages until 24 hours after the customer last wrote.
WINDOW = timedelta(hours=24)

MESSAGE_FIELDS = (
    "m.id", "m.conversation_id", "m.wamid", "m.direction", "m.type", "m.text", "m.content_json", "m.reply_to_wamid",
    "m.is_forwarded", "m.state", "m.sender", "m.error_code", "m.error_title", "m.error_details", "m.created_at",
    "m.sent_at", "m.delivered_at", "m.read_at", "m.idempotency_key", "q.id AS quoted_id", "a.state AS file_state",
    "a.media_file_id", "COALESCE(f.mime_type, a.mime_type) AS mime_type", "COALESCE(a.filename, f.filename) AS filename",
    "f.size", "a.is_animated", "a.is_voice", "a.error AS file_error", "m.about_wamid", "t.id AS about_id",
    "p.state AS picture_state", "p.width", "p.height", "p.view_id",
)  # fmt: skip
MESSAGE_NAMES = tuple(field.split(" AS ")[-1].split(".")[-1] for field in MESSAGE_FIELDS)
MESSAGE_JOINS = (
    " LEFT JOIN attachment a ON a.message_id = m.id LEFT JOIN media_file f ON f.id = a.media_file_id"
    " LEFT JOIN media_picture p ON p.id = a.media_file_id"
    " LEFT JOIN message q ON q.wamid = m.reply_to_wamid"
    " LEFT JOIN message t ON t.wamid = m.about_wamid AND t.conversation_id = m.conversation_id"
)
_json = JsonField().python_value
_NAMED = (("user", '"user"'), ("api_key", "api_key"), ("flow", "flow"), ("ai", "flow"))


def message_views(rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of MESSAGE_FIELDS as the API shows them."""
    found = [dict(zip(MESSAGE_NAMES, row, strict=True)) for row in rows]
    changes = changes_of(row["wamid"] for row in found)
    senders = {row["sender"] for row in found} | {change.sender for each in changes.values() for change in each}
    names = sender_names({sender for sender in senders if sender})
    return [_message(row, fitting(changes.get(row["wamid"], []), row), names) for row in found]


def sender_names(senders: set[str]) -> dict[str, str]:
    """Names behind `user:ID`, `api_key:ID`, and the flow's behind `flow:ID` and `ai:ID`."""
    names: dict[str, str] = {}
    for kind, table in _NAMED:
        numbers = [int(sender.partition(":")[2]) for sender in senders if sender.startswith(f"{kind}:")]
        if numbers:
            where, params = sql.among("id", numbers)
            names |= {f"{kind}:{row[0]}": row[1] for row in sql.run(f"SELECT id, name FROM {table} WHERE {where}", params)}
    return names


def window_expires_at(last_inbound_at: int | None) -> str | None:
    """When the customer service window closes, or closed; None when the customer never wrote."""
    return None if last_inbound_at is None else iso(from_ms(last_inbound_at + int(WINDOW.total_seconds() * 1000)))


def conversation_view(row: Mapping[str, Any], last_message: dict[str, Any] | None, tags: list[dict[str, str]]) -> dict[str, Any]:
    """One conversation as the API shows it."""
    return {
        "id": str(row["id"]),
        "contact": {
            "id": str(row["contact_id"]),
            "name": called(row["name"], row["username"], row["phone"], row["user_id"]),
            "phone": row["phone"],
            "wa_id": row["wa_id"],
            "user_id": row["user_id"],
            "blocked": row["blocked_at"] is not None,
        },
        "last_message": last_message,
        "unread_count": row["unread_count"],
        "window_expires_at": window_expires_at(row["last_inbound_at"]),
        "free_entry_until": _moment(row["free_entry_until"]),
        "assignee": _named(row["assignee_id"], row["assignee_name"]),
        "team": _named(row["team_id"], row["team_name"]),
        "state": row["state"],
        "snoozed_until": _moment(row["snoozed_until"]),
        "waiting_since_at": _moment(row["waiting_since_at"]),
        "reminder": row["reminder"],
        "tags": tags,
        "sort_id": str(row["sort_id"]),
    }


def tags_of(conversation_ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """The tags on each of the conversations, by name."""
    found: dict[int, list[dict[str, str]]] = {}
    if conversation_ids:
        where, params = sql.among("ct.conversation_id", list(conversation_ids))
        rows = sql.run(
            f"SELECT ct.conversation_id, t.id, t.name, t.color FROM conversation_tag ct JOIN tag t ON t.id = ct.tag_id WHERE {where}"
            " ORDER BY LOWER(t.name)",
            params,
        )
        for conversation_id, number, name, color in rows:
            found.setdefault(conversation_id, []).append({"id": str(number), "name": name, "color": color})
    return found


def _named(number: int | None, name: str | None) -> dict[str, Any] | None:
    return None if number is None else {"id": str(number), "name": name}


def called(*names: str | None) -> str:
    """What to call a person: the first of the names that there is."""
    return next((name for name in names if name), "")


def _message(row: dict[str, Any], changes: Sequence[Change], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "conversation_id": str(row["conversation_id"]),
        "wamid": row["wamid"],
        "direction": row["direction"],
        "type": row["type"],
        "text": words_now(row, changes),
        "content": _json(row["content_json"]),
        "attachment": _attachment(row),
        "reply_to": _reply_to(row),
        "about": _about(row),
        **changes_view(row, changes, names),
        "forwarded": bool(row["is_forwarded"]),
        "state": row["state"],
        "error": _error(row),
        "idempotency_key": row["idempotency_key"],
        "client_key": row["idempotency_key"],
        "sender": _sender(row["sender"], names),
        "created_at": _moment(row["created_at"]),
        "sent_at": _moment(row["sent_at"]),
        "delivered_at": _moment(row["delivered_at"]),
        "read_at": _moment(row["read_at"]),
    }


def _attachment(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["file_state"] is None:
        return None
    media_id = None if row["media_file_id"] is None else str(row["media_file_id"])
    url = f"/api/v1/media/{media_id}" if media_id else None
    return {
        "state": row["file_state"],
        "media_id": media_id,
        "url": url,
        "picture": _picture(row, url),
        "mime_type": row["mime_type"],
        "filename": row["filename"],
        "size": row["size"],
        "animated": bool(row["is_animated"]),
        "voice": bool(row["is_voice"]),
        "error": row["file_error"],
    }


def _picture(row: Mapping[str, Any], url: str | None) -> dict[str, Any] | None:
    """What was drawn of a picture. Screens show that, never what somebody sent."""
    if url is None or row["picture_state"] is None:
        return None
    is_drawn = row["picture_state"] == PictureState.DRAWN
    return {
        "state": PictureState.WAITING if row["picture_state"] == PictureState.DRAWING else row["picture_state"],
        "width": row["width"],
        "height": row["height"],
        "thumbnail_url": f"{url}?as=thumbnail" if is_drawn else None,
        # What staff sent was drawn anew on its way in: it is its own large picture from the start.
        "view_url": f"{url}?as=view" if row["view_id"] is not None else None,
    }


def _reply_to(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["reply_to_wamid"] is None:
        return None
    return {"wamid": row["reply_to_wamid"], "message_id": None if row["quoted_id"] is None else str(row["quoted_id"])}


def _about(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of a reaction, an edit or a deletion: the message that shows it. Without one it stands for itself."""
    if row["about_wamid"] is None:
        return None
    return {"wamid": row["about_wamid"], "message_id": None if row["about_id"] is None else str(row["about_id"])}


def _error(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["error_code"] is None and row["error_title"] is None:
        return None
    known = advice(row["error_code"])
    return {
        "code": row["error_code"],
        "title": row["error_title"] or known.title,
        "details": row["error_details"],
        "advice": known.advice,
    }


def _sender(sender: str | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if sender is None:
        return None
    kind = sender.partition(":")[0]
    return {"kind": kind, "name": names.get(sender)}


def _moment(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else iso(from_ms(milliseconds))
