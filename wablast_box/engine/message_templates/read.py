"""Templates for screens and programs: a page, one, and what one would look like filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wablast_box.engine.message_templates import find, words
from wablast_box.engine.message_templates.fill import Values, fill
from wablast_box.engine.message_templates.models import MessageTemplate
from wablast_box.engine.message_templates.shape import Shape
from wablast_box.lib.clock import iso
from wablast_box.lib.errors import Invalid
from wablast_box.lib.paging import Page, PageRequest, cut

LONGEST_SEARCH = 100
MOST_CARDS = 10


@dataclass(frozen=True, slots=True)
class TemplateQuery:
    """Everything must hold; an empty text asks nothing. `q`: words of the name or the text."""

    status: str = ""
    language: str = ""
    category: str = ""
    q: str = ""


def templates_page(query: TemplateQuery, request: PageRequest) -> Page[dict[str, Any]]:
    """Newest first."""
    found = MessageTemplate.select()
    for column in ("status", "language", "category"):
        if value := getattr(query, column):
            found = found.where(getattr(MessageTemplate, column) == (value if column == "language" else value.lower()))
    for word in query.q[:LONGEST_SEARCH].split():
        found = found.where(MessageTemplate.name.contains(word) | MessageTemplate.words.contains(word))
    if request.after is not None:
        found = found.where(MessageTemplate.id < request.after)
    rows = list(found.order_by(MessageTemplate.id.desc()).limit(request.limit + 1))
    page = cut(rows, request, lambda row: row.id)
    return Page([_view(row) for row in page.items], page.next_cursor)


def template(template_id: int) -> dict[str, Any]:
    """One template, and the same text in other languages."""
    row = find.by_id(template_id)
    others = MessageTemplate.select().where((MessageTemplate.name == row.name) & (MessageTemplate.id != row.id))
    sisters = [{"id": str(one.id), "language": one.language, "status": one.status} for one in others.order_by(MessageTemplate.language)]
    return _view(row) | {"others": sisters}


def preview(template_id: int, parameters: Any) -> dict[str, Any]:
    """What the customer would see, and what still keeps it from being sent."""
    row = find.by_id(template_id)
    filled = fill(find.shape(row), checked_values(parameters))
    refused = find.refusal(row)
    return {
        "rendered": filled.rendered,
        "missing": [asdict(blank) for blank in filled.missing],
        "problems": [{"field": one.field, "message": one.message, "help": one.help} for one in filled.wrong],
        "sendable": refused is None and not filled.wrong,
    }


def sync_view() -> dict[str, Any]:
    """How fresh the list is."""
    row = find.sync_row()
    return {"synced_at": iso(row.synced_at), "tried_at": iso(row.tried_at), "trouble": row.trouble}


def checked_values(parameters: Any) -> Values:
    """Values by place and key, those of cards in a list; Invalid for another form."""
    if parameters is None:
        return {}
    values = _checked_places(parameters, "parameters", ("header", "body", "buttons", "cards"))
    cards = values.pop("cards", None)
    if cards is None:
        return values
    if not isinstance(cards, list) or len(cards) > MOST_CARDS:
        raise Invalid(f"parameters.cards should be a list of up to {MOST_CARDS}, one for each card.", field="parameters.cards")
    checked = [_checked_places(one or {}, f"parameters.cards.{n}", ("header", "body", "buttons")) for n, one in enumerate(cards)]
    return values | {"cards": checked}


def _checked_places(given: Any, path: str, places: Sequence[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise Invalid(f"{path} should be an object.", help='For example {"body": {"name": "Kabir"}}.', field=path)
    for place, inner in given.items():
        if place not in places:
            known = f"{', '.join(places[:-1])} and {places[-1]}"
            raise Invalid(f"{path}.{str(place)[:60]} is not known.", help=f"There are {known}.", field=path)
        if inner is not None and place != "cards" and not isinstance(inner, Mapping):
            raise Invalid(f"{path}.{place} should be an object.", field=f"{path}.{place}")
    return {place: inner for place, inner in given.items() if inner is not None}


def _view(row: MessageTemplate) -> dict[str, Any]:
    shape, refused = find.shape(row), find.refusal(row)
    return {
        "id": str(row.id),
        "meta_id": row.meta_id,
        "name": row.name,
        "language": row.language,
        "category": row.category,
        "status": row.status,
        "quality": row.quality,
        "reason": row.reason,
        "details": row.details,
        "advice": words.advice(row),
        "next_category": row.next_category,
        "next_category_at": iso(row.next_category_at),
        "named": shape.is_named,
        **_parts(shape),
        "blanks": [asdict(blank) for blank in shape.all_blanks],
        "cards": [_parts(card) for card in shape.cards],
        "refusal": refused.message if refused else _beyond(shape),
        "others": [],
    }


def _parts(shape: Shape) -> dict[str, Any]:
    header = None if shape.header_kind is None else {"kind": shape.header_kind, "text": shape.header or None}
    buttons = [
        {"index": one.index, "kind": one.kind, "text": one.text, "url": one.url, "phone_number": one.phone_number} for one in shape.buttons
    ]
    return {"header": header, "body": shape.body, "footer": shape.footer, "buttons": buttons}


def _beyond(shape: Shape) -> str | None:
    return f"This template has {shape.beyond}, which cannot be filled in here." if shape.beyond else None
