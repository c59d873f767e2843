"""The people who write in, listed through the eyes of a viewer: who may see the conversation may see the person."""

from __future__ import annotations

from typing import Any

from wablast_box.engine.inbox.views import called
from wablast_box.engine.inbox.visibility import Viewer
from wablast_box.lib import sql
from wablast_box.lib.clock import from_ms, iso
from wablast_box.lib.errors import NotFound
from wablast_box.lib.paging import Page, PageRequest, cut

_NAMES = ("id", "name", "phone", "wa_id", "user_id", "username", "marketing_opted_out_at", "created_at")
_SELECT = f"SELECT {', '.join(f'ct.{name}' for name in _NAMES)} FROM contact ct WHERE "


def people_page(viewer: Viewer, words: str, request: PageRequest, *, masked: bool = False) -> Page[dict[str, Any]]:
    """Newest first, those whose name, number or user name holds the words."""
    condition, params = _seen(viewer)
    if request.after is not None:
        condition, params = condition + " AND ct.id < ?", [*params, request.after]
    if words.strip():
        part = f"%{_escaped(words)}%"
        condition += " AND (LOWER(ct.name) LIKE ? ESCAPE '!' OR ct.phone LIKE ? ESCAPE '!' OR LOWER(ct.username) LIKE ? ESCAPE '!')"
        params = [*params, part, part, part]
    rows = sql.run(f"{_SELECT}{condition} ORDER BY ct.id DESC LIMIT {request.limit + 1}", params)
    page = cut(rows, request, lambda row: int(row[0]))
    return Page([_view(row, masked) for row in page.items], page.next_cursor)


def person(viewer: Viewer, number: int, *, masked: bool = False) -> dict[str, Any]:
    """One person, or NotFound: also when there but not for this viewer."""
    condition, params = _seen(viewer)
    rows = sql.run(f"{_SELECT}{condition} AND ct.id = ?", [*params, number])
    if not rows:
        raise NotFound("There is no such contact.")
    return _view(rows[0], masked)


def _seen(viewer: Viewer) -> tuple[str, list[Any]]:
    condition, params = viewer.condition()
    if not params:
        return condition, []
    return f"EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = ct.id AND {condition})", list(params)


def _escaped(words: str) -> str:
    text = words.strip().lower()
    for special in "!%_":
        text = text.replace(special, f"!{special}")
    return text


def _view(row: tuple[Any, ...], masked: bool) -> dict[str, Any]:
    view = dict(zip(_NAMES, row, strict=True))
    view["id"] = str(view["id"])
    for name in ("marketing_opted_out_at", "created_at"):
        view[name] = None if view[name] is None else iso(from_ms(view[name]))
    view["name"] = called(view["name"], view["username"], view["phone"], view["user_id"])
    return _mask(view) if masked else view


def _mask(view: dict[str, Any]) -> dict[str, Any]:
    """For those who read numbers, not people: the last three digits tell rows apart."""
    for name in ("phone", "wa_id"):
        view[name] = view[name] and "•" * 6 + view[name][-3:]
    view["name"] = view["name"][:1] + "…"
    view["user_id"] = view["username"] = None
    return view
