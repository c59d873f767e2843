"""The people who write in, listed through the eyes of a viewer: who may see the conversation may see the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wablast_box.engine.contacts import accounts
from wablast_box.engine.contacts.fields.read import values_of
from wablast_box.engine.contacts.languages import guess_language
from wablast_box.engine.inbox.people import duplicates
from wablast_box.engine.inbox.people.filters import conditions
from wablast_box.engine.inbox.views import called
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.errors import NotFound
from wablast_box.lib.paging import Page, PageRequest, cut

_NAMES = (
    "id", "name", "phone", "wa_id", "user_id", "username", "marketing_opted_out_at", "created_at", "profile_name", "language",
    "language_by", "blocked_at",
)  # fmt: skip
_MOMENTS = ("marketing_opted_out_at", "created_at", "blocked_at")
_SELECT = f"SELECT {', '.join(f'ct.{name}' for name in _NAMES)}, cv.id FROM contact ct LEFT JOIN conversation cv ON cv.contact_id = ct.id"
_HEARD = 20


def people_page(viewer: Viewer, words: str, request: PageRequest, *, masked: bool = False) -> Page[dict[str, Any]]:
    """Newest first, those that the filter asks for."""
    parts = [_seen(viewer), *conditions(words, viewer)]
    if request.after is not None:
        parts.append(("ct.id < ?", [request.after]))
    condition, params = " AND ".join(part for part, _ in parts), [param for _, given in parts for param in given]
    rows = sql.run(f"{_SELECT} WHERE {condition} ORDER BY ct.id DESC LIMIT {request.limit + 1}", params)
    page = cut(rows, request, lambda row: int(row[0]))
    return Page(_views(page.items, masked=masked), page.next_cursor)


def count_people(viewer: Viewer, words: str) -> int:
    """How many the filter finds."""
    parts = [_seen(viewer), *conditions(words, viewer)]
    condition, params = " AND ".join(part for part, _ in parts), [param for _, given in parts for param in given]
    return int(sql.run(f"SELECT COUNT(*) FROM contact ct WHERE {condition}", params)[0][0])


def person(viewer: Viewer, number: int, *, masked: bool = False) -> dict[str, Any]:
    """One person with everything that is known, or NotFound: also when there but not for this viewer."""
    require_seen(viewer, number)
    view = _views(sql.run(f"{_SELECT} WHERE ct.id = ?", (number,)), masked=masked)[0]
    if masked:
        return view | {"accounts": [], "language_guess": None, "duplicates": []}
    return view | {
        "accounts": [_account(one) for one in accounts.of_contact(number)],
        "language_guess": None if view["language"] else _guess(number),
        "duplicates": duplicates.of(viewer, number),
    }


def require_seen(viewer: Viewer, number: int) -> None:
    """NotFound unless the person is there, and for this viewer."""
    condition, params = _seen(viewer)
    if not sql.run(f"SELECT 1 FROM contact ct WHERE ct.id = ? AND {condition}", [number, *params]):
        raise NotFound("There is no such contact.")


def _seen(viewer: Viewer) -> tuple[str, list[Any]]:
    condition, params = viewer.condition()
    if not params:
        return condition, []
    mine = f"EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = ct.id AND {condition})"
    # Somebody who was entered and never written with is nobody's; who sees what is free sees them.
    free = " OR NOT EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = ct.id)" if viewer.sees_free else ""
    return f"({mine}{free})", list(params)


def _views(rows: Sequence[tuple[Any, ...]], *, masked: bool) -> list[dict[str, Any]]:
    numbers = [row[0] for row in rows]
    tags, values = _tags_of(numbers), {} if masked else values_of(numbers)
    return [_view(row, tags.get(row[0], []), values.get(row[0], []), masked) for row in rows]


def _view(row: tuple[Any, ...], tags: list[dict[str, str]], values: list[dict[str, str]], masked: bool) -> dict[str, Any]:
    view = dict(zip(_NAMES, row[:-1], strict=True))
    view["id"], view["conversation_id"] = str(view["id"]), None if row[-1] is None else str(row[-1])
    for name in _MOMENTS:
        view[name] = None if view[name] is None else iso(from_ms(view[name]))
    view["name"] = called(view["name"], view["username"], view["phone"], view["user_id"])
    view |= {"tags": tags, "fields": values, "blocked": view["blocked_at"] is not None}
    return _mask(view) if masked else view


def _mask(view: dict[str, Any]) -> dict[str, Any]:
    """For those who read numbers, not people: the last three digits tell rows apart."""
    for name in ("phone", "wa_id"):
        view[name] = view[name] and "•" * 6 + view[name][-3:]
    view["name"] = view["name"][:1] + "…"
    view["user_id"] = view["username"] = view["profile_name"] = None
    return view


def _tags_of(numbers: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    if numbers:
        where, params = sql.among("x.contact_id", list(numbers))
        rows = sql.run(
            "SELECT x.contact_id, t.id, t.name, t.color FROM contact_tag x JOIN tag t ON t.id = x.tag_id"
            f" WHERE {where} ORDER BY LOWER(t.name)",
            params,
        )
        for contact_id, number, name, color in rows:
            found.setdefault(contact_id, []).append({"id": str(number), "name": name, "color": color})
    return found


def _guess(number: int) -> str | None:
    rows = sql.run(
        "SELECT m.text FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.contact_id = ? AND m.direction = 'in'"
        f" AND m.text IS NOT NULL ORDER BY m.id DESC LIMIT {_HEARD}",
        (number,),
    )
    return guess_language(row[0] for row in rows)


def _account(one: accounts.Account) -> dict[str, Any]:
    left = None if one.left_at is None else iso(from_ms(one.left_at))
    return {"wa_id": one.wa_id, "user_id": one.user_id, "left_at": left}
