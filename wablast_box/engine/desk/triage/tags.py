"""The words that staff put on conversations and customers: made, renamed, coloured, merged, deleted."""

from __future__ import annotations

from typing import Any

from peewee import IntegrityError, fn

from wablast_box.engine.audit.record import record as audit
from wablast_box.engine.desk.triage.events import TagChanged, TagsMerged
from wablast_box.engine.desk.triage.saved_views import follow_name
from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.inbox.models import Tag
from wablast_box.engine.team.actors import Actor
from wablast_box.lib import ids, sql
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
        audit("tag.created", by=by, subject=f"tag:{number}", subject_name=checked)
        _tell(number, by, is_new=True)
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
            audit("tag.changed", by=by, subject=f"tag:{number}", subject_name=before["name"], fields=tuple(changes))
            _tell(number, by)
    return tag(number)


def usage() -> list[dict[str, Any]]:
    """On how many conversations and customers each tag is; 0 where it is on none."""
    counted = [
        dict(sql.run(f"SELECT tag_id, COUNT(*) FROM {table} GROUP BY tag_id"))  # type: ignore[arg-type]
        for table in ("conversation_tag", "contact_tag")
    ]
    numbers = [row.id for row in Tag.select(Tag.id)]
    return [{"id": str(n), "conversations": counted[0].get(n, 0), "contacts": counted[1].get(n, 0)} for n in numbers]


def merge_tag(number: int, into: int, *, by: Actor) -> dict[str, Any]:
    """Let everything that has one tag have another instead, saved views and macros too; the one that stays."""
    if number == into:
        raise Invalid("A tag cannot be merged with itself.", field="into")
    with transaction():
        gone, kept = tag(number), tag(into)
        for table, owner in (("conversation_tag", "conversation_id"), ("contact_tag", "contact_id")):
            sql.run(
                f"INSERT INTO {table} ({owner}, tag_id, created_at) SELECT {owner}, ?, created_at FROM {table} WHERE tag_id = ?"
                f" ON CONFLICT ({owner}, tag_id) DO NOTHING",
                (into, number),
            )
        follow_name("tag", gone["name"], kept["name"])
        publish(TagsMerged(into, number), actor=by.ref)
        Tag.delete().where(Tag.id == number).execute()
        audit("tag.merged", by=by, subject=f"tag:{into}", subject_name=kept["name"], detail={"gone": gone["name"]})
        _tell(number, by)
    return tag(into)


def delete_tag(number: int, *, by: Actor) -> None:
    """Take a tag off everything, for good."""
    with transaction():
        gone = tag(number)
        Tag.delete().where(Tag.id == number).execute()
        audit("tag.deleted", by=by, subject=f"tag:{number}", subject_name=gone["name"])
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


def _tell(number: int, by: Actor, *, is_new: bool = False) -> None:
    """What is new is on nothing yet: only what was there before makes windows look again."""
    event_id = publish(TagChanged(number), actor=by.ref)
    told = {"event_id": str(event_id), "is_new": is_new}
    tell([News(("everyone",), "tags.changed", told)])
