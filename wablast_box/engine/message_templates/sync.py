"""Meta's list of templates → ours: read whole, compared whole. What is not in it any more is gone here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wablast_box.engine.events.live import News, tell
from wablast_box.engine.events.publish import publish
from wablast_box.engine.message_templates.events import TemplatesChanged
from wablast_box.engine.message_templates.find import sync_row
from wablast_box.engine.message_templates.models import MessageTemplate, TemplateSync
from wablast_box.engine.message_templates.shape import shape_of
from wablast_box.engine.meta.connection import our_client
from wablast_box.engine.meta.templates import list_templates
from wablast_box.engine.settings import store
from wablast_box.lib import ids
from wablast_box.lib.clock import now, now_ms, to_ms
from wablast_box.lib.db import transaction
from wablast_box.lib.errors import BoxError, Unavailable

EVERY = timedelta(hours=1)
# Meta allows 200 calls an hour to an account that is not active yet: news in bursts wait for each other.
APART, APART_IN_TROUBLE = timedelta(seconds=30), timedelta(minutes=5)
ROOM = "everyone"


@dataclass(frozen=True, slots=True)
class Moved:
    """A template that we knew, whose status the list says is another one. `status` None: it is gone."""

    meta_id: str
    name: str
    language: str
    status: str | None


def is_due() -> bool:
    """Never read, read long ago, wanted by news, or another account's: but not right after the last try."""
    waba_id, row = store.get("waba_id"), sync_row()
    if not waba_id:
        return False
    if row.waba_id != waba_id and row.trouble is None:
        return True
    moment = now()
    apart = APART_IN_TROUBLE if row.trouble else APART
    if row.tried_at is not None and timedelta(0) <= moment - row.tried_at < apart:
        return False
    return row.wanted_at is not None or row.synced_at is None or not timedelta(0) <= moment - row.synced_at < EVERY


def sync() -> list[Moved]:
    """Read all of it now. When Meta refuses, what we have stays, with the reason."""
    waba_id, began = store.get("waba_id"), now_ms()
    if not waba_id:
        raise Unavailable(
            "No WhatsApp account is connected yet.", code="not_connected", help="Enter the number's credentials in the set-up."
        )
    try:
        rows = list_templates(our_client(), waba_id)
    except BoxError as refused:
        _note(waba_id=waba_id, tried_at=now(), trouble=refused.message)
        raise
    with transaction():
        moved = _reconcile([found for row in rows if (found := _row(row)) is not None], began)
        wanted = sync_row().wanted_at
        still_wanted = wanted if wanted is not None and to_ms(wanted) > began else None
        _note(waba_id=waba_id, tried_at=now(), synced_at=now(), trouble=None, wanted_at=still_wanted)
    return moved


def want_sync() -> None:
    """News said something that only the list tells in full: it is read again soon."""
    _note(wanted_at=now())


def tell_changed(count: int) -> None:
    """Windows look again."""
    number = publish(TemplatesChanged(count))
    tell([News((ROOM,), "templates.changed", {"event_id": str(number)})])


def _note(**fields: Any) -> None:
    with transaction():
        TemplateSync.insert(id=1, **fields).on_conflict(conflict_target=[TemplateSync.id], update=fields).execute()


def _reconcile(rows: Sequence[Mapping[str, Any]], began: int) -> list[Moved]:
    known = {row.meta_id: row for row in MessageTemplate.select()}
    listed = {found["meta_id"] for found in rows}
    # Deleted at Meta and made again there, it has another id: what names it here goes on.
    made_again = {(row.name, row.language): row.meta_id for row in known.values() if row.meta_id not in listed}
    moved, changes = [], 0
    for found in rows:
        before = known.pop(found["meta_id"], None) or known.pop(made_again.get((found["name"], found["language"]), ""), None)
        if before is None:
            MessageTemplate.insert(id=ids.new_id(), created_at=now(), **found).on_conflict_ignore().execute()
            changes += 1
            continue
        fresh = {name: value for name, value in found.items() if getattr(before, name) != value}
        if before.status_at is not None and to_ms(before.status_at) + 1000 > began:
            # The news came while the list was on its way: it is the newer of the two. Meta counts it in whole seconds.
            fresh = {name: value for name, value in fresh.items() if name not in ("status", "reason", "category")}
        elif "status" in fresh:
            fresh |= {"details": None}
            moved.append(Moved(before.meta_id, before.name, before.language, fresh["status"]))
        if fresh:
            MessageTemplate.update(**fresh).where(MessageTemplate.id == before.id).execute()
            changes += 1
    gone = [row for row in known.values() if to_ms(row.created_at) < began]
    for row in gone:
        MessageTemplate.delete().where(MessageTemplate.id == row.id).execute()
        moved.append(Moved(row.meta_id, row.name, row.language, None))
    if changes or gone:
        tell_changed(changes + len(gone))
    return moved


def _row(source: Mapping[str, Any]) -> dict[str, Any] | None:
    """One of Meta's rows as ours; None for one without the three things that make it one."""
    meta_id, name, language = (_word(source.get(key)) for key in ("id", "name", "language"))
    if not (meta_id and name and language):
        return None
    category, components = _word(source.get("category")).lower() or "unknown", source.get("components")
    components = components if isinstance(components, list) else []
    named = _word(source.get("parameter_format")).lower()
    if named not in ("named", "positional"):
        named = "positional"
    reason, quality = _word(source.get("rejected_reason")).upper(), source.get("quality_score")
    score = quality.get("score") if isinstance(quality, Mapping) else quality
    return {
        "meta_id": meta_id,
        "name": name,
        "language": language,
        "category": category,
        "sub_category": _word(source.get("sub_category")) or None,
        "status": _word(source.get("status")).lower() or "unknown",
        "quality": _word(score).lower() or "unknown",
        "reason": None if reason in ("", "NONE") else reason,
        "previous_category": _word(source.get("previous_category")).lower() or None,
        "parameter_format": named,
        "components_json": components,
        "words": shape_of(components, category=category, parameter_format=named).words,
    }


def _word(value: Any) -> str:
    """Meta writes ids as text and as numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.replace("\0", "\ufffd").encode(errors="replace").decode() if isinstance(value, str) else ""
