"""What WhatsApp says about who somebody is: a new number, a new user id, a number that was asked for. Listeners, so that taking
messages in stays quick; whatever the order in which Meta tells, the same people remain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wablast_box.engine.contacts import accounts, activity
from wablast_box.engine.contacts.events import SamePersonFound
from wablast_box.engine.inbox.events import MessageReceived
from wablast_box.engine.inbox.people import news, thread_lines
from wablast_box.engine.inbox.people.unite import unite
from wablast_box.lib import sql
from wablast_box.lib.db import JsonField, transaction
from wablast_box.lib.errors import NotFound
from wablast_box.lib.phones import from_wa_id

_json = JsonField().python_value
_CHANGES = frozenset({"user_changed_number", "user_changed_user_id"})


@dataclass(frozen=True, slots=True)
class _Now:
    """Under what somebody is known from now on."""

    wa_id: str | None
    user_id: str | None


def says_who_they_are(event: MessageReceived) -> bool:
    """May this message say who somebody is? (For the table of listeners.)"""
    return event.type in ("system", "contacts")


def follow(event: MessageReceived) -> None:
    """A customer moved to another number, or shared the number that was asked for."""
    with transaction():
        rows = sql.run(
            "SELECT m.type, m.content_json, m.sent_at, c.contact_id FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.id = ?",
            (event.subject_id,),
        )
        if not rows:
            return
        kind, content, sent_at, contact_id = rows[0]
        said = _json(content) or {}
        if kind == "system" and said.get("type") in _CHANGES:
            _move(contact_id, said, sent_at)
        elif kind == "contacts" and _is_answer(said):
            _share(contact_id, said)


def unite_found(event: SamePersonFound) -> None:
    """A number and a user id that Meta named together have a row each: the one that is older stays."""
    with transaction():
        kept, gone = sorted((event.subject_id, event.other_id))
        try:
            unite(kept, gone, actor=None)
        except NotFound:
            return  # somebody did it already


def _move(contact_id: int, said: dict[str, Any], at: int) -> None:
    before = _ids(contact_id)
    now = _now(said, before)
    same = _others(contact_id, now, _text(said, "previous_user_id"))
    if before == now and not same:
        return  # told before, or the new number wrote first and this notice found its way to it
    left = [one for one in (before, *(_ids(other) for other in same)) if one != now]
    # The oldest row stays, so that links to it stay good.
    kept, *rest = sorted((contact_id, *same))
    for gone in rest:
        unite(kept, gone, actor=None, main_id=gone, left_at=at)
    for one in left:
        accounts.keep(kept, one.wa_id if one.wa_id != now.wa_id else None, one.user_id if one.user_id != now.user_id else None, left_at=at)
    _write(kept, now)
    _tell(kept, "number_changed", {"before": _shown(before.wa_id), "after": _shown(now.wa_id)})


def _share(contact_id: int, said: dict[str, Any]) -> None:
    """The customer let WhatsApp give us the number behind their name."""
    wa_id, before = _shared_number(said), _ids(contact_id)
    if wa_id is None or before.wa_id is not None:
        return
    now = _Now(wa_id, before.user_id)
    kept, *rest = sorted((contact_id, *_others(contact_id, now, None)))
    for gone in rest:
        unite(kept, gone, actor=None)
    _write(kept, now)
    _tell(kept, "number_shared", {"after": _shown(wa_id)})


def _now(said: dict[str, Any], before: _Now) -> _Now:
    """Under what they are known from now on. A new number makes a new user id, also where it is not named."""
    wa_id = _text(said, "wa_id") or _text(said, "new_wa_id") or before.wa_id
    user_id = _text(said, "user_id") or (before.user_id if wa_id == before.wa_id else None)
    return _Now(wa_id, user_id)


def _others(contact_id: int, now: _Now, previous_user_id: str | None) -> list[int]:
    """Other rows of this person. One under the number with another user id is whoever had it before: it loses the number."""
    rows = sql.run(
        "SELECT id, user_id FROM contact WHERE id <> ? AND (wa_id = ? OR user_id = ? OR user_id = ?) ORDER BY id",
        (contact_id, now.wa_id, now.user_id, previous_user_id),
    )
    same = []
    for number, user_id in rows:
        if user_id and now.user_id and user_id not in (now.user_id, previous_user_id):
            sql.run("UPDATE contact SET wa_id = NULL, phone = NULL WHERE id = ?", (number,))
            news.contact_changed(number, None)
        else:
            same.append(number)
    return same


def _ids(contact_id: int) -> _Now:
    return _Now(*sql.run("SELECT wa_id, user_id FROM contact WHERE id = ?", (contact_id,))[0])


def _write(contact_id: int, now: _Now) -> None:
    phone = from_wa_id(now.wa_id) if now.wa_id else None
    sql.run("UPDATE contact SET wa_id = ?, user_id = ?, phone = ? WHERE id = ?", (now.wa_id, now.user_id, phone, contact_id))


def _tell(contact_id: int, kind: str, detail: dict[str, Any]) -> None:
    activity.record(contact_id, kind, None, detail)
    thread_lines.add(contact_id, f"{thread_lines.PREFIX}{kind}", None, detail)
    news.contact_changed(contact_id, None)


def _is_answer(said: dict[str, Any]) -> bool:
    """Meta marks a number that was asked for; any other card may be anybody's."""
    return said.get("origin") == "contact_request" or any(card.get("origin") == "contact_request" for card in _cards(said))


def _shared_number(said: dict[str, Any]) -> str | None:
    for card in _cards(said):
        phones = card.get("phones")
        for phone in phones if isinstance(phones, list) else []:
            given = phone.get("wa_id") or phone.get("phone") if isinstance(phone, dict) else None
            digits = "".join(c for c in str(given or "") if c.isdigit() and c.isascii())
            if from_wa_id(digits):
                return digits
    return None


def _cards(said: dict[str, Any]) -> list[dict[str, Any]]:
    cards = said.get("contacts")
    return [card for card in cards if isinstance(card, dict)] if isinstance(cards, list) else []


def _text(said: dict[str, Any], name: str) -> str | None:
    found = said.get(name)
    return found if isinstance(found, str) and found else None


def _shown(wa_id: str | None) -> str | None:
    return from_wa_id(wa_id) if wa_id else None
