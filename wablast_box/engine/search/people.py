"""People and their conversations among the hits: whoever wrote or was written to last comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.search.documents import Value, values_of
from wablast_box.engine.search.filters import Asker, Filters, contacts_called
from wablast_box.engine.search.hits import hidden, title
from wablast_box.engine.search.query import Search
from wablast_box.engine.search.snippet import Snippet, hits, marked, snippet
from wablast_box.engine.search.store import Phrase
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.ids import EPOCH_MS
from wablast_box.lib.paging import Page, PageRequest, cut

# Of so many people with a name the most recent are shown; nobody pages through a thousand Kumars.
MOST_NAMESAKES = 1_000
_NAMES = ("contact_id", "conversation_id", "name", "username", "phone", "user_id", "place", "last_message_id")
# Whoever has no conversation yet stands where they were added.
_PLACE = "COALESCE(NULLIF(c.sort_id, 0), ct.id)"
_SELECT = f"SELECT ct.id, c.id, ct.name, ct.username, ct.phone, ct.user_id, {_PLACE}, c.last_message_id FROM "
_EVERYBODY = f"{_SELECT} contact ct LEFT JOIN conversation c ON c.contact_id = ct.id WHERE "
# CROSS JOIN: SQLite shall begin with the few people at hand.
_IN_CONVERSATION = f"{_SELECT} contact ct CROSS JOIN conversation c WHERE c.contact_id = ct.id AND "
_CONVERSATIONS = f"{_SELECT} conversation c JOIN contact ct ON ct.id = c.contact_id WHERE c.sort_id > 0 AND "


def page(asker: Asker, search: Search, filters: Filters, request: PageRequest) -> Page[dict[str, Any]]:
    """Hits of the kind contact, or conversation when that was asked for or nothing but filters were given."""
    called = [word for phrase in search.phrases for word in phrase.words]
    if search.kind == "contact" and not called:
        return Page([], None)
    kind = "conversation" if search.kind == "conversation" or not called else "contact"
    conditions, params = filters.conversation_condition(asker.viewer)
    # Those without a conversation are for who sees everything, when nothing is asked of the conversation.
    select = _CONVERSATIONS if not called else _EVERYBODY if kind == "contact" and conditions == ["1 = 1"] else _IN_CONVERSATION
    order = _PLACE if called else "c.sort_id"
    if called:
        numbers = contacts_called(called, asker, MOST_NAMESAKES)
        if not numbers:
            return Page([], None)
        where, values = sql.among("ct.id", numbers)
        conditions, params = [where, *conditions], [*values, *params]
    if request.after is not None:
        conditions, params = [*conditions, f"{order} < ?"], [*params, request.after]
    rows = sql.run(f"{select}{' AND '.join(conditions)} ORDER BY {order} DESC LIMIT ?", [*params, request.limit + 1])
    found = cut([dict(zip(_NAMES, row, strict=True)) for row in rows], request, lambda row: int(row["place"]))
    phrases = [Phrase((word,), is_begun=len(word) > 1) for word in called]
    known = values_of([row["contact_id"] for row in found.items]) if called else {}
    return Page([_hit(row, kind, phrases, asker, known.get(row["contact_id"], [])) for row in found.items], found.next_cursor)


def _hit(row: dict[str, Any], kind: str, phrases: list[Phrase], asker: Asker, values: Sequence[Value]) -> dict[str, Any]:
    phone = hidden(row["phone"]) if asker.hides_numbers else row["phone"]
    name = marked(title(row, asker), phrases)
    shown = _reason(phone or "", phrases, values, asker)
    return {
        "kind": kind,
        "id": str(row["conversation_id"] if kind == "conversation" else row["contact_id"]),
        "conversation_id": None if row["conversation_id"] is None else str(row["conversation_id"]),
        "contact_id": str(row["contact_id"]),
        "title": name.text,
        "title_highlights": name.highlights,
        "snippet": shown.text,
        "highlights": shown.highlights,
        "at": iso(from_ms((row["last_message_id"] or row["contact_id"]) // (1 << 21) + EPOCH_MS)),
    }


def _reason(phone: str, phrases: list[Phrase], values: Sequence[Value], asker: Asker) -> Snippet:
    """The number; or what else is known of the person, when that is why they were found."""
    for value in values:
        if not (value.is_number and asker.hides_numbers) and hits(value.text, phrases):
            return snippet(value.text, phrases)
    return Snippet(phone, [] if asker.hides_numbers else _in_number(phone, phrases))


def _in_number(phone: str, phrases: list[Phrase]) -> list[list[int]]:
    """Digits are found anywhere in a number, not only where it begins."""
    digits = [phrase.words[0] for phrase in phrases if phrase.words[0].isdigit()]
    return [[start, start + len(some)] for some in digits if (start := phone.find(some)) >= 0]
