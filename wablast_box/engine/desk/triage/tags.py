"""The words that staff put on conversations: made, renamed, coloured, deleted."""

from __future__ import annotations

from typing import Any

from peewee import IntegrityError, fn

from wablast_box.engine.desk.triage.events import TagChanged
from wablast_box.engine.desk.triage.saved_views import follow_name
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids
from wablast_box.lib.clock import now
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import Conflict, Invalid, NotFound

COLORS = ("gray", "red", "orange", "amber", "lime", "green", "teal", "blue", "indigo", "grape", "pink")
LONGEST_NAME, MOST = 40, 500


def tags() -> list[dict[str, Any]]:
    """Every tag, by name."""
    return [_view(row) for row in Tag.select().order_by(fn.LOWER(Tag.name))]


def add_tag(name: str, color: str, *, by: Actor) -> dict[str, Any]:
    """Make a tag."""
    checked, number = _name(name), ids.new_id()
    with transaction():
        if Tag.select().count() >= MOST:
            raise Invalid(f"There are {MOST} tags already.", help="Delete those that nobody uses.")
        _written(lambda: Tag.insert(id=number, name=checked, color=_color(color), created_at=now()).execute(), checked)
        _tell(number, by)
    return tag(number)


def change_tag(number: int, *, name: str | None, color: str | None, by: Actor) -> dict[str, Any]:
    """Rename or colour a tag. Saved views that ask for it keep asking for it."""
    with transaction():
        before = tag(number)
        changes: dict[str, Any] = {} if color is None else {"color": _color(color)}
        if name is not None:
            changes["name"] = _name(name)
            follow_name("tag", before["name"], changes["name"])
        if changes:
            _written(lambda: Tag.update(**changes).where(Tag.id == number).execute(), changes.get("name", ""))
            _tell(number, by)
    return tag(number)


def delete_tag(number: int, *, by: Actor) -> None:
    """Take a tag off everything, for good."""
    with transaction():
        tag(number)
        Tag.delete().where(Tag.id == number).execute()
        _tell(number, by)


def tag(number: int) -> dict[str, Any]:
    """One tag, or NotFound."""
    row = Tag.get_or_none(Tag.id == number)
    if row is None:
        raise NotFound("There is no such tag.")
    return _view(row)


def _view(row: Tag) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "color": row.color}


def _written(write: Any, name: str) -> None:
    try:
        write()
    except IntegrityError:
        raise Conflict(f"There is a tag “{name}” already.", field="name") from None


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME or '"' in cleaned or "," in cleaned:
        raise Invalid(f"A tag has 1 to {LONGEST_NAME} letters, without commas and quotes.", field="name")
    return cleaned


def _color(color: str) -> str:
    if color not in COLORS:
        raise Invalid(f"“{color}” is not a colour of tags.", help=f"One of {', '.join(COLORS)}.", field="color")
    return color


def _tell(number: int, by: Actor) -> None:
    event_id = publish(TagChanged(number), actor=by.ref)
    tell([News(("everyone",), "tags.changed", {"event_id": str(event_id)})])
